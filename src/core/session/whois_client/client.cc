#include "core/session/whois_client/client.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <utility>

#include "base/text.h"
#include "core/session/whois_client/reply_reader.h"

namespace fairway {

namespace {

constexpr std::size_t kAhead = 512;  // requests that may wait for their answers

enum class Ask : std::uint8_t {
  greeting,     // any reply will do
  probe,        // !a alone: the text of the error says whether the server knows it
  source_list,  // !s-lc
  sources,      // !s
  prefixes,     // !a4SET, !a6SET
  existence,    // !iSET, when the server has no prefixes of it
  all_members,  // !iSET,1
  members,      // !iSET
  route_set,    // !iSET,1 and the words are prefixes
  routes,       // !g, !6
};

struct Request {
  Ask ask;
  std::string text;
  std::string object = {};  // whose answer it is
  unsigned depth = 0;
  std::uint32_t set = kNoSet;
  Asn asn{};
  bool named = false;  // by the query
};

// "RIPE::AS-FOO" is AS-FOO of RIPE.
struct Named {
  std::string_view source, name;
};
Named named_object(std::string_view text) {
  const std::size_t at = text.find("::");
  if (at == std::string_view::npos) return {{}, text};
  return {text.substr(0, at), text.substr(at + 2)};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

}  // namespace

class WhoisClient::State : public ReplySink {
 public:
  State(SetQuery query, const WhoisClientOptions& options)
      : query_(std::move(query)), ahead_(options.pipelining ? kAhead : 1) {
    for (const std::string& object : query_.except) except_.insert(to_upper(object));
    for (const auto* objects : {&query_.sets, &query_.route_sets}) {
      for (const std::string& object : *objects) has_sources_ |= object.find("::") != std::string::npos;
    }
    walks_ = query_.depth != 0 || !except_.empty() || has_sources_ || query_.provenance;
    default_sources_ = joined(query_.sources);
    output_ = "!!\n";
    request({.ask = Ask::greeting, .text = "!n" + options.name});
    if (!default_sources_.empty()) {
      request({.ask = Ask::sources, .text = "!s" + default_sources_});
    } else if (has_sources_) {
      request({.ask = Ask::source_list, .text = "!s-lc"});
    }
    if (query_.prefixes && !query_.sets.empty() && !walks_) request({.ask = Ask::probe, .text = "!a"});
    write();
  }

  std::string output_;
  std::size_t output_at_ = 0;
  bool finished_ = false;
  SetAnswer answer_;
  ReplyReader reader_;

 private:
  void request(Request request) { requests_.push_back(std::move(request)); }

  // Sends what may be sent ahead.
  void write() {
    for (; written_ < requests_.size() && written_ < ahead_; ++written_) output_ += requests_[written_].text + '\n';
  }

  // All requests are answered: what is to be asked next?
  void advance() {
    while (requests_.empty() && !finished_) {
      switch (stage_++) {
        case 0: ask_sets(); break;
        case 1: ask_routes(); break;
        default: finish();
      }
    }
  }

  void ask_sets() {
    for (const Asn asn : query_.asns) add(asn, kNoSet);
    for (const std::string& set : query_.sets) {
      if (walks_) {
        follow(set, 0, kNoSet);
      } else if (query_.prefixes && expands_) {
        if (query_.ipv4) request({.ask = Ask::prefixes, .text = "!a4" + set, .object = set, .named = true});
        if (query_.ipv6) request({.ask = Ask::prefixes, .text = "!a6" + set, .object = set, .named = true});
      } else {
        request({.ask = Ask::all_members, .text = "!i" + set + ",1", .object = set, .named = true});
      }
    }
    if (!query_.prefixes) return;
    for (const std::string& set : query_.route_sets) {
      const auto [source, name] = named_object(set);
      choose(source);
      std::uint32_t id = kNoSet;
      if (query_.provenance) {
        id = static_cast<std::uint32_t>(answer_.sets.size());
        answer_.sets.push_back({set, kNoSet});
      }
      request(
          {.ask = Ask::route_set, .text = "!i" + std::string(name) + ",1", .object = set, .set = id, .named = true});
    }
  }

  // The sources of what is asked next.
  void choose(std::string_view source) {
    if (has_sources_)
      request({.ask = Ask::sources, .text = "!s" + (source.empty() ? default_sources_ : std::string(source))});
  }

