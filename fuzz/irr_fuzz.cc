// uses: core/read core/tables core/wire/rpsl core/model base
//
// Any text read as a registry's dump becomes tables whose sets can all be expanded: once into every AS that can be
// reached, each by a path that exists, and with limits into no more than they allow. What was kept of objects is read
// back whole.
#include <algorithm>

#include "core/read/registry_dump.h"
#include "core/tables/irr_expand.h"
#include "core/tables/world.h"
#include "core/wire/rpsl/object_key.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16384) return 0;
  const Buffer input = padded(data, size);
  ObjectStore store;
  auto dump = read_registry_dump(input.bytes(), &store);
  if (!dump) return 0;
  store.freeze();
  ObjectStore::Reader reader(store);
  std::vector<std::uint32_t> ids;
  for (std::uint32_t id = 0; id < store.size(); ++id) {
    const std::string text(reader.text(id));
    RpslObjects objects(as_bytes(text));
    RpslObject object;
    hold(objects.next(object), "a text is an object");
    for (const std::string& key : keys_of(object)) {
      store.find(key, ids);
      hold(std::binary_search(ids.begin(), ids.end(), id), "it is found by each of its keys");
    }
  }
  World world;
  world.irr = std::make_shared<const IrrTable>(IrrTable::build(dump->objects, dump->registries));
  world.sets = std::make_shared<const SetTable>(SetTable::build(dump->sets, dump->claims, dump->registries));
  const SetTable& table = *world.sets;
  for (std::uint32_t name = 0; name < std::min<std::size_t>(table.names(), 16); ++name) {
    const std::string object(table.name(name));
    const Expansion all = expand_asns(world, {&object, 1}, {.allow_private = true});
    for (std::size_t i = 1; i < all.asns.size(); ++i) {
      hold(std::pair(all.asns[i - 1].asn, all.asns[i - 1].range) < std::pair(all.asns[i].asn, all.asns[i].range),
           "each AS once, sorted");
    }
    for (std::uint32_t i = 0; i < all.sets.size(); ++i) {
      hold(all.sets[i].via == kNamed ? i == 0 : all.sets[i].via < i, "a set comes after where it was found");
    }
    for (const ExpandedAsn& found : all.asns) {
      hold(found.via < all.sets.size() && !path_of(all, found).empty(), "an AS has a path");
      const auto members = table.asns(all.sets[found.via].id);
      hold(std::any_of(members.begin(), members.end(),
                       [&](const SetObject::As& member) { return member.asn == found.asn; }),
           "it stands in the set it is found in");
    }
    const ExpandOptions few{.depth = 2, .allow_private = true, .most_asns = 3};
    const Expansion some = expand_asns(world, {&object, 1}, few);
    hold(some.asns.size() <= 3, "limits hold");
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      const auto prefixes = expand_prefixes(world, all, family, {});
      hold(prefixes.has_value(), "it is not too much");
      for (const ExpandedPrefix& found : *prefixes) {
        hold(found.least >= found.prefix.length() && found.least <= found.most && found.most <= address_bits(family),
             "lengths are possible");
      }
    }
  }
  return 0;
}
