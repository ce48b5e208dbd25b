#include "apps/fairway/filter_json.h"

#include "base/json_writer.h"

namespace fairway {

namespace {

using filtering::Clause;
using filtering::Document;
using filtering::Kind;

void put_range(JsonWriter& json, const PrefixRange& range) {
  json.object().field("prefix", to_string(range.prefix));
  json.field("least", unsigned{range.least}).field("most", unsigned{range.most}).end();
}

std::string list_of(const Document& document, const Clause& clause) {
  switch (clause.kind) {
    case Kind::bogon_asn:
    case Kind::transit_free:
    case Kind::never_via_rs:
    case Kind::origin: return asns_of(document, clause).name;
    case Kind::blackhole: return pairs_of(document, clause).name;
    default: return clause.list == filtering::kNone ? std::string() : prefixes_of(document, clause).name;
  }
}

void put_clauses(JsonWriter& json, std::string_view key, const Document& document, const std::vector<Clause>& clauses) {
  static constexpr std::string_view kEffects[] = {"reject", "accept", "act"};
  json.key(key).array();
  for (const Clause& clause : clauses) {
    const filtering::KindRow& row = filtering::row_of(clause.kind);
    json.object().field("clause", row.name).field("effect", kEffects[static_cast<std::size_t>(row.effect)]);
    json.field("says", row.sentence).field("source", row.source);
    if (const std::string list = list_of(document, clause); !list.empty()) json.field("list", list);
    if (clause.number != 0) json.field("number", clause.number);
    json.end();
  }
  json.end();
}

}  // namespace

void append_json(std::string& text, const Document& document, const filterconfig::Target& target,
                 const filterconfig::Configuration& made) {
  JsonWriter json(text);
  json.object().field("version", 1).field("asn", document.local_asn.value).field("target", target.name);
  json.field("route_server", document.route_server).key("neighbours").array();
  for (const filtering::NeighbourPolicy& policy : document.neighbours) {
    json.object().field("asn", policy.asn.value).field("local_asn", policy.local_asn.value);
    json.field("name", policy.name).field("title", policy.title).field("role", to_string(policy.role));
    json.key("sessions").array();
    for (const filtering::SessionPolicy& session : policy.sessions) {
      json.object().field("address", to_string(session.session.address)).field("gtsm", session.session.gtsm);
      json.field("secret", !session.secret.empty());
      if (session.max_prefix)
        json.field("max_prefix", *session.max_prefix).field("max_prefix_from", session.max_prefix_from);
      json.end();
    }
    json.end();
    put_clauses(json, "import", document, policy.import);
    put_clauses(json, "export", document, policy.export_);
    json.key("gaps").array();
    for (const filtering::Gap& gap : policy.gaps) {
      json.object().field("clause", filtering::row_of(gap.kind).name).field("why", gap.why).end();
    }
    json.end().key("remarks").array();
    for (const std::string& remark : policy.remarks) json.value(remark);
    json.end().end();
  }
  json.end().key("prefix_lists").array();
  for (const filtering::PrefixList& list : document.prefix_lists) {
    json.object().field("name", list.name).field("what", list.what).key("ranges").array();
    for (const auto& ranges : list.ranges) {
      for (const PrefixRange& range : ranges) put_range(json, range);
    }
    json.end().end();
  }
  json.end().key("asn_lists").array();
  for (const filtering::AsnList& list : document.asn_lists) {
    json.object().field("name", list.name).field("what", list.what).key("ranges").array();
    for (const filtering::AsnRange& range : list.ranges) {
      json.array().value(range.first.value).value(range.last.value).end();
    }
    json.end().end();
  }
  json.end().key("pair_lists").array();
  for (const filtering::PairList& list : document.pair_lists) {
    json.object().field("name", list.name).field("what", list.what).key("pairs").array();
    for (const filtering::PairList::Pair& pair : list.pairs) {
      json.object().field("prefix", to_string(pair.prefix)).field("origin", pair.origin.value).end();
    }
    json.end().end();
  }
  json.end().key("coverage").array();
  for (const filterconfig::Coverage& covered : made.coverage) {
    json.object()
        .field("what", covered.what)
        .field("support", to_string(covered.support))
        .field("note", covered.note)
        .end();
  }
  json.end().end();
  text += '\n';
}

}  // namespace fairway
