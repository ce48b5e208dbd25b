#include "shell/config/table_file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "core/read/dates.h"
#include "core/read/rpki_csv.h"
#include "core/read/rpki_json.h"
#include "core/wire/mrt/record.h"
#include "shell/config/rtr_export.h"
#include "shell/feed/source.h"
#include "shell/feed/url.h"

namespace fairway::config {

namespace {

constexpr std::string_view kKinds[] = {"vrps",     "aspas",         "slurm",         "irr",         "sets",
                                       "policies", "relationships", "organisations", "delegations", "exchanges",
                                       "names",    "rib",           "other"};

constexpr std::uint64_t kLargest = std::uint64_t{4} << 30;  // of a table, decompressed

}  // namespace

std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view text) {
  const auto found = std::find(std::begin(kKinds), std::end(kKinds), text);
  if (found == std::end(kKinds)) return std::nullopt;
  return static_cast<Kind>(found - std::begin(kKinds));
}

namespace {

void tell_skips(TableFile& file, const Skips& skips, std::string_view what) {
  if (skips.count == 0) return;
  const Skips::Row& row = skips.first.front();
  file.remarks.push_back(fmt::format("{} {} left out, the first at {}: {}", skips.count, what, row.where, row.reason));
}

// The one named trust anchor, or "all".
std::string anchors_of(const RpkiExport& rpki) {
  std::string name;
  for (const std::string& anchor : rpki.trust_anchors) {
    if (anchor.empty()) continue;
    if (!name.empty()) return "all";
    name = anchor;
  }
  return name.empty() ? "all" : name;
}

void take(TableFile& file, RpkiExport rpki) {
  file.format = rpki.format;
  file.date = rpki.built;
  const std::string source = anchors_of(rpki);
  if (rpki.lists_vrps) file.parts.push_back({Kind::vrps, source, rpki.vrps.size()});
  if (!rpki.aspas.empty()) file.parts.push_back({Kind::aspas, source, rpki.aspas.size()});
  if (rpki.expired_vrps + rpki.expired_aspas != 0) {
    file.remarks.push_back(
        fmt::format("{} VRPs and {} ASPAs had expired and are left out", rpki.expired_vrps, rpki.expired_aspas));
  }
  tell_skips(file, rpki.skips, "rows");
  file.content = std::move(rpki);
}

void take(TableFile& file, Slurm slurm) {
  file.format = "SLURM";
  file.parts.push_back({Kind::slurm, file.path, slurm.size()});
  file.content = std::move(slurm);
}

// Of a class of policies in a registry those that were read.
TablePart policies_of(const RegistryDump& dump, const RegistryDump::Count& count, TablePart part) {
  const auto found = std::find(dump.registries.begin(), dump.registries.end(), count.registry);
  const auto registry = found - dump.registries.begin();
  const auto tally = [&](const auto& all, const auto& is) {
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const auto& entry) { return entry.registry == registry && is(entry); }));
  };
  part.kind = Kind::policies;
  part.entries = count.name == "aut-num" ? tally(dump.policies, [](const AutNumPolicy&) { return true; })
                                         : tally(dump.policy_sets, [&](const PolicySet& set) {
                                             return count.name == (set.of_peerings ? "peering-set" : "filter-set");
                                           });
  return part;
}

// What was read of a class of a registry counts, not what stands there.
TablePart part_of(const RegistryDump& dump, const RegistryDump::Count& count) {
  TablePart part{Kind::other, (count.registry.empty() ? "unnamed" : count.registry) + " " + count.name, count.objects};
  const auto found = std::find(dump.registries.begin(), dump.registries.end(), count.registry);
  const auto registry = found - dump.registries.begin();
  const auto tally = [&](Kind kind, const auto& all, const auto& is) {
    part.kind = kind;
    part.entries = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const auto& entry) { return entry.registry == registry && is(entry); }));
  };
  if (count.name == "route" || count.name == "route6") {
    const Family family = count.name == "route" ? Family::ipv4 : Family::ipv6;
    tally(Kind::irr, dump.objects, [&](const RouteObject& object) { return object.prefix.family() == family; });
  } else if (count.name == "as-set" || count.name == "route-set") {
    const SetClass set_class = count.name == "as-set" ? SetClass::as_set : SetClass::route_set;
    tally(Kind::sets, dump.sets, [&](const SetObject& set) { return set.set_class == set_class; });
  } else if (count.name == "aut-num") {
    tally(Kind::sets, dump.claims, [](const MemberClaim& claim) { return claim.member.index() == 0; });
    if (part.entries == 0) return {Kind::other, part.source, count.objects};
  }
  return part;
}