  void ask_routes() {
    choose({});
    std::sort(answer_.asns.begin(), answer_.asns.end());
    if (!query_.prefixes && !query_.routed_only) return;
    for (const Asn asn : answer_.asns) {
      const std::string text = to_string(asn);
      if (query_.ipv4) request({.ask = Ask::routes, .text = "!gAS" + text, .object = "AS" + text, .asn = asn});
      if (query_.ipv6) request({.ask = Ask::routes, .text = "!6AS" + text, .object = "AS" + text, .asn = asn});
    }
  }

  void finish() {
    if (query_.routed_only) std::erase_if(answer_.asns, [&](Asn asn) { return !routed_.contains(asn.value); });
    if (query_.provenance) {
      for (const Asn asn : answer_.asns) answer_.asn_via.push_back(seen_asns_.at(asn.value));
    }
    output_ += "!q\n";
    finished_ = true;
  }

  // A set, unless it was followed already or must not be.
  void follow(const std::string& set, unsigned depth, std::uint32_t via) {
    const auto [source, name] = named_object(set);
    const std::string key = to_upper(depth == 0 ? set : std::string(name));
    if (except_.contains(key) || !seen_sets_.insert(key).second) return;
    const auto id = static_cast<std::uint32_t>(answer_.sets.size());
    answer_.sets.push_back({set, via});
    choose(source);
    request({.ask = Ask::members,
             .text = "!i" + std::string(name),
             .object = set,
             .depth = depth,
             .set = id,
             .named = depth == 0});
  }

  void add(Asn asn, std::uint32_t via) {
    if (!query_.allow_special && is_special(asn)) {
      if (refused_.insert(asn.value).second) {
        answer_.remarks.push_back("AS" + to_string(asn) +
                                  " is left out: it is for private use, documentation or reserved (-p)");
      }
      return;
    }
    if (seen_asns_.try_emplace(asn.value, via).second) answer_.asns.push_back(asn);
  }

  // Room for what is announced, as far as that can be believed.
  void on_data(std::uint64_t octets) override {
    constexpr std::uint64_t kShortest = 12, kBelieved = 1 << 20;  // octets of a prefix, prefixes
    if (requests_.empty() || requests_.front().ask != Ask::prefixes) return;
    answer_.ranges.reserve(answer_.ranges.size() + std::min(octets / kShortest, kBelieved));
  }

  Result<void> on_word(std::string_view word) override {
    if (requests_.empty() || written_ == 0) return fail(ErrorKind::malformed, "the server answers what was not asked");
    const Request& request = requests_.front();
    switch (request.ask) {
      case Ask::prefixes:
      case Ask::route_set:
      case Ask::routes: return on_prefix(request, word);
      case Ask::all_members: return on_member(request, word, false);
      case Ask::members: return on_member(request, word, true);
      case Ask::source_list: default_sources_ += (default_sources_.empty() ? "" : ",") + std::string(word); return {};
      default: return {};
    }
  }

  Result<void> on_prefix(const Request& request, std::string_view word) {
    if (request.ask == Ask::routes) routed_.insert(request.asn.value);
    if (!query_.prefixes) return {};
    const auto range = parse_prefix_range(word);
    if (!range) {
      if (answer_.remarks.size() < 1000) {
        answer_.remarks.push_back("'" + std::string(word.substr(0, 60)) + "' in " + request.object + " is no prefix");
      }
      return {};
    }
    if (range->prefix.family() == Family::ipv4 ? !query_.ipv4 : !query_.ipv6) return {};
    if (answer_.ranges.size() == query_.most_prefixes) {
      return fail(ErrorKind::refused, "there are more than " + std::to_string(query_.most_prefixes) + " prefixes");
    }
    answer_.ranges.push_back(*range);
    if (query_.provenance) answer_.origins.push_back({request.asn, request.set});
    return {};
  }

