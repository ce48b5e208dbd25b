// fairway filter vet: is a customer who it says it is?
#include <fmt/format.h>

#include "apps/fairway/filter_verbs.h"
#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "base/json_writer.h"
#include "core/actions/filtering/vet.h"
#include "core/wire/rpsl/object_key.h"
#include "shell/config/registries.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

using filtering::VetFinding;

// The dates in the texts of route objects.
filtering::DatesOf dates_in(const std::vector<std::shared_ptr<const ObjectStore>>& texts) {
  return [&texts](std::string_view registry, const Prefix& prefix, Asn origin) {
    filtering::ObjectDates dates;
    const std::string_view name = prefix.family() == Family::ipv4 ? "route" : "route6";
    const std::string key = primary_key(name, to_string(prefix) + "AS" + to_string(origin));
    std::vector<std::uint32_t> ids;
    for (const auto& store : texts) {
      store->find(key, ids);
      ObjectStore::Reader reader(*store);
      for (const std::uint32_t id : ids) {
        if (store->class_of(id) != name || store->registry_of(id) != registry) continue;
        const std::string text(reader.text(id));
        RpslObjects objects(as_bytes(text));
        RpslObject object;
        if (!objects.next(object)) continue;
        const auto route = route_of(object);
        if (!route || route->prefix != prefix || route->origin != origin) continue;
        if (const auto* created = object.find("created")) dates.created = parse_instant(rpsl_value(created->value));
        if (const auto* changed = object.find("last-modified")) {
          dates.changed = parse_instant(rpsl_value(changed->value));
        }
      }
    }
    return dates;
  };
}

void append_json(std::string& text, Asn asn, const filtering::Vetting& vetting) {
  JsonWriter json(text);
  json.object().field("version", 1).field("asn", asn.value).field("clean", vetting.clean());
  json.field("prefixes", vetting.prefixes).field("agreed", vetting.agreed).key("findings").array();
  for (const VetFinding& finding : vetting.findings) {
    json.object().field("grade", to_string(finding.grade)).field("about", finding.about).field("what", finding.what);
    json.field("source", finding.source).end();
  }
  json.end().end();
}

}  // namespace

ExitCode filter_vet(Arguments arguments, Output& out, Output& err) {
  Neighbour neighbour;
  neighbour.role = Role::customer;
  neighbour.blackhole = true;  // so that each prefix comes with its origin
  std::string name, format = "text";
  std::optional<std::string> drop_path;
  WorldOptions known;
  Options options("filter vet", "fairway filter vet AS64510 --as-set RIPE::AS-EXAMPLE --drop drop.txt");
  options.positional("ASN", name, "the customer");
  options.list("--as-set", neighbour.as_sets, "NAME",
               "what it says it announces (default: as in PeeringDB, or its AS)");
  options.text("--drop", drop_path, "FILE", "networks that nobody should carry, as Spamhaus's DROP lists");
  options.choice("--format", format, {"text", "json"}, "form of the answer");
  declare_trust(options, known);
  declare_world(options, known);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  const auto tell = [&](const std::string& text) { err.line("fairway filter vet: " + text); };
  const auto asn = parse_asn(name);
  if (!asn) {
    tell("'" + name + "' is no ASN");
    return ExitCode::failure;
  }
  neighbour.asn = *asn;
  filtering::DropList drop;
  filtering::VetOptions vetting_options;
  if (drop_path) {
    const Result<Buffer> octets = read_all(*drop_path);
    std::size_t left_out = 0;
    auto read =
        octets ? filtering::read_drop_list(as_text(octets->bytes()), left_out) : std::unexpected(octets.error());
    if (!read) {
      tell(*drop_path + ": " + read.error().text);
      return ExitCode::failure;
    }
    if (left_out != 0) tell(fmt::format("{}: {} lines are neither a prefix nor an AS", *drop_path, left_out));
    drop = *std::move(read);
    vetting_options.drop = &drop;
  }
  known.keep_texts = true;
  const auto loaded = load_world(known, "filter vet", err);
  if (!loaded) return loaded.error();
  World world = *loaded->world;
  // Here what ROV calls invalid is told, not left out.
  config::join_rpki(world, true);
  const filtering::Allowed allowed = filtering::allowed_for(neighbour, world, {.keep_invalid = true});
  vetting_options.now = now_of(known.now);
  vetting_options.dates = dates_in(loaded->texts);
  const filtering::Vetting vetting = filtering::vet(world, *asn, allowed, vetting_options);
  if (format == "json") {
    std::string text;
    append_json(text, *asn, vetting);
    out.line(text);
  } else {
    for (const VetFinding& finding : vetting.findings) {
      out.line(fmt::format("{:<8} {}: {} ({})", to_string(finding.grade), finding.about, finding.what, finding.source));
    }
    out.line(fmt::format("AS{}: {} prefixes, {} of them agreed upon; {}", asn->value, vetting.prefixes, vetting.agreed,
                         vetting.clean() ? "nothing speaks against it" : "there are problems"));
  }
  return combine(vetting.clean() ? ExitCode::fine : ExitCode::negative, loaded->code);
}

}  // namespace fairway