void take(TableFile& file, RegistryDump dump) {
  file.format = "RPSL";
  for (const RegistryDump::Count& count : dump.counts) {
    TablePart part = part_of(dump, count);
    TablePart policies = policies_of(dump, count, part);
    // What is something is not something else as well.
    if (part.entries != 0 && (part.kind != Kind::other || policies.entries == 0)) file.parts.push_back(std::move(part));
    if (policies.entries != 0) file.parts.push_back(std::move(policies));
  }
  tell_skips(file, dump.skips, "objects");
  tell_skips(file, dump.members, "members of sets");
  if (dump.rules.count != 0) {
    const Skips::Row& row = dump.rules.first.front();
    file.remarks.push_back(fmt::format("{} rules and sets of policies are not understood, the first at {}: {}",
                                       dump.rules.count, row.where, row.reason));
  }
  file.content = std::move(dump);
}

void take(TableFile& file, AsRelationships relationships) {
  file.format = relationships.format;
  file.date = relationships.date;
  file.parts.push_back({Kind::relationships, "as-rel", relationships.links.size()});
  tell_skips(file, relationships.skips, "rows");
  file.content = std::move(relationships);
}

void take(TableFile& file, AsOrganisations organisations) {
  file.format = "as-org2info";
  file.date = organisations.date;
  file.parts.push_back({Kind::organisations, "as-org2info", organisations.holders.size()});
  tell_skips(file, organisations.skips, "rows");
  file.content = std::move(organisations);
}

void take(TableFile& file, Delegations delegations) {
  file.format = delegations.extended ? "delegated-extended" : "delegated";
  file.date = delegations.date;
  file.parts.push_back({Kind::delegations, delegations.registry, delegations.records});
  tell_skips(file, delegations.skips, "records");
  file.content = std::move(delegations);
}

void take(TableFile& file, PeeringDb db) {
  file.format = "PeeringDB JSON";
  file.date = db.date;
  const std::pair<const char*, std::size_t> classes[] = {{"ix", db.exchanges.size()},
                                                         {"ixlan", db.lans.size()},
                                                         {"ixpfx", db.lan_prefixes.size()},
                                                         {"netixlan", db.connections.size()},
                                                         {"net", db.networks.size()}};
  for (const auto& [name, entries] : classes) {
    if (entries != 0) file.parts.push_back({Kind::exchanges, name, entries});
  }
  tell_skips(file, db.skips, "objects");
  file.content = std::move(db);
}

void take(TableFile& file, AsNames names) {
  file.format = names.format;
  file.parts.push_back({Kind::names, "as-names", names.names.size()});
  tell_skips(file, names.skips, "rows");
  file.content = std::move(names);
}

template <class T>
std::optional<Error> keep(TableFile& file, Result<T> read) {
  if (!read) return std::move(read.error());
  take(file, *std::move(read));
  return std::nullopt;
}

// Two records of types that hold routes, or one that fills the file.
bool is_mrt(Bytes head) {
  Cursor cursor(head);
  const auto first = mrt::next_record(cursor);
  return first && first->type >= mrt::Type::table_dump && first->type <= mrt::Type::bgp4mp_et &&
         (cursor.empty() || mrt::looks_like_record(cursor, first->time));
}

std::optional<Error> read_rpsl(TableFile& file, Bytes bytes, const ReadOptions& options) {
  if (options.keep_texts) file.texts = std::make_shared<ObjectStore>();
  auto error = keep(file, read_registry_dump(bytes, file.texts.get(), options.policies));
  if (file.texts) file.texts->freeze();
  return error;
}

// Known by their beginning, read whole. A kind of file is one row.
struct Form {
  bool of_rpki;
  bool (*is)(Bytes head);
  std::optional<Error> (*read)(TableFile& file, Bytes bytes, const ReadOptions& options);
};
constexpr Form kForms[] = {
    {true, is_rpki_difference,
     [](TableFile&, Bytes, const ReadOptions&) -> std::optional<Error> {
       return Error{ErrorKind::refused, "it is a difference between two exports, not a table: fetch a whole export"};
     }},
    {true, is_slurm, [](TableFile& file, Bytes bytes, const ReadOptions&) { return keep(file, read_slurm(bytes)); }},
    {true, is_rpki_json,
     [](TableFile& file, Bytes bytes, const ReadOptions& options) {
       return keep(file, read_rpki_json(bytes, options.table_time));
     }},
    {true, is_rpki_csv,
     [](TableFile& file, Bytes bytes, const ReadOptions& options) {
       return keep(file, read_rpki_csv(bytes, options.table_time));
     }},
    {false, is_rpsl, read_rpsl},
    {false, is_as_relationships,
     [](TableFile& file, Bytes bytes, const ReadOptions&) { return keep(file, read_as_relationships(bytes)); }},
    {false, is_as_organisations,
     [](TableFile& file, Bytes bytes, const ReadOptions&) { return keep(file, read_as_organisations(bytes)); }},
    {false, is_delegations,
     [](TableFile& file, Bytes bytes, const ReadOptions&) { return keep(file, read_delegations(bytes)); }},
    {false, is_peeringdb,
     [](TableFile& file, Bytes bytes, const ReadOptions&) { return keep(file, read_peeringdb(bytes)); }},
    {false, is_as_names,
     [](TableFile& file, Bytes bytes, const ReadOptions&) { return keep(file, read_as_names(bytes)); }},
};

