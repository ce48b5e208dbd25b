// BIRD 2: the configuration around the filters: definitions, tables, templates, BGP and RPKI protocols.
#include <algorithm>
#include <utility>

#include "core/wire/routerconfig/bird_parser.h"

namespace fairway::reader {

namespace bird {
namespace {

using Kind = Token::Kind;

// The filter of a channel in one direction.
struct Hook {
  enum class Kind : std::uint8_t { unset, all, none, filter, term };
  Kind kind = Kind::unset;
  NodeId node = kNoNode;
};

struct Protocol {
  RouterSession session;
  std::array<Hook, 2> import, export_;  // by family
};

class Filters : public Interpreter {
 public:
  Program program;
  std::vector<Protocol> protocols;  // those of the sessions, in their order
  std::map<std::string, FedTable, std::less<>> fed_tables;

  Decision run(std::size_t session, Direction direction, const Probe& probe, Doubt& doubt) const override {
    const Protocol& protocol = protocols[session];
    const Hook& hook =
        (direction == Direction::import ? protocol.import
                                        : protocol.export_)[probe.prefix.family() == Family::ipv4 ? 0 : 1];
    const std::uint32_t line = protocol.session.family(probe.prefix.family()).policy(direction).line;
    switch (hook.kind) {
      case Hook::Kind::all: return {.outcome = Outcome::accept, .line = line, .why = "all", .route = probe};
      case Hook::Kind::none: return {.outcome = Outcome::reject, .line = line, .why = "none"};
      case Hook::Kind::unset:
        // Imports let everything in by default and exports nothing out; for EBGP BIRD refuses to start without a
        // policy.
        if (direction == Direction::import && protocol.session.internal) {
          return {.outcome = Outcome::accept, .line = line, .why = "no import policy", .route = probe};
        }
        return {.outcome = Outcome::reject, .line = line, .why = "no policy"};
      default: break;
    }
    Surroundings surroundings{.session = &protocol.session, .direction = direction, .fed_tables = &fed_tables};
    if (!probe.learned_from.empty()) {
      const auto other = std::ranges::find(protocols, probe.learned_from,
                                           [](const Protocol& p) -> const std::string& { return p.session.name; });
      if (other != protocols.end()) surroundings.learned_from = &other->session;
    }
    return bird::run(program, hook.node, hook.kind == Hook::Kind::term, surroundings, probe, doubt);
  }
};

class Reader {
 public:
  Reader(std::string_view text, const Includes& includes)
      : filters_(std::make_shared<Filters>()), parser_(text, includes, reading_, filters_->program) {}

  Result<Reading> read();

 private:
  void statement();
  void protocol(bool is_template);
  void bgp_option(Protocol& protocol);
  void neighbor(RouterSession& session);
  void channel(Protocol& protocol, Family family);
  void channel_option(Protocol& protocol, Family family);
  Hook hook(SessionPolicy& policy);
  void feeding_block(bool rtr);
  std::optional<FedTable::Roa> roa();
  bool truth();
  std::optional<Asn> asn();

  const Token& peek(unsigned ahead = 0) { return parser_.peek(ahead); }
  Token take() { return parser_.take(); }
  bool accept(std::string_view word) { return parser_.accept(word); }
  void skip() { parser_.skip_statement(parser_.lexer().depth()); }
  void not_understood(const Token& token, std::string_view where) {
    reading_.complain(token.line, "not understood in " + std::string(where) + ": " + std::string(token.text));
  }