  Result<void> on_member(const Request& request, std::string_view word, bool walk) {
    if (const auto asn = word.size() > 2 ? parse_asn(word) : std::nullopt) {
      if (except_.contains(to_upper(word))) return {};
      add(*asn, request.set);
      if (answer_.asns.size() > query_.most_asns) {
        return fail(ErrorKind::refused, "there are more than " + std::to_string(query_.most_asns) + " ASNs");
      }
      return {};
    }
    const bool is_set = word.find('-') != std::string_view::npos || word.find(':') != std::string_view::npos;
    if (walk && is_set) {
      if (query_.depth != 0 && request.depth + 1 >= query_.depth) return {};
      if (seen_sets_.size() >= query_.most_asns) return fail(ErrorKind::refused, "there are too many sets");
      follow(std::string(word), request.depth + 1, request.set);
      return {};
    }
    if (!equal_ignoring_case(word, "ANY") && answer_.remarks.size() < 1000) {
      answer_.remarks.push_back("'" + std::string(word.substr(0, 60)) + "' in " + request.object +
                                " is no member of an as-set");
    }
    return {};
  }

  Result<void> on_reply(char code, std::string_view text) override {
    if (requests_.empty() || written_ == 0) return fail(ErrorKind::malformed, "the server answers what was not asked");
    const Request request = std::move(requests_.front());
    requests_.pop_front();
    --written_;
    switch (request.ask) {
      case Ask::greeting: break;
      case Ask::probe: expands_ = code == 'F' && text.starts_with("Missing required set name for A query"); break;
      case Ask::source_list:
      case Ask::sources:
        if (code == 'D' || code == 'E' || code == 'F') {
          return fail(ErrorKind::not_found, "the server refuses the sources '" + request.text.substr(2) + "'" +
                                                (text.empty() ? "" : ": " + std::string(text)));
        }
        break;
      case Ask::prefixes:
        // Nothing, because there is no such set, or because it has no prefixes?
        if (code == 'D' && checked_.insert(to_upper(request.object)).second) {
          this->request(
              {.ask = Ask::existence, .text = "!i" + request.object, .object = request.object, .named = true});
        }
        [[fallthrough]];
      default:
        if (auto known = take_refusal(request, code, text); !known) return known;
    }
    write();
    advance();
    write();
    return {};
  }

  // D and F are no errors of the whole.
  Result<void> take_refusal(const Request& request, char code, std::string_view text) {
    if (code == 'E' || code == 'F') {
      return fail(ErrorKind::system, "the server refuses '" + request.text + "': " + std::string(text));
    }
    if (code != 'D' || request.ask == Ask::prefixes) return {};
    if (request.ask == Ask::routes) {
      if (std::find(query_.asns.begin(), query_.asns.end(), request.asn) != query_.asns.end()) {
        answer_.remarks.push_back(request.object + " has no routes of the family");
      }
    } else if (request.named) {
      answer_.missing.push_back(request.object);
    } else {
      answer_.remarks.push_back(request.object + " is a member of " + answer_.sets[answer_.sets[request.set].via].name +
                                ", but there is no such set");
    }
    return {};
  }

  const SetQuery query_;
  const std::size_t ahead_;
  bool has_sources_ = false;  // some object names its own
  bool walks_ = false;        // set by set, as !a cannot
  bool expands_ = false;      // the server knows !a
  unsigned stage_ = 0;
  std::string default_sources_;
  std::deque<Request> requests_;  // not answered, in order
  std::size_t written_ = 0;       // how many of them are sent
  boost::unordered_flat_set<std::string> except_, seen_sets_, checked_;
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> seen_asns_;  // to the set that named it
  boost::unordered_flat_set<std::uint32_t> routed_, refused_;
};

WhoisClient::WhoisClient(SetQuery query, WhoisClientOptions options)
    : state_(std::make_unique<State>(std::move(query), options)) {}
WhoisClient::~WhoisClient() = default;
WhoisClient::WhoisClient(WhoisClient&&) noexcept = default;

std::string_view WhoisClient::output() const { return std::string_view(state_->output_).substr(state_->output_at_); }

void WhoisClient::sent(std::size_t octets) {
  state_->output_at_ += octets;
  if (state_->output_at_ == state_->output_.size()) {
    state_->output_.clear();
    state_->output_at_ = 0;
  }
}

Result<void> WhoisClient::receive(std::string_view text) { return state_->reader_.read(text, *state_); }
bool WhoisClient::finished() const { return state_->finished_; }
SetAnswer WhoisClient::take() { return std::move(state_->answer_); }

}  // namespace fairway
