// uses: core/session/whois core/read core/tables core/wire/rpsl core/verdict core/model base
//
// Whatever a client sends is answered; the answers are the same however its octets are cut into pieces; each answer to
// a query with '!' is nothing, C, D, F and a line, or A with the right length.
#include <string>

#include "core/read/registry_dump.h"
#include "core/session/whois/session.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/vrp.h"
#include "hold.h"

using namespace fairway;

namespace {

constexpr std::string_view kDump =
    "route: 192.0.2.0/24\norigin: AS1\nmnt-by: M\nsource: A\n\nroute: 192.0.2.0/25\norigin: AS2\nsource: B\n\n"
    "route6: 2001:db8::/32\norigin: AS1\nmnt-by: M\nsource: A\n\nas-set: AS-A\nmembers: AS1, AS-B, AS-C\nsource: A\n\n"
    "as-set: AS-B\nmembers: AS2, AS-A\nsource: B\n\nroute-set: RS-A\nmembers: 10.0.0.0/8^+, AS1^25, RS-A^-\nsource: "
    "A\n\n"
    "aut-num: AS1\nas-name: X\nsource: A\n\nperson: J D\nnic-hdl: JD1\nsource: B\n\n"
    "inetnum: 192.0.2.0 - 192.0.2.99\nsource: A\n\ninetnum: 192.0.0.0 - 192.0.255.255\nsource: B\n\n"
    "inet6num: 2001:db8::/32\nsource: A\n\nas-block: AS1 - AS9\nsource: A\n";

const whois::Registry& registry() {
  static const whois::Registry kRegistry = [] {
    auto store = std::make_shared<ObjectStore>();
    auto dump = read_registry_dump(as_bytes(kDump), store.get());
    store->freeze();
    World world;
    world.irr = std::make_shared<const IrrTable>(IrrTable::build(dump->objects, dump->registries));
    world.sets = std::make_shared<const SetTable>(SetTable::build(dump->sets, dump->claims, dump->registries));
    world.vrps = std::make_shared<const VrpTable>(
        VrpTable::build({{*parse_prefix("192.0.2.0/24"), 24, Asn{1}, 0}, {*parse_prefix("10.0.0.0/8"), 9, Asn{0}, 0}}));
    world.registry_rpki = std::make_shared<const RegistryRpki>(RegistryRpki::build(*world.vrps, {false, true, false}));
    return whois::Registry::of(std::move(world), {std::move(store)});
  }();
  return kRegistry;
}

void hold_form(std::string_view text) {
  if (text.empty() || text == "C\n" || text == "D\n") return;
  if (text.starts_with("F ")) return hold(text.ends_with('\n'), "a refusal is a line");
  if (text.ends_with("\n\n\n")) return;  // RIPE's
  hold(text.front() == 'A', "a letter begins an answer");
  const std::size_t line = text.find('\n');
  const auto length = parse_number<std::size_t>(text.substr(1, line - 1));
  hold(length.has_value() && line + 1 + *length + 2 == text.size(), "A tells the length");
  hold(text.ends_with("\nC\n"), "C ends the data");
}

// Everything that is answered when the octets come in pieces of so many.
std::string answers(std::string_view queries, std::size_t piece) {
  whois::Session session;
  std::string all, text;
  std::size_t at = 0;
  while (at < queries.size() && !session.ended()) {
    const std::size_t taken = session.take(as_bytes(queries.substr(at, piece)));
    at += taken;
    bool any = false;
    while (session.answer(registry(), text)) {
      hold_form(text);
      any = true;
      all += text;
    }
    hold(taken != 0 || any || session.ended(), "it goes on");
  }
  session.finish();
  while (session.answer(registry(), text)) all += text;
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const std::string_view queries = as_text({data, size});
  const std::string all = answers(queries, size == 0 ? 1 : size);
  hold(answers(queries, 1) == all && answers(queries, 7) == all, "pieces do not matter");
  return 0;
}
