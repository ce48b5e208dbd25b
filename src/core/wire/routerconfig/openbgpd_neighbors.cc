// Groups and neighbours.
#include <utility>

#include "core/wire/routerconfig/openbgpd_reader.h"

namespace fairway::reader::openbgpd {

void Reader::group() {
  take();
  Neighbour common;
  common.session.group = take().text;
  if (!accept("{")) return not_understood("a group");
  for (lexer_.skip_newlines(); peek().kind != Token::Kind::end && !peek().is("}"); lexer_.skip_newlines()) {
    if (lexer_.directive()) continue;
    if (accept("neighbor")) {
      neighbour(common);
    } else {
      neighbour_option(common);
    }
  }
  accept("}");
}

void Reader::neighbour(const Neighbour& from) {
  Neighbour self = from;
  RouterSession& session = self.session;
  const Token name = take();
  session.line = name.line;
  session.name = name.text;
  session.remote = parse_ip(name.text);
  if (accept("/")) {
    const auto length = number<unsigned>();
    if (session.remote && length && *length <= address_bits(session.remote->family)) {
      session.remote_range = Prefix(*session.remote, *length);
      session.name += "/" + std::to_string(*length);
    }
    session.remote.reset();
  }
  if (accept("{")) {
    for (lexer_.skip_newlines(); peek().kind != Token::Kind::end && !peek().is("}"); lexer_.skip_newlines()) {
      if (!lexer_.directive()) neighbour_option(self);
    }
    accept("}");
  }
  finish(std::move(self));
}

void Reader::neighbour_option(Neighbour& neighbour) {
  RouterSession& session = neighbour.session;
  const Token word = take();
  if (word.is("remote-as")) {
    session.remote_asn = parse_asn(take().text);
  } else if (word.is("local-as")) {
    session.local_asn = parse_asn(take().text);
  } else if (word.is("ttl-security")) {
    session.gtsm = yes();
  } else if (word.is("tcp") && accept("md5sig")) {
    session.authentication = true;
  } else if (word.is("ipsec")) {
    session.authentication = true;
  } else if (word.is("enforce") && peek().is("neighbor-as")) {
    take();
    neighbour.enforces_first_as = yes();
  } else if (word.is("enforce") && accept("local-as")) {
    neighbour.accepts_own_asn = !yes();
  } else if (word.is("reject") && accept("as-set")) {
    session.rejects_as_sets = yes();
  } else if (word.is("max-prefix")) {
    const auto limit = number<std::uint32_t>();
    if (!accept("out")) {
      for (SessionFamily& family : session.families) {
        family.max_prefix = limit;
        family.max_prefix_line = word.line;
      }
    }
  } else if (word.is("export")) {
    neighbour.exports = accept("none") ? 1 : accept("default-route") ? 2 : 0;
  } else if (word.is("announce") && (peek().is("IPv4") || peek().is("IPv6"))) {
    const std::size_t index = take().is("IPv4") ? 0 : 1;
    neighbour.announces_said[index] = true;
    neighbour.announces[index] = accept("unicast");
  } else if (word.is("announce") && accept("policy")) {
    static constexpr std::pair<std::string_view, LocalRole> kRoles[] = {{"provider", LocalRole::provider},
                                                                        {"rs", LocalRole::rs},
                                                                        {"rs-client", LocalRole::rs_client},
                                                                        {"customer", LocalRole::customer},
                                                                        {"peer", LocalRole::peer}};
    for (const auto& [role, value] : kRoles) {
      if (peek().is(role)) session.local_role = value;
    }
    take();
    session.strict_role = accept("enforce");
  } else if (word.is("set")) {
    if (!actions(neighbour.actions)) reading_.complain(word.line, "not understood: an attribute set");
  }
  // The rest of the options does not bear on which routes pass.
  lexer_.skip_line();
}

void Reader::finish(Neighbour neighbour) {
  RouterSession& session = neighbour.session;
  if (!session.local_asn) session.local_asn = asn_;
  session.internal = session.remote_asn && session.remote_asn == session.local_asn;
  session.enforces_first_as = neighbour.enforces_first_as.value_or(!session.internal);
  session.accepts_own_asn = neighbour.accepts_own_asn.value_or(false);
  session.rejects_as_sets = session.rejects_as_sets || rejects_as_sets_;
  const bool is_ipv6 = session.remote ? session.remote->family == Family::ipv6
                                      : session.remote_range && session.remote_range->family() == Family::ipv6;
  for (std::size_t i = 0; i < 2; ++i) {
    SessionFamily& family = session.families[i];
    family.active = neighbour.announces_said[i] ? neighbour.announces[i] : is_ipv6 == (i == 1);
    family.keeps_rejected = true;  // bgpd always keeps the Adj-RIB-In
    // The filter is one for all; without a rule it denies.
    family.import = family.export_ = {.present = true};
  }
  filters_->sessions.push_back(session);
  filters_->session_actions.push_back(std::move(neighbour.actions));
  filters_->exports.push_back(neighbour.exports);
}

}  // namespace fairway::reader::openbgpd
