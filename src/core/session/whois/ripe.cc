// The protocol of the RIPE database, as far as IRRd speaks it: docs/formats/whois.md.
#include <fmt/format.h>

#include "base/text.h"
#include "core/model/number_range.h"
#include "core/session/whois/lookup.h"
#include "core/session/whois/session.h"
#include "core/wire/rpsl/templates.h"

namespace fairway::whois {

namespace {

using State = Session::State;

std::string refuse(std::string_view why) { return fmt::format("%% ERROR: {}\n\n\n", why); }

std::string found(const Result<std::string>& result) {
  if (!result) return refuse(result.error().text);
  if (result->empty()) return "%  No entries found for the selected source(s).\n\n\n";
  return *result + "\n\n\n";
}

// What a client wants to know of a server before it asks: the answers of the RIPE database's -q.
std::string describe(const State& state, std::string_view what) {
  std::string text;
  if (what == "sources") {
    for (const std::string& name : state.registry().sources) {
      const nrtm::Journal* journal = state.registry().journal_of(name);
      const nrtm::SerialRange kept = journal == nullptr ? nrtm::SerialRange() : journal->serials();
      text += fmt::format("{}:3:{}:{}-{}\n", name, journal == nullptr ? 'N' : 'Y', std::min(kept.first, kept.last),
                          kept.last);
    }
    if (!text.empty()) text.pop_back();
    return found(text);
  }
  if (what == "version") return found(std::string("% fairway"));
  return refuse(fmt::format("Unknown question: {}; there are sources and version", what));
}

// "-g RADB:3:4370183-LAST": changes, by NRTM version 3.
std::string changes(const State& state, std::string_view query) {
  std::string_view rest = query;
  const std::string source = to_upper(cut(rest, ':'));
  const std::string_view version = cut(rest, ':');
  const auto from = parse_number<std::uint64_t>(cut(rest, '-'));
  const auto to = parse_number<std::uint64_t>(rest);
  if (version != "3" || !from || (!to && to_upper(rest) != "LAST")) {
    return fmt::format("%ERROR:405: syntax error: '{}' is not SOURCE:3:FROM-TO with LAST or a serial\n\n\n", query);
  }
  const nrtm::Journal* journal = state.registry().journal_of(source);
  if (journal == nullptr)
    return fmt::format("%ERROR:403: unknown source {}, or no journal is kept of it\n\n\n", source);
  return journal->answer(*from, to) + "\n\n\n";
}

// A free text: an AS number, an address or prefix, else a primary key.
std::string search(const State& state, std::string_view text, const TextOptions& options) {
  if (text.size() > 2 && equal_ignoring_case(text.substr(0, 2), "AS") && parse_asn(text)) {
    return found(objects_by_asn(state.registry(), state.selection, *parse_asn(text), options));
  }
  if (parse_address_range(text)) {
    return found(objects_by_address(state.registry(), state.selection, text, Relation::less_or_exact, options));
  }
  return found(objects_by_key(state.registry(), state.selection, text, options));
}

std::optional<Relation> relation_of(std::string_view flag) {
  static constexpr std::pair<std::string_view, Relation> kRelations[] = {{"x", Relation::exact},
                                                                         {"l", Relation::one_less},
                                                                         {"L", Relation::less_or_exact},
                                                                         {"m", Relation::one_more},
                                                                         {"M", Relation::more}};
  for (const auto& [name, relation] : kRelations) {
    if (flag == name) return relation;
  }
  return std::nullopt;
}

}  // namespace

std::string answer_ripe(State& state, std::string_view query) {
  TextOptions options;
  while (true) {
    const std::string_view word = next_word(query);
    if (word.empty()) return found(std::string());
    if (word.front() != '-') {
      // The rest is one text: "Jane Doe", "AS1 - AS10".
      return search(state, trim(std::string_view(word.data(), word.size() + query.size())), options);
    }
    const std::string_view flag = word.substr(1);
    if (flag == "k") {
      state.keep_open = true;
    } else if (flag == "K") {
      options.keys_only = true;
    } else if (flag == "a") {
      state.selection.sources = state.registry().sources;
    } else if (flag == "r" || flag == "F") {
      // There is no recursion to be switched off.
    } else {
      const std::string_view value = next_word(query);
      if (value.empty()) return refuse(fmt::format("Missing argument for flag/search: {}", flag));
      if (flag == "s") {
        if (const auto error = select_sources(state.registry(), state.selection, value)) return refuse(error->text);
      } else if (flag == "T") {
        for (const std::string_view name : split(value, ',')) options.classes.push_back(to_lower(name));
      } else if (flag == "V") {
        state.client = value;
      } else if (flag == "q") {
        return describe(state, value);
      } else if (flag == "g") {
        return changes(state, value);
      } else if (flag == "i") {
        const std::string_view wanted = next_word(query);
        if (wanted.empty()) return refuse("Missing argument for flag/search: i");
        return found(objects_by_attribute(state.registry(), state.selection, value, wanted, options));
      } else if (flag == "t") {
        std::string text(trim(rpsl_template(to_lower(value))));
        return text.empty() ? refuse(fmt::format("Unknown object class: {}", value)) : found(std::move(text));
      } else if (const auto relation = relation_of(flag)) {
        // The rest is one range: "192.0.2.0 - 192.0.2.255".
        const std::string_view range(value.data(), value.size() + query.size());
        return found(objects_by_address(state.registry(), state.selection, trim(range), *relation, options));
      } else {
        return refuse(fmt::format("Unrecognised flag/search: {}", flag));
      }
    }
  }
}

}  // namespace fairway::whois
