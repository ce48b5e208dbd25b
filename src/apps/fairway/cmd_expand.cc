// fairway expand: AS-SETs to router filters.
#include <algorithm>
#include <cstdlib>

#include "apps/fairway/command.h"
#include "apps/fairway/expand_command_line.h"
#include "apps/fairway/expand_source.h"
#include "apps/fairway/expand_why.h"
#include "core/model/aggregate.h"
#include "shell/feed/whois.h"

namespace fairway::commands {

namespace {

class ExpandRun {
 public:
  ExpandRun(const ExpandCommandLine& options, Output& out, Output& err) : options_(options), out_(out), err_(err) {}

  ExitCode run() {
    auto answer = ask();
    if (!answer) return answer.error();
    for (const PrefixRange& range : options_.prefixes) {
      answer->ranges.push_back(range);
      if (options_.why) answer->origins.push_back({Asn{}, kNoSet});
    }
    if (options_.verbose) {
      for (const std::string& remark : answer->remarks) tell(remark);
    }
    if (!answer->missing.empty() && !options_.allow_empty) {
      for (const std::string& object : answer->missing) tell("there is no " + object);
      return ExitCode::empty;
    }
    std::string text;
    if (options_.why) {
      append_why(text, *answer, options_.vendor->name == "json");
      if (text.empty()) return nothing(*answer);
    } else if (lists_prefixes(options_.generation)) {
      if (const auto code = write_prefixes(*answer, text)) return *code;
    } else {
      if (answer->asns.empty() && !options_.allow_empty) return nothing(*answer);
      write(text, options_.name, options_.family(), {}, answer->asns);
    }
    out_.write(text);
    return ExitCode::fine;
  }

 private:
  void tell(const std::string& text) { err_.line("fairway expand: " + text); }

  std::expected<SetAnswer, ExitCode> ask() {
    const SetQuery& query = options_.query;
    if (query.sets.empty() && query.route_sets.empty() && query.asns.empty()) return SetAnswer{};
    if (!options_.host) return answer_from_registries(options_.world, query, err_);
    auto answer = ask_whois(TcpServerName::parse(*options_.host, kWhoisPort),
                            WhoisClient(query, {.pipelining = options_.pipelining}));
    if (answer) return *std::move(answer);
    tell(answer.error().text);
    return std::unexpected(answer.error().kind == ErrorKind::refused ? ExitCode::refused : ExitCode::failure);
  }

  ExitCode nothing(const SetAnswer& answer) {
    if (!options_.verbose) {
      for (const std::string& remark : answer.remarks) tell(remark);
    }
    tell("there is nothing to list; --allow-empty prints an empty list");
    return ExitCode::empty;
  }

  // The exit code, if there is no list.
  std::optional<ExitCode> write_prefixes(SetAnswer& answer, std::string& text) {
    if (!options_.both) return write_family(answer, answer.ranges, options_.family(), options_.name, text);
    const auto middle = std::partition(answer.ranges.begin(), answer.ranges.end(),
                                       [](const PrefixRange& range) { return range.prefix.family() == Family::ipv4; });
    std::vector<PrefixRange> rest(middle, answer.ranges.end());
    answer.ranges.erase(middle, answer.ranges.end());
    if (answer.ranges.empty() && rest.empty() && !options_.allow_empty) return nothing(answer);
    for (auto [ranges, family, suffix] :
         {std::tuple{&answer.ranges, Family::ipv4, "_v4"}, {&rest, Family::ipv6, "_v6"}}) {
      if (ranges->empty() && !options_.allow_empty) {
        tell(std::string("there are no prefixes for ") + options_.name + suffix + ", which is left out");
        continue;
      }
      if (const auto code = write_family(answer, *ranges, family, options_.name + suffix, text)) return code;
    }
    return std::nullopt;
  }

  std::optional<ExitCode> write_family(const SetAnswer& answer, std::vector<PrefixRange>& ranges, Family family,
                                       const std::string& name, std::string& text) {
    const unsigned longest = options_.longest != 0 ? options_.longest : address_bits(family);
    if (options_.optimal && options_.from == 0 && options_.upto == 0) {
      std::erase_if(ranges, [&](const PrefixRange& range) { return range.least > longest; });
      for (PrefixRange& range : ranges) range.most = static_cast<std::uint8_t>(std::min<unsigned>(range.most, longest));
      ranges = fewest_ranges(ranges);
    } else {
      auto exact = enumerate(std::move(ranges), longest, options_.query.most_prefixes);
      if (!exact) {
        tell(exact.error().text);
        return ExitCode::refused;
      }
      ranges = *std::move(exact);
      if (options_.from != 0 || options_.upto != 0) ranges = with_more_specifics(ranges, options_.from, options_.upto);
      if (options_.aggregate) ranges = aggregate(ranges);
      if (options_.optimal) ranges = fewest_ranges(ranges);
    }
    if (ranges.empty() && !options_.allow_empty) return nothing(answer);
    write(text, name, family, ranges, {});
    return std::nullopt;
  }

  void write(std::string& text, const std::string& name, Family family, std::span<const PrefixRange> ranges,
             std::span<const Asn> asns) {
    routerconfig::List list{.name = name,
                            .family = family,
                            .ranges = ranges,
                            .asns = asns,
                            .neighbour = options_.neighbour,
                            .width = options_.width,
                            .sequence = options_.sequence,
                            .match = options_.match,
                            .format = options_.format};
    // Of one list, nothing can go wrong any more; a second one may still be refused.
    if (!options_.both) list.drain = [this](std::string_view piece) { out_.write(piece); };
    options_.vendor->writer(options_.generation)(text, list);
  }

  const ExpandCommandLine& options_;
  Output& out_;
  Output& err_;
};

}  // namespace

ExitCode expand(Arguments arguments, Output& out, Output& err) {
  const auto options = parse_expand(arguments, std::getenv("IRRD_SOURCES"), out, err);
  if (!options) return options.error();
  return ExpandRun(*options, out, err).run();
}

}  // namespace fairway::commands