  Reading reading_;
  std::shared_ptr<Filters> filters_;
  Parser parser_;
  std::vector<std::pair<std::string, Protocol>> templates_;
};

Result<Reading> Reader::read() {
  while (peek().kind != Kind::end) statement();
  if (parser_.lexer().error()) return std::unexpected(*parser_.lexer().error());
  if (parser_.lexer().depth() > 0) return fail(ErrorKind::malformed, "a bracket is not closed", peek().line);
  for (const Complaint& missing : parser_.lexer().missing()) reading_.complain(missing.line, missing.text);
  for (const Protocol& protocol : filters_->protocols) reading_.sessions.push_back(protocol.session);
  reading_.interpreter = filters_;
  return std::move(reading_);
}

void Reader::statement() {
  if (peek().is("define")) return take(), parser_.definition();
  if (peek().is("function")) return take(), parser_.function();
  if (peek().is("filter")) return take(), parser_.filter();
  if (peek().is("attribute")) return take(), parser_.attribute();
  if (peek().is("template")) return take(), protocol(true);
  if (peek().is("protocol")) return take(), protocol(false);
  if (peek().is("}")) {  // one too many
    not_understood(take(), "the configuration");
    return;
  }
  // What has no bearing on routes.
  for (const std::string_view word :
       {"log",     "router", "timeformat", "debug", "mrtdump", "watchdog", "graceful", "hostname", "cli",
        "threads", "listen", "eval",       "ipv4",  "ipv6",    "roa4",     "roa6",     "aspa",     "vpn4",
        "vpn6",    "flow4",  "flow6",      "mpls",  "table",   "roa",      "bfd",      "vrf",      ";"}) {
    if (peek().is(word)) return skip();
  }
  not_understood(peek(), "the configuration");
  skip();
}

bool Reader::truth() {
  if (peek().is(";") || peek().is("}")) return true;
  const Token token = take();
  return token.is("on") || token.is("yes") || token.is("true") || token.text == "1";
}

std::optional<Asn> Reader::asn() {
  const auto number = parser_.number();
  if (!number) return std::nullopt;
  return Asn{*number};
}

// roa4 { table NAME; }; and, for static protocols, whatever else stands in them.
void Reader::feeding_block(bool rtr) {
  const int depth = parser_.lexer().depth();
  const std::uint32_t line = peek().line;
  take();  // {
  std::vector<std::string> tables;
  std::vector<FedTable::Roa> roas;
  bool remote = false;
  const auto table = [&] {
    take();
    tables.emplace_back(peek().text);
  };
  while (peek().kind != Kind::end && parser_.lexer().depth() > depth) {
    if (peek().is("table") && peek(1).kind == Kind::word) {
      table();
    } else if (peek().is("roa4") || peek().is("roa6") || peek().is("aspa")) {
      // The channel's own table, where it names none.
      if (peek(1).is(";")) tables.push_back(peek().is("roa4") ? "master_roa4" : "master_roa6");
    } else if (peek().is("remote") || peek().is("cache")) {
      remote = true;
    } else if (peek().is("route") && peek(1).kind == Kind::address) {
      take();
      if (const auto listed = roa()) roas.push_back(*listed);
      continue;
    }
    take();
  }
  accept(";");
  if (rtr && !remote) return;
  if (rtr) reading_.validation.rtr = true;
  if (!rtr && !tables.empty()) reading_.validation.listed = true;
  if (reading_.validation.line == 0) reading_.validation.line = line;
  for (const std::string& name : tables) {
    FedTable& table = filters_->fed_tables[name];
    table.rtr = table.rtr || rtr;
    for (const FedTable::Roa& listed : roas) table.roas.push_back(listed);
    std::ranges::sort(table.roas);
  }
}

// 192.0.2.0/24 max 24 as 64500, behind `route`
std::optional<FedTable::Roa> Reader::roa() {
  const auto address = parse_ip(take().text);
  if (!address || !accept("/")) return std::nullopt;
  const auto length = parser_.number();
  if (!length || *length > address_bits(address->family) || !accept("max")) return std::nullopt;
  const auto most = parser_.number();
  if (!most || *most > address_bits(address->family) || !accept("as")) return std::nullopt;
  const auto origin = asn();
  if (!origin) return std::nullopt;
  return FedTable::Roa{Prefix(*address, *length), static_cast<std::uint8_t>(*most), *origin};
}

// protocol bgp NAME from TEMPLATE { ... }
void Reader::protocol(bool is_template) {
  const Token kind = take();
  Protocol protocol;
  protocol.session.line = kind.line;
  if (peek().kind == Kind::word && !peek().is("from")) protocol.session.name = take().text;
  if (accept("from")) {
    const Token from = take();
    const auto found = std::ranges::find(templates_, std::string(from.text), &std::pair<std::string, Protocol>::first);
    if (found != templates_.end()) {
      const std::string name = protocol.session.name;
      protocol = found->second;
      protocol.session.name = name;
      protocol.session.line = kind.line;
      protocol.session.group = from.text;
    } else {
      not_understood(from, "a protocol: template");
    }
  }
  if (!peek().is("{")) {
    not_understood(peek(), "a protocol");
    return skip();
  }
  if (!kind.is("bgp")) {
    if (kind.is("rpki") || kind.is("static")) return feeding_block(kind.is("rpki") && !is_template);
    return skip();
  }
  take();
  while (peek().kind != Kind::end && !peek().is("}")) bgp_option(protocol);
  take();
  accept(";");
  RouterSession& session = protocol.session;
  if (is_template) {
    templates_.emplace_back(session.name, std::move(protocol));
    return;
  }
  if (session.name.empty()) session.name = "bgp" + std::to_string(filters_->protocols.size() + 1);
  session.internal = session.internal || (session.remote_asn && session.remote_asn == session.local_asn);
  filters_->protocols.push_back(std::move(protocol));
}

void Reader::neighbor(RouterSession& session) {
  while (peek().kind != Kind::end && !peek().is(";") && !peek().is("}")) {
    if (accept("as")) {
      session.remote_asn = asn();
    } else if (accept("range")) {
      const auto ip = parse_ip(take().text);
      if (!ip || !accept("/")) continue;
      const auto length = parse_number<unsigned>(take().text);
      if (length && *length <= address_bits(ip->family)) session.remote_range = Prefix(*ip, *length);
    } else if (accept("internal")) {
      session.internal = true;
    } else if (peek().kind == Kind::address) {
      session.remote = parse_ip(take().text);
    } else if (peek().kind == Kind::word && !peek().is("external") && !peek().is("port") && !session.remote) {
      const Value value = parser_.constant_term();  // a constant
      if (const auto* ip = std::get_if<IpAddress>(&value)) session.remote = *ip;
    } else {
      take();
    }
  }
  accept(";");
}

void Reader::bgp_option(Protocol& protocol) {
  RouterSession& session = protocol.session;
  const int depth = parser_.lexer().depth();
  const Token word = take();
  const auto rest = [&] { parser_.skip_statement(depth); };
  if (word.is(";")) return;
  if (word.is("neighbor")) return neighbor(session);
  if (word.is("local")) {
    if (accept("role")) {
      static constexpr std::pair<std::string_view, LocalRole> kRoles[] = {{"provider", LocalRole::provider},
                                                                          {"rs_server", LocalRole::rs},
                                                                          {"rs_client", LocalRole::rs_client},
                                                                          {"customer", LocalRole::customer},
                                                                          {"peer", LocalRole::peer}};
      for (const auto& [name, role] : kRoles) {
        if (peek().is(name)) session.local_role = role;
      }
      return rest();
    }
    while (peek().kind != Kind::end && !peek().is(";") && !peek().is("}")) {
      if (accept("as")) {
        session.local_asn = asn();
      } else {
        take();
      }
    }
    return rest();
  }
  if (word.is("ipv4") || word.is("ipv6")) {
    if (peek().is("multicast") || peek().is("mpls")) return rest();
    return channel(protocol, word.is("ipv4") ? Family::ipv4 : Family::ipv6);
  }
  if (word.is("ttl") && accept("security")) {
    session.gtsm = truth();
  } else if (word.is("password") || word.is("authentication")) {
    session.authentication = !peek().is("none");
  } else if (word.is("require") && accept("roles")) {
    session.strict_role = truth();
  } else if (word.is("enforce") && accept("first")) {
    accept("as");
    session.enforces_first_as = truth();
  } else if (word.is("allow") && accept("local")) {
    session.accepts_own_asn = true;
  } else if (word.is("allow") && accept("as")) {
    accept("sets");
    session.rejects_as_sets = !truth();
  } else if (word.kind != Kind::word) {
    not_understood(word, "a protocol");
  }
  rest();
}

void Reader::channel(Protocol& protocol, Family family) {
  SessionFamily& facts = protocol.session.family(family);
  facts.active = true;
  if (accept(";")) return;
  if (!accept("{")) return skip();
  while (peek().kind != Kind::end && !peek().is("}")) channel_option(protocol, family);
  take();
  accept(";");
}

void Reader::channel_option(Protocol& protocol, Family family) {
  SessionFamily& facts = protocol.session.family(family);
  const std::size_t index = family == Family::ipv4 ? 0 : 1;
  const int depth = parser_.lexer().depth();
  const Token word = take();
  if (word.is("import") || word.is("export")) {
    const bool import = word.is("import");
    if (accept("limit")) {
      if (import) {
        facts.max_prefix_line = word.line;
        facts.max_prefix = parser_.number();
      }
    } else if (import && accept("table")) {
      facts.keeps_rejected = facts.keeps_rejected || truth();
    } else if (import && accept("keep")) {
      accept("filtered");
      facts.keeps_rejected = facts.keeps_rejected || truth();
    } else if (!import && peek().is("table")) {
      // what was sent is kept
    } else {
      SessionPolicy& policy = import ? facts.import : facts.export_;
      policy.line = word.line;
      (import ? protocol.import : protocol.export_)[index] = hook(policy);
    }
  } else if (word.is("receive") && accept("limit")) {
    facts.max_prefix_line = word.line;
    facts.max_prefix = parser_.number();
  }
  parser_.skip_statement(depth);
}

Hook Reader::hook(SessionPolicy& policy) {
  policy.present = true;
  policy.name.clear();
  if (accept("all")) return {Hook::Kind::all};
  if (accept("none")) return {Hook::Kind::none};
  if (accept("where")) return {Hook::Kind::term, parser_.whole_term_or_unknown()};
  accept("filter");
  if (peek().kind == Kind::word && !peek(1).is("{") && parser_.filter_named(peek().text)) {
    const Token name = take();
    policy.name = name.text;
    return {Hook::Kind::filter, *parser_.filter_named(name.text)};
  }
  return {Hook::Kind::filter, parser_.filter_body()};
}

}  // namespace
}  // namespace bird

Result<Reading> read_bird(std::string_view text, const Includes& includes) {
  return bird::Reader(text, includes).read();
}

}  // namespace fairway::reader
