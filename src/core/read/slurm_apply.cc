#include <algorithm>

#include "core/read/slurm.h"

namespace fairway {

namespace {

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// Something that a file speaks about, and which file. Ordered by the thing.
template <class T>
struct Touch {
  T thing;
  std::size_t file;
};

std::unexpected<Error> overlap(const std::string& a, const std::string& b, std::string_view what) {
  return fail(ErrorKind::refused,
              "the SLURM files " + a + " and " + b + " both speak about " + std::string(what) +
                  ": RFC 8416 section 4.2 rejects the whole set; leave one of them out, or make them agree");
}

}  // namespace

Result<Slurm> merge(std::span<const Slurm> files, std::span<const std::string> names) {
  Slurm all;
  std::vector<Touch<Prefix>> blocks;
  std::vector<Touch<Asn>> customers, routers;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Slurm& file = files[i];
    append(all.prefix_filters, file.prefix_filters);
    append(all.prefix_assertions, file.prefix_assertions);
    append(all.aspa_filters, file.aspa_filters);
    append(all.aspa_assertions, file.aspa_assertions);
    append(all.bgpsec_asns, file.bgpsec_asns);
    for (const auto& filter : file.prefix_filters) {
      if (filter.prefix) blocks.push_back({*filter.prefix, i});
    }
    for (const auto& assertion : file.prefix_assertions) blocks.push_back({assertion.prefix, i});
    for (const auto& filter : file.aspa_filters) customers.push_back({filter.customer, i});
    for (const auto& assertion : file.aspa_assertions) customers.push_back({assertion.aspa.customer, i});
    for (const Asn asn : file.bgpsec_asns) routers.push_back({asn, i});
  }
  const auto by_thing = [](const auto& a, const auto& b) {
    return std::tie(a.thing, a.file) < std::tie(b.thing, b.file);
  };

  // In this order a prefix stands behind those that cover it; of these, the nearest is enough: had it not been of the
  // same file as those around it, this had been found before.
  std::sort(blocks.begin(), blocks.end(), by_thing);
  std::vector<Touch<Prefix>> around;
  for (const auto& block : blocks) {
    while (!around.empty() && !around.back().thing.covers(block.thing)) around.pop_back();
    if (!around.empty() && around.back().file != block.file) {
      return overlap(names[around.back().file], names[block.file], to_string(block.thing));
    }
    around.push_back(block);
  }
  for (auto* list : {&customers, &routers}) {
    std::sort(list->begin(), list->end(), by_thing);
    for (std::size_t i = 1; i < list->size(); ++i) {
      const auto &a = (*list)[i - 1], &b = (*list)[i];
      if (a.thing == b.thing && a.file != b.file)
        return overlap(names[a.file], names[b.file], "AS" + to_string(a.thing));
    }
  }
  return all;
}

std::size_t apply(const Slurm& slurm, std::vector<Vrp>& vrps, std::uint8_t local) {
  const std::size_t removed = std::erase_if(vrps, [&](const Vrp& vrp) {
    return std::any_of(
        slurm.prefix_filters.begin(), slurm.prefix_filters.end(), [&](const Slurm::PrefixFilter& filter) {
          return (!filter.prefix || filter.prefix->covers(vrp.prefix)) && (!filter.asn || *filter.asn == vrp.asn);
        });
  });
  for (const auto& assertion : slurm.prefix_assertions) {
    vrps.push_back({assertion.prefix, assertion.max_length, assertion.asn, local});
  }
  return removed;
}

std::size_t apply(const Slurm& slurm, std::vector<Aspa>& aspas) {
  const std::size_t removed = std::erase_if(aspas, [&](const Aspa& aspa) {
    return std::any_of(slurm.aspa_filters.begin(), slurm.aspa_filters.end(),
                       [&](const Slurm::AspaFilter& filter) { return filter.customer == aspa.customer; });
  });
  for (const auto& assertion : slurm.aspa_assertions) aspas.push_back(assertion.aspa);
  return removed;
}

}  // namespace fairway
