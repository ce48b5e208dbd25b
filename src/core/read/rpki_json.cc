#include "core/read/rpki_json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <utility>

#include "core/read/json_head.h"

namespace fairway {

bool is_rpki_json(Bytes head) {
  const JsonHead json(head);
  return json.has("{roas[") || json.has("{aspas[");
}

bool is_rpki_difference(Bytes head) {
  const JsonHead json(head);
  return json.has("{vrp_diffs[") || json.has("{announced[") || json.has("{withdrawn[") || json.has("{announced{") ||
         json.has("{withdrawn{") || json.has("{metadata{vrp_cache_new");
}

namespace {

using namespace simdjson;

// One element of a list as it stands in the text: what was found in it, not yet judged.
struct Row {
  std::optional<Asn> asn;
  std::optional<Prefix> prefix;
  std::optional<std::uint64_t> max_length;
  std::string_view trust_anchor;
  std::optional<Instant> expires;
  const char* wrong = nullptr;  // why it cannot be used
  std::string_view wrong_text;
};

class Reader {
 public:
  Reader(Bytes bytes, std::optional<Instant> now) : bytes_(bytes), now_(now) {}

  Result<RpkiExport> read();

 private:
  // The rows' own mistakes are left out; anything else ends the reading.
  static bool is_fatal(error_code error) {
    return error != SUCCESS && error != INCORRECT_TYPE && error != NUMBER_ERROR && error != NUMBER_OUT_OF_RANGE &&
           error != STRING_ERROR;
  }

  error_code read_all();
  error_code read_metadata(ondemand::object object);
  template <class Read>
  error_code for_each_object(ondemand::array rows, const char* no_object, const Read& read);
  error_code read_roas(ondemand::array rows);
  error_code read_roa(ondemand::object object, Row& row);
  error_code read_source(ondemand::array sources, Row& row);
  error_code read_aspas(ondemand::array rows);
  error_code read_aspa(ondemand::object object, Row& row, std::vector<Asn>& providers);
  // An ASN as a number or as text; INCORRECT_TYPE if it is none.
  static error_code read_asn(ondemand::value value, std::optional<Asn>& asn);
  static error_code read_time(ondemand::value value, std::optional<Instant>& time);

  void keep_vrp(const Row& row, std::uint64_t where);
  bool expired(const std::optional<Instant>& expires) const { return judged_ && expires && *expires < *judged_; }
  std::uint64_t offset() {
    const char* at = nullptr;
    if (!begun_ || document_.current_location().get(at) != SUCCESS) return bytes_.size();
    return static_cast<std::uint64_t>(at - reinterpret_cast<const char*>(bytes_.data()));
  }

