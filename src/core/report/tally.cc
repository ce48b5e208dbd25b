#include "core/report/tally.h"

#include <algorithm>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"

namespace fairway {

void Tally::add(Family family, const RouteVerdict& verdict) {
  Counts& counts = families[family == Family::ipv4 ? 0 : 1];
  ++counts.routes;
  ++counts.origin[static_cast<std::size_t>(verdict.origin.state)];
  ++counts.aspa[static_cast<std::size_t>(verdict.of_path.path.state)];
  ++counts.irr[static_cast<std::size_t>(verdict.registry.state)];
  ++counts.leak[static_cast<std::size_t>(verdict.of_path.leak.state)];
  ++counts.bogon[static_cast<std::size_t>(verdict.bogon.state)];
  if (verdict.of_path.sanity.clean()) {
    ++counts.clean;
  } else {
    for (std::size_t i = 0; i < std::size(kSanityFindings); ++i)
      counts.sanity[i] += verdict.of_path.sanity.has(static_cast<SanityFinding>(kSanityFindings[i]));
  }
  if (verdict.origin.state == OriginState::invalid && verdict.of_path.origin.kind == PathOrigin::Kind::as)
    ++offenders[verdict.of_path.origin.asn].invalid;
  if (verdict.of_path.leak.state == LeakState::leak) ++offenders[verdict.of_path.leak.hop[1]].leaked;
}

namespace {
template <std::size_t kSize>
void add_to(std::array<std::uint64_t, kSize>& to, const std::array<std::uint64_t, kSize>& from) {
  for (std::size_t i = 0; i < kSize; ++i) to[i] += from[i];
}
}  // namespace

void Tally::add(const Tally& other) {
  for (std::size_t i = 0; i < families.size(); ++i) {
    Counts& to = families[i];
    const Counts& from = other.families[i];
    to.routes += from.routes;
    to.clean += from.clean;
    add_to(to.origin, from.origin);
    add_to(to.aspa, from.aspa);
    add_to(to.irr, from.irr);
    add_to(to.leak, from.leak);
    add_to(to.bogon, from.bogon);
    add_to(to.sanity, from.sanity);
  }
  for (const auto& [asn, offences] : other.offenders) {
    Offences& sum = offenders[asn];
    sum.invalid += offences.invalid;
    sum.leaked += offences.leaked;
  }
}

namespace {

// Calls visit(check, word, IPv4's count, IPv6's count) for every state of every check.
template <class Visit>
void for_each_count(const Tally& tally, Visit visit) {
  const auto& [v4, v6] = tally.families;
  for (const auto state : {OriginState::valid, OriginState::invalid, OriginState::not_found, OriginState::unknown}) {
    visit("origin", to_string(state), v4.origin[static_cast<std::size_t>(state)],
          v6.origin[static_cast<std::size_t>(state)]);
  }
  for (const auto state : {PathState::valid, PathState::invalid, PathState::unknown}) {
    visit("aspa", to_string(state), v4.aspa[static_cast<std::size_t>(state)], v6.aspa[static_cast<std::size_t>(state)]);
  }
  for (const auto state : {RegistryState::valid, RegistryState::invalid, RegistryState::invalid_more_specific,
                           RegistryState::not_found, RegistryState::unknown}) {
    visit("irr", to_string(state), v4.irr[static_cast<std::size_t>(state)], v6.irr[static_cast<std::size_t>(state)]);
  }
  for (const auto state : {LeakState::leak, LeakState::none, LeakState::unknown}) {
    visit("leak", to_string(state), v4.leak[static_cast<std::size_t>(state)], v6.leak[static_cast<std::size_t>(state)]);
  }
  for (const auto state : {BogonState::none, BogonState::prefix, BogonState::asn, BogonState::both}) {
    visit("bogon", to_string(state), v4.bogon[static_cast<std::size_t>(state)],
          v6.bogon[static_cast<std::size_t>(state)]);
  }
  visit("sanity", std::string_view("clean"), v4.clean, v6.clean);
  for (std::size_t i = 0; i < std::size(kSanityFindings); ++i) {
    visit("sanity", to_string(static_cast<SanityFinding>(kSanityFindings[i])), v4.sanity[i], v6.sanity[i]);
  }
}

struct Offender {
  Asn asn;
  Tally::Offences offences;
};

std::vector<Offender> worst(const Tally& tally, std::size_t most) {
  std::vector<Offender> all;
  for (const auto& [asn, offences] : tally.offenders) all.push_back({asn, offences});
  std::sort(all.begin(), all.end(), [](const Offender& a, const Offender& b) {
    const std::uint64_t of_a = a.offences.invalid + a.offences.leaked, of_b = b.offences.invalid + b.offences.leaked;
    return of_a != of_b ? of_a > of_b : a.asn < b.asn;
  });
  if (all.size() > most) all.resize(most);
  return all;
}

void pad_left(std::string& out, std::string text, std::size_t width) {
  if (text.size() < width) out.append(width - text.size(), ' ');
  out += text;
}

void pad_right(std::string& out, std::string_view text, std::size_t width) {
  out += text;
  out.append(text.size() < width ? width - text.size() : 1, ' ');
}

}  // namespace

void append_tally_text(std::string& out, const Tally& tally, std::size_t most) {
  pad_right(out, "check", 8);
  pad_right(out, "verdict", 24);
  pad_left(out, "IPv4", 12);
  pad_left(out, "IPv6", 12);
  out += '\n';
  std::string_view before;
  for_each_count(tally, [&](std::string_view check, std::string_view word, std::uint64_t v4, std::uint64_t v6) {
    if (v4 + v6 == 0) return;
    pad_right(out, check == before ? "" : check, 8);
    before = check;
    pad_right(out, word, 24);
    pad_left(out, std::to_string(v4), 12);
    pad_left(out, std::to_string(v6), 12);
    out += '\n';
  });
  pad_right(out, "routes", 32);
  pad_left(out, std::to_string(tally.families[0].routes), 12);
  pad_left(out, std::to_string(tally.families[1].routes), 12);
  out += '\n';
  const std::vector<Offender> offenders = worst(tally, most);
  if (offenders.empty()) return;
  out += "\nMost routes spoken against (";
  out += "originated and invalid by ROV, leaked):\n";
  for (const Offender& offender : offenders) {
    pad_right(out, "  AS" + to_string(offender.asn), 32);
    pad_left(out, std::to_string(offender.offences.invalid), 12);
    pad_left(out, std::to_string(offender.offences.leaked), 12);
    out += '\n';
  }
}

void append_tally_json(std::string& out, const Tally& tally, std::size_t most, const std::string& world) {
  JsonWriter json(out);
  json.object().field("version", 1).field("world", world).field("routes", tally.routes());
  for (const bool ipv4 : {true, false}) {
    json.key(ipv4 ? "ipv4" : "ipv6").object().field("routes", tally.families[ipv4 ? 0 : 1].routes);
    std::string_view open;
    for_each_count(tally, [&](std::string_view check, std::string_view word, std::uint64_t v4, std::uint64_t v6) {
      if (check != open) {
        if (!open.empty()) json.end();
        json.key(check).object();
        open = check;
      }
      json.field(word, ipv4 ? v4 : v6);
    });
    json.end().end();
  }
  json.key("offenders").array();
  for (const Offender& offender : worst(tally, most)) {
    json.object()
        .field("asn", offender.asn.value)
        .field("invalid", offender.offences.invalid)
        .field("leaked", offender.offences.leaked)
        .end();
  }
  json.end().end();
  out += '\n';
}

}  // namespace fairway
