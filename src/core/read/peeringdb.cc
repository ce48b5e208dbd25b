#include "core/read/peeringdb.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "core/read/json_head.h"

namespace fairway {

namespace {

using namespace simdjson;

// The members that tell the classes apart, and those we keep.
enum Member : std::uint8_t {
  kId,
  kIxId,
  kIxlanId,
  kAsn,
  kRsAsn,
  kPrefixes4,
  kPrefixes6,
  kIsRsPeer,
  kNeverViaRs,  // numbers
  kName,
  kCountry,
  kPrefix,
  kIpaddr4,
  kIpaddr6,
  kAsSet,
  kInfoType,
  kStatus,  // texts
  kRegion,
  kDot1q,
  kMembers
};
constexpr std::string_view kNames[kMembers] = {"id",
                                               "ix_id",
                                               "ixlan_id",
                                               "asn",
                                               "rs_asn",
                                               "info_prefixes4",
                                               "info_prefixes6",
                                               "is_rs_peer",
                                               "info_never_via_route_servers",
                                               "name",
                                               "country",
                                               "prefix",
                                               "ipaddr4",
                                               "ipaddr6",
                                               "irr_as_set",
                                               "info_type",
                                               "status",
                                               "region_continent",
                                               "dot1q_support"};
constexpr bool is_text(Member member) { return member >= kName && member <= kStatus; }

// A row as it stands in the text.
struct Row {
  std::uint32_t seen = 0;
  std::uint64_t numbers[kName] = {};
  std::string_view texts[kMembers] = {};

  bool has(Member member) const { return (seen >> member & 1) != 0; }
  std::uint32_t number(Member member) const {
    return numbers[member] > 0xFFFFFFFF ? 0 : static_cast<std::uint32_t>(numbers[member]);
  }
};

class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(bytes) {}

  Result<PeeringDb> read() {
    const auto text = reinterpret_cast<const char*>(bytes_.data());
    error_code error = parser_.iterate(text, bytes_.size(), bytes_.size() + SIMDJSON_PADDING).get(document_);
    begun_ = error == SUCCESS;
    ondemand::value root;
    if (error == SUCCESS) error = document_.get_value().get(root);
    if (error == SUCCESS) error = read_value(root, 0);
    if (error == SUCCESS && document_.current_location().error() != OUT_OF_BOUNDS) error = TAPE_ERROR;
    if (error != SUCCESS) {
      const std::uint64_t where = offset();
      return fail(ErrorKind::malformed,
                  fmt::format("the JSON breaks at byte {} ({}): the file is damaged or cut off; fetch it again", where,
                              error_message(error)),
                  where);
    }
    if (auto refused = refusal(result_.size(), result_.skips, "objects of PeeringDB"))
      return std::unexpected(*std::move(refused));
    return std::move(result_);
  }

 private:
  std::uint64_t offset() {
    const char* at = nullptr;
    if (!begun_ || document_.current_location().get(at) != SUCCESS) return bytes_.size();
    return static_cast<std::uint64_t>(at - reinterpret_cast<const char*>(bytes_.data()));
  }
  static bool is_fatal(error_code error) {
    return error != SUCCESS && error != INCORRECT_TYPE && error != NUMBER_ERROR && error != NUMBER_OUT_OF_RANGE &&
           error != STRING_ERROR;
  }

  // Lists hold rows; objects hold lists, or objects that hold lists.
  error_code read_value(ondemand::value value, unsigned depth) {
    ondemand::json_type type{};
    if (const error_code error = value.type().get(type); error != SUCCESS) return error;
    if (type == ondemand::json_type::array) {
      ondemand::array rows;
      if (const error_code error = value.get_array().get(rows); error != SUCCESS) return error;
      return read_rows(rows);
    }
    if (type != ondemand::json_type::object || depth == 2) return SUCCESS;
    ondemand::object object;
    if (const error_code error = value.get_object().get(object); error != SUCCESS) return error;
    for (auto item : object) {
      ondemand::field field;
      if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
      std::uint64_t whole = 0;
      double seconds = 0;
      if (field.key() == "generated" &&
          (field.value().get_uint64().get(whole) == SUCCESS || field.value().get_double().get(seconds) == SUCCESS)) {
        const double time = whole != 0 ? static_cast<double>(whole) : seconds;
        if (time > 0 && time < 2.5e11) result_.date = Instant{static_cast<std::int64_t>(time * 1e6)};
        continue;
      }
      if (const error_code error = read_value(field.value(), depth + 1); error != SUCCESS) return error;
    }
    return SUCCESS;
  }