  Bytes bytes_;
  std::optional<Instant> now_, judged_;
  ondemand::parser parser_;
  ondemand::document document_;
  bool begun_ = false;  // the document can be asked where it is
  RpkiExport result_;
  std::size_t last_anchor_ = 0;
};

error_code Reader::read_asn(ondemand::value value, std::optional<Asn>& asn) {
  std::uint64_t number = 0;
  const error_code error = value.get_uint64().get(number);
  if (error == SUCCESS) {
    if (number > 0xFFFFFFFF) return NUMBER_OUT_OF_RANGE;
    asn = Asn{static_cast<std::uint32_t>(number)};
    return SUCCESS;
  }
  std::string_view text;
  if (const error_code other = value.get_string().get(text); other != SUCCESS) return other;
  asn = parse_asn(text);
  return asn ? SUCCESS : INCORRECT_TYPE;
}

// Seconds since 1970, or ISO 8601.
error_code Reader::read_time(ondemand::value value, std::optional<Instant>& time) {
  constexpr std::int64_t kLatest = 253'402'300'799;  // the year 9999
  std::int64_t number = 0;
  if (value.get_int64().get(number) == SUCCESS) {
    if (number < 0 || number > kLatest) return NUMBER_OUT_OF_RANGE;
    time = from_seconds(number);
    return SUCCESS;
  }
  std::string_view text;
  if (const error_code error = value.get_string().get(text); error != SUCCESS) return error;
  time = parse_instant(text);
  return time ? SUCCESS : INCORRECT_TYPE;
}

error_code Reader::read_metadata(ondemand::object object) {
  for (auto item : object) {
    ondemand::field field;
    if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
    const ondemand::raw_json_string key = field.key();
    const bool of_client = key == "buildtime", of_routinator = key == "generatedTime";
    if (!of_client && !of_routinator && !(key == "generated")) continue;
    std::optional<Instant> time;
    if (const error_code error = read_time(field.value(), time); is_fatal(error)) return error;
    // "generated" is 0 where nobody knows, and says less than the others.
    if (!time || *time == Instant{} || (result_.built && !of_client && !of_routinator)) continue;
    result_.built = time;
    if (of_client) result_.format = "rpki-client JSON";
    if (of_routinator) result_.format = "Routinator JSON";
  }
  return SUCCESS;
}

error_code Reader::read_source(ondemand::array sources, Row& row) {
  std::optional<Instant> last;  // the VRP holds as long as one of its sources
  bool for_ever = false;
  for (auto element : sources) {
    ondemand::object source;
    if (const error_code error = std::move(element).get_object().get(source); error != SUCCESS) return error;
    std::optional<Instant> until;
    for (auto item : source) {
      ondemand::field field;
      if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
      if (field.key() == "tal") {
        if (const error_code error = field.value().get_string().get(row.trust_anchor); is_fatal(error)) return error;
      } else if (field.key() == "chainValidity") {
        ondemand::object validity;
        if (const error_code error = field.value().get_object().get(validity); error != SUCCESS) return error;
        ondemand::value not_after;
        if (const error_code error = validity["notAfter"].get(not_after); error == SUCCESS) {
          if (const error_code bad = read_time(not_after, until); is_fatal(bad)) return bad;
        } else if (error != NO_SUCH_FIELD) {
          return error;
        }
      }
    }
    for_ever = for_ever || !until;
    if (until && (!last || *until > *last)) last = until;
  }
  if (!for_ever) row.expires = last;
  return SUCCESS;
}

error_code Reader::read_roa(ondemand::object object, Row& row) {
  for (auto item : object) {
    ondemand::field field;
    if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
    const ondemand::raw_json_string key = field.key();
    error_code error = SUCCESS;
    if (key == "asn") {
      error = read_asn(field.value(), row.asn);
      if (error != SUCCESS) row.wrong = "its asn is no AS number";
    } else if (key == "prefix") {
      std::string_view text;
      error = field.value().get_string().get(text);
      if (error == SUCCESS) row.prefix = parse_prefix(text);
      if (!row.prefix) {
        row.wrong = "its prefix is none";
        row.wrong_text = text;
      }
    } else if (key == "maxLength") {
      std::uint64_t length = 0;
      error = field.value().get_uint64().get(length);
      if (error == SUCCESS)
        row.max_length = length;
      else
        row.wrong = "its maxLength is no number";
    } else if (key == "ta") {
      error = field.value().get_string().get(row.trust_anchor);
    } else if (key == "expires") {
      error = read_time(field.value(), row.expires);
      if (error != SUCCESS) row.wrong = "its expires is no time";
    } else if (key == "source") {
      ondemand::array sources;
      error = field.value().get_array().get(sources);
      if (error == SUCCESS) error = read_source(sources, row);
    }
    if (is_fatal(error)) return error;
  }
  return SUCCESS;
}

void Reader::keep_vrp(const Row& row, std::uint64_t where) {
  if (row.wrong != nullptr) return result_.skips.add(where, row.wrong, row.wrong_text);
  if (!row.asn || !row.prefix) return result_.skips.add(where, row.asn ? "it has no prefix" : "it has no asn");
  const std::uint64_t max_length = row.max_length.value_or(row.prefix->length());
  if (max_length < row.prefix->length() || max_length > address_bits(row.prefix->family())) {
    return result_.skips.add(where, fmt::format("its maxLength {} does not fit its prefix", max_length),
                             to_string(*row.prefix));
  }
  if (expired(row.expires)) {
    ++result_.expired_vrps;
    return;
  }
  std::vector<std::string>& anchors = result_.trust_anchors;
  if (last_anchor_ >= anchors.size() || anchors[last_anchor_] != row.trust_anchor) {
    const auto index = index_of_name(anchors, row.trust_anchor);
    if (!index) return result_.skips.add(where, "more than 256 trust anchors");
    last_anchor_ = *index;
  }
  result_.vrps.push_back(
      {*row.prefix, static_cast<std::uint8_t>(max_length), *row.asn, static_cast<std::uint8_t>(last_anchor_)});
}

// Calls `read` with each object of a list and its place, until it meets a fatal error; what is no object is left out.
template <class Read>
error_code Reader::for_each_object(ondemand::array rows, const char* no_object, const Read& read) {
  for (auto element : rows) {
    const std::uint64_t where = offset();
    ondemand::object object;
    error_code error = std::move(element).get_object().get(object);
    if (error == INCORRECT_TYPE) {
      result_.skips.add(where, no_object);
      continue;
    }
    if (error != SUCCESS) return error;
    if (error = read(object, where); is_fatal(error)) return error;
  }
  return SUCCESS;
}

error_code Reader::read_roas(ondemand::array rows) {
  // Nobody writes a VRP in fewer octets than this; what is really there decides.
  result_.vrps.reserve(std::min<std::size_t>(bytes_.size() / 64, 1 << 20));
  return for_each_object(rows, "it is no object", [&](ondemand::object object, std::uint64_t where) {
    Row row;
    const error_code error = read_roa(object, row);
    if (!is_fatal(error)) keep_vrp(row, where);
    return error;
  });
}

error_code Reader::read_aspa(ondemand::object object, Row& row, std::vector<Asn>& providers) {
  bool listed = false;
  for (auto item : object) {
    ondemand::field field;
    if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
    const ondemand::raw_json_string key = field.key();
    error_code error = SUCCESS;
    if (key == "customer_asid" || key == "customer" || key == "customerAsn" || key == "customerAsid") {
      error = read_asn(field.value(), row.asn);
      if (error != SUCCESS) row.wrong = "its customer is no AS number";
    } else if (key == "providers" || key == "provider_asids" || key == "providerAsns" || key == "providerSet") {
      ondemand::array list;
      error = field.value().get_array().get(list);
      listed = error == SUCCESS;
      if (is_fatal(error)) return error;
      if (!listed) continue;
      for (auto element : list) {
        ondemand::value value;
        if (error = std::move(element).get(value); error != SUCCESS) return error;
        std::optional<Asn> provider;
        error = read_asn(value, provider);
        if (is_fatal(error)) return error;
        if (provider)
          providers.push_back(*provider);
        else
          row.wrong = "one of its providers is no AS number";
      }
    } else if (key == "expires") {
      error = read_time(field.value(), row.expires);
      if (error != SUCCESS) row.wrong = "its expires is no time";
    } else if (key == "source") {
      ondemand::array sources;
      error = field.value().get_array().get(sources);
      if (error == SUCCESS) error = read_source(sources, row);
    }
    if (is_fatal(error)) return error;
  }
  if (!listed && row.wrong == nullptr) row.wrong = "it has no list of providers";
  return SUCCESS;
}

error_code Reader::read_aspas(ondemand::array rows) {
  return for_each_object(rows, "the ASPA is no object", [&](ondemand::object object, std::uint64_t where) {
    Row row;
    Aspa aspa;
    const error_code error = read_aspa(object, row, aspa.providers);
    if (is_fatal(error)) return error;
    if (row.wrong != nullptr || !row.asn) {
      result_.skips.add(where, std::string("the ASPA is left out, ") + (row.wrong ? row.wrong : "it has no customer"));
    } else if (expired(row.expires)) {
      ++result_.expired_aspas;
    } else {
      aspa.customer = *row.asn;
      result_.aspas.push_back(std::move(aspa));
    }
    return SUCCESS;
  });
}

error_code Reader::read_all() {
  const std::size_t allocated = bytes_.size() + SIMDJSON_PADDING;
  const auto text = reinterpret_cast<const char*>(bytes_.data());
  ondemand::object root;
  if (const error_code error = parser_.iterate(text, bytes_.size(), allocated).get(document_); error != SUCCESS)
    return error;
  begun_ = true;
  if (const error_code error = document_.get_object().get(root); error != SUCCESS) return error;
  // The build time decides what has expired, and may stand behind the lists.
  for (auto item : root) {
    ondemand::field field;
    if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
    if (!(field.key() == "metadata")) continue;
    ondemand::object metadata;
    error_code error = field.value().get_object().get(metadata);
    if (error == SUCCESS) error = read_metadata(metadata);
    if (is_fatal(error)) return error;
    break;
  }
  judged_ = now_ ? now_ : result_.built;
  document_.rewind();
  if (const error_code error = document_.get_object().get(root); error != SUCCESS) return error;
  for (auto item : root) {
    ondemand::field field;
    if (const error_code error = std::move(item).get(field); error != SUCCESS) return error;
    const ondemand::raw_json_string key = field.key();
    const bool roas = key == "roas";
    if (!roas && !(key == "aspas")) continue;
    ondemand::array rows;
    error_code error = field.value().get_array().get(rows);
    if (error == INCORRECT_TYPE) continue;
    if (error != SUCCESS) return error;
    (roas ? result_.lists_vrps : result_.lists_aspas) = true;
    if (error = roas ? read_roas(rows) : read_aspas(rows); is_fatal(error)) return error;
  }
  return document_.current_location().error() == OUT_OF_BOUNDS ? SUCCESS : TAPE_ERROR;  // nothing may follow
}

Result<RpkiExport> Reader::read() {
  constexpr std::size_t kLargest = std::size_t{2} << 30;
  if (bytes_.size() > kLargest) return fail(ErrorKind::refused, "larger than 2 GiB: no export is");
  result_.format = "JSON";
  if (const error_code error = read_all(); error != SUCCESS) {
    const std::uint64_t where = offset();
    return fail(ErrorKind::malformed,
                fmt::format("the JSON breaks at byte {} ({}): the file is damaged or cut off; fetch it again", where,
                            error_message(error)),
                where);
  }
  if (!result_.lists_vrps && !result_.lists_aspas) {
    return fail(ErrorKind::malformed, "it has neither a list 'roas' nor a list 'aspas': it is no export of VRPs");
  }
  if (result_.lists_vrps && result_.vrps.empty() && result_.expired_vrps != 0) {
    return fail(ErrorKind::refused, fmt::format("all of its {} VRPs had expired at {}: fetch a newer export",
                                                result_.expired_vrps, to_string(*judged_)));
  }
  const std::size_t entries = result_.vrps.size() + result_.expired_vrps;
  if (auto error = refusal(result_.lists_vrps ? entries : result_.aspas.size() + result_.expired_aspas, result_.skips,
                           result_.lists_vrps ? "VRPs" : "ASPAs")) {
    return std::unexpected(*std::move(error));
  }
  return std::move(result_);
}

}  // namespace

Result<RpkiExport> read_rpki_json(Bytes bytes, std::optional<Instant> now) { return Reader(bytes, now).read(); }

}  // namespace fairway