// It is known, and nobody wants to know what it says.
bool is_passed_over(Bytes head, const ReadOptions& options) {
  if (!options.rpki_only) return false;
  const auto* form = std::ranges::find_if(kForms, [&](const Form& one) { return one.is(head); });
  return form != std::end(kForms) && !form->of_rpki;
}

void date_by_name(TableFile& file) {
  if (file.date) {
    file.date_from = DateFrom::content;
    return;
  }
  const std::size_t slash = file.path.rfind('/');
  file.date = date_in_name(std::string_view(file.path).substr(slash == std::string::npos ? 0 : slash + 1));
  if (file.date) file.date_from = DateFrom::name;
}

void date_by_file(TableFile& file) {
  struct stat status{};
  if (file.date || ::stat(file.path.c_str(), &status) != 0) return;
  file.date = from_seconds(status.st_mtime);
  file.date_from = DateFrom::file;
}

Result<TableFile> read_stream(ByteStream& stream, TableFile file, const ReadOptions& options) {
  Buffer content;
  for (bool known = false;;) {
    auto block = stream.next();
    if (!block) return std::unexpected(std::move(block.error()));
    if (block->empty()) break;
    content.append(block->bytes());
    if (content.size() > kLargest) return fail(ErrorKind::refused, "it is larger than 4 GiB: no table is");
    if (known || content.size() < kHead) continue;
    known = true;
    if (is_mrt(content.bytes()) || is_passed_over(content.bytes(), options)) break;
  }
  const Bytes head = content.bytes().first(std::min(content.size(), kHead));
  if (is_mrt(head)) {
    file.format = "MRT";
    Cursor cursor(head);
    file.date = mrt::next_record(cursor)->time;
    file.parts.push_back({Kind::rib, file.path.substr(file.path.rfind('/') + 1), 0});
    date_by_name(file);
    return file;
  }
  if (is_passed_over(head, options)) {
    file.format = "passed over";
    return file;
  }
  file.octets = content.size();
  file.digest = hash_bytes(content.bytes());
  for (const Form& form : kForms) {
    if (!form.is(head)) continue;
    if (auto error = form.read(file, content.bytes(), options)) return std::unexpected(*std::move(error));
    date_by_name(file);
    return file;
  }
  if (content.empty()) return fail(ErrorKind::refused, "it is empty");
  return fail(ErrorKind::not_found,
              "it begins like nothing that is known here: docs/formats/data.md lists what is read");
}

// What an address names, kept in memory.
Result<TableFile> read_table_url(const std::string& url, const ReadOptions& options) {
  if (url.starts_with("rtr://")) {
    auto told = read_rtr(url);
    if (!told) return std::unexpected(std::move(told.error()));
    TableFile file;
    file.path = url;
    take(file, *std::move(told));
    file.date_from = DateFrom::content;
    return file;
  }
  Buffer octets;
  FetchRequest request;
  request.url = url;
  request.most = kLargest;
  const auto fetched = fetch(request, [&](Bytes piece) {
    octets.append(piece);
    return true;
  });
  if (!fetched) return std::unexpected(fetched.error());
  auto file = read_table_octets(octets.bytes(), url, options);
  if (file && !file->date && fetched->modified) {
    file->date = fetched->modified;
    file->date_from = DateFrom::file;
  }
  return file;
}

}  // namespace

Result<TableFile> read_table_file(const std::string& path, const ReadOptions& options) {
  if (is_url(path)) return read_table_url(path, options);
  auto stream = open_stream(path, options.threads);
  if (!stream) return std::unexpected(std::move(stream.error()));
  TableFile file;
  file.path = path;
  auto read = read_stream(**stream, std::move(file), options);
  if (read && path != "-") date_by_file(*read);
  return read;
}

Result<TableFile> read_table_octets(Bytes octets, const std::string& name, const ReadOptions& options) {
  auto stream = open_stream(Input::of_memory(octets, name), options.threads);
  if (!stream) return std::unexpected(std::move(stream.error()));
  TableFile file;
  file.path = name;
  return read_stream(**stream, std::move(file), options);
}

}  // namespace fairway::config