  error_code read_rows(ondemand::array rows) {
    for (auto element : rows) {
      const std::uint64_t where = offset();
      ondemand::object object;
      const error_code error = std::move(element).get_object().get(object);
      if (error == INCORRECT_TYPE) continue;  // a list of something else
      if (error != SUCCESS) return error;
      Row row;
      if (const error_code bad = read_row(object, row); bad != SUCCESS) return bad;
      if (row.has(kStatus) && row.texts[kStatus] != "ok") continue;
      if (const char* wrong = keep(row)) result_.skips.add(where, wrong);
    }
    return SUCCESS;
  }

  error_code read_row(ondemand::object object, Row& row) {
    for (auto item : object) {
      ondemand::field field;
      if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
      const ondemand::raw_json_string key = field.key();
      const auto* found =
          std::find_if(std::begin(kNames), std::end(kNames), [&](std::string_view name) { return key == name; });
      if (found == std::end(kNames)) continue;
      const auto member = static_cast<Member>(found - std::begin(kNames));
      row.seen |= 1u << member;
      error_code error = SUCCESS;
      if (is_text(member)) {
        error = field.value().get_string().get(row.texts[member]);
      } else if (member == kIsRsPeer || member == kNeverViaRs) {
        bool truth = false;
        error = field.value().get_bool().get(truth);
        row.numbers[member] = truth;
      } else if (member < kName) {
        error = field.value().get_uint64().get(row.numbers[member]);
      }
      if (is_fatal(error)) return error;  // null, or of a type that PeeringDB does not write: not there
    }
    return SUCCESS;
  }

  // What is wrong with a row of a class that we know, or null.
  const char* keep(const Row& row) {
    const auto text = [&](Member member) { return std::string(row.texts[member]); };
    if (row.has(kAsSet)) {
      if (row.number(kAsn) == 0) return "the network has no asn";
      result_.networks.push_back({Asn{row.number(kAsn)}, text(kName), text(kAsSet), row.number(kPrefixes4),
                                  row.number(kPrefixes6), text(kInfoType), row.numbers[kNeverViaRs] != 0});
    } else if (row.has(kIxlanId) && row.has(kPrefix)) {
      const auto prefix = parse_prefix(row.texts[kPrefix]);
      if (!prefix) return "the exchange's prefix is none";
      result_.lan_prefixes.push_back({*prefix, row.number(kIxlanId)});
    } else if (row.has(kIxlanId) && row.has(kAsn)) {
      if (row.number(kAsn) == 0) return "the connection has no asn";
      result_.connections.push_back({Asn{row.number(kAsn)}, row.number(kIxlanId), row.number(kIxId),
                                     parse_ip(row.texts[kIpaddr4]), parse_ip(row.texts[kIpaddr6]),
                                     row.numbers[kIsRsPeer] != 0});
    } else if (row.has(kIxId) && (row.has(kRsAsn) || row.has(kDot1q))) {
      const std::uint32_t asn = row.number(kRsAsn);
      result_.lans.push_back({row.number(kId), row.number(kIxId), asn == 0 ? std::optional<Asn>() : Asn{asn}});
    } else if (row.has(kId) && row.has(kRegion)) {
      result_.exchanges.push_back({row.number(kId), text(kName), text(kCountry)});
    }
    return nullptr;
  }

  Bytes bytes_;
  ondemand::parser parser_;
  ondemand::document document_;
  bool begun_ = false;
  PeeringDb result_;
};

}  // namespace

bool is_peeringdb(Bytes head) {
  const JsonHead json(head);
  for (const std::string_view path : json.paths()) {
    const std::string_view name = path.substr(path.find_last_of("{[") + 1);
    for (const std::string_view known : {"irr_as_set", "ixlan_id", "region_continent", "rs_asn", "dot1q_support"}) {
      if (name == known) return true;
    }
  }
  return false;
}

Result<PeeringDb> read_peeringdb(Bytes bytes) { return Reader(bytes).read(); }

}  // namespace fairway
