// uses: core/read core/tables shell/feed core/model base
//
// A registry of the size of all of them together, in memory: route objects with the attributes that they usually have,
// for the prefixes and origins of today's table (FAIRWAY_TEST_DATA), and generated ones where it is not set; read from
// text, kept whole, indexed. Then every as-set of RIPE's dump, the largest ones expanded to prefixes. First the answers
// are checked; then the fastest of several runs counts. Exit code 1: a wrong answer, or a bar that is not held.
#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/text.h"
#include "core/read/registry_dump.h"
#include "core/tables/irr_expand.h"
#include "core/tables/world.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;

constexpr std::size_t kObjects = 1'400'000;
constexpr double kLoadSeconds = 5, kOctetsEach = 200, kExpandSeconds = 0.05;

double cpu() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::size_t allocated() {
  const auto info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

// Empty without shared data.
Buffer data(const std::string& name) {
  const char* folder = std::getenv("FAIRWAY_TEST_DATA");
  if (folder == nullptr) return {};
  auto content = read_all(std::string(folder) + "/" + name);
  if (content) return *std::move(content);
  std::fprintf(stderr, "%s: %s\n", name.c_str(), content.error().text.c_str());
  std::exit(1);
}

struct Origin {
  Prefix prefix;
  std::uint32_t asn;
};

std::vector<Origin> origins() {
  std::vector<Origin> all;
  const Buffer table = data("registry/prefix_origin_fulltable_20260619.tsv.gz");
  std::string_view rest = as_text(table.bytes());
  while (!rest.empty() && all.size() < kObjects) {
    std::string_view line = cut(rest, '\n');
    const auto prefix = parse_prefix(cut(line, '\t'));
    const auto asn = parse_number<std::uint32_t>(trim(line));
    if (prefix && asn) all.push_back({*prefix, *asn});
  }
  std::printf("%zu prefixes and origins of a real table\n", all.size());
  for (std::uint32_t i = 0; all.size() < kObjects; ++i) {
    all.push_back({Prefix(IpAddress::ipv4((1u << 24) + (i << 8)), 24), 1 + i % 70'000});
  }
  return all;
}

// As registries write them: who, when, maintained by whom, and remarks that most of one holder's objects share.
std::string dump_of(const std::vector<Origin>& all) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& [prefix, asn] = all[i];
    const std::uint64_t chance = mix(asn, i);
    text += fmt::format("{:16}{}\n", prefix.family() == Family::ipv4 ? "route:" : "route6:", to_string(prefix));
    text += fmt::format("descr:          {} Networks {}\n", static_cast<char>('A' + asn % 26), mix(asn, 7) % 100'000);
    if (chance % 3 == 0) text += fmt::format("descr:          Customer {:x}, {} Street\n", chance >> 40, chance % 300);
    text += fmt::format("origin:         AS{}\n", asn);
    if (chance % 5 == 0) text += fmt::format("remarks:        peering questions to noc@as{}.example\n", asn);
    if (chance % 7 == 0) text += fmt::format("member-of:      RS-AS{}\n", asn);
    text += fmt::format("admin-c:        ADM{}-RIPE\n", asn % 40'000);
    text += fmt::format("tech-c:         NOC{}-RIPE\n", asn % 40'000);
    text += fmt::format("mnt-by:         MAINT-AS{}\n", asn);
    text +=
        fmt::format("created:        20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}Z\n", 2 + chance % 24, 1 + (chance >> 8) % 12,
                    1 + (chance >> 16) % 28, (chance >> 24) % 24, (chance >> 32) % 60, (chance >> 40) % 60);
    text += fmt::format("last-modified:  2025-{:02}-{:02}T{:02}:{:02}:{:02}Z\n", 1 + (chance >> 7) % 12,
                        1 + (chance >> 15) % 28, (chance >> 23) % 24, (chance >> 31) % 60, (chance >> 39) % 60);
    text += i % 3 == 0 ? "source:         RADB\n\n" : "source:         RIPE\n\n";
  }
  return text;
}

int wrong = 0;
void bar(const std::string& what, double value, double most, const char* unit) {
  std::printf("%-44s %10.3f %s (bar %g)%s\n", what.c_str(), value, unit, most, value <= most ? "" : "  NOT HELD");
  wrong += value > most;
}
void hold(bool truth, const char* what) {
  if (truth) return;
  std::printf("wrong: %s\n", what);
  wrong = 1;
}

}  // namespace

int main() {
  std::vector<Origin> all = origins();
  Buffer text = Buffer::copy_of(as_bytes(dump_of(all)));
  std::printf("%zu route objects in %.0f MB of text\n", all.size(), static_cast<double>(text.size()) / 1e6);
  World world;
  ObjectStore store;
  {
    ::malloc_trim(0);
    const std::size_t before = allocated();
    double begin = cpu();
    auto dump = read_registry_dump(text.bytes());
    const double read = cpu() - begin;
    hold(dump.has_value() && dump->objects.size() == all.size(), "every object is read");
    begin = cpu();
    std::vector<RouteObject> objects = std::move(dump->objects);
    world.irr = std::make_shared<const IrrTable>(IrrTable::build(std::move(objects), dump->registries));
    const double build = cpu() - begin;
    dump = RegistryDump();
    std::printf("read %.2f s CPU, index %.2f s CPU\n", read, build);
    bar("routes read and indexed", read + build, kLoadSeconds, "s CPU");
    const double tables = static_cast<double>(allocated() - before);
    std::printf("%-44s %10.1f octets an object\n", "the table of routes", tables / static_cast<double>(all.size()));

    begin = cpu();
    const auto again = read_registry_dump(text.bytes(), &store);
    store.freeze();
    bar("the same with all texts kept", cpu() - begin + build, kLoadSeconds, "s CPU");
    hold(again.has_value() && store.size() == all.size(), "every text is kept");
    const double kept = static_cast<double>(store.octets());
    std::printf("%-44s %10.1f octets an object\n", "the texts and their keys", kept / static_cast<double>(all.size()));
    bar("everything, texts too", (tables + kept) / static_cast<double>(all.size()), kOctetsEach, "octets an object");
  }
  text = {};

  const Buffer sets = data("world/ripe.db.as-set.gz");
  if (sets.empty()) {
    std::printf("no as-sets: set FAIRWAY_TEST_DATA\n");
    return wrong;
  }
  auto dump = read_registry_dump(sets.bytes());
  hold(dump.has_value(), "as-sets are read");
  double begin = cpu();
  const auto table = std::make_shared<const SetTable>(SetTable::build(dump->sets, dump->claims, {"RIPE", "RADB"}));
  std::printf("%zu sets frozen in %.3f s CPU, %.1f MB\n", table->size(), cpu() - begin,
              static_cast<double>(table->octets()) / 1e6);
  world.sets = table;

  // The largest by the ASes that can be reached.
  std::vector<std::pair<std::size_t, std::string>> largest;
  begin = cpu();
  for (std::uint32_t id = 0; id < table->size(); ++id) {
    const std::string name(table->name(table->sets()[id].name));
    largest.emplace_back(expand_asns(world, {&name, 1}, {}).asns.size(), name);
  }
  std::printf("%zu sets expanded to ASes in %.1f s CPU\n", largest.size(), cpu() - begin);
  std::sort(largest.rbegin(), largest.rend());
  std::vector<std::string> names = {"AS-DECIX"};
  for (std::size_t i = 0; i < 5; ++i) names.push_back(largest[i].second);
  for (const std::string& name : names) {
    double best_asns = 1e9, best = 1e9;
    std::size_t ases = 0, prefixes = 0, visited = 0, findings = 0;
    for (int run = 0; run < 5; ++run) {
      begin = cpu();
      const Expansion expansion = expand_asns(world, {&name, 1}, {});
      best_asns = std::min(best_asns, cpu() - begin);
      const auto found = expand_prefixes(world, expansion, Family::ipv4, {});
      best = std::min(best, cpu() - begin);
      hold(found.has_value(), "the prefixes are not too many");
      ases = expansion.asns.size();
      visited = expansion.sets.size();
      findings = expansion.findings.size();
      prefixes = found ? found->size() : 0;
    }
    std::printf("%s: %zu sets, %zu ASes, %zu IPv4 prefixes, %zu findings, ASes alone %.1f ms\n", name.c_str(), visited,
                ases, prefixes, findings, best_asns * 1e3);
    bar("  expanded to prefixes", best, kExpandSeconds, "s CPU");
  }
  return wrong;
}
