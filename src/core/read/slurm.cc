#include "core/read/slurm.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/read/json_head.h"

namespace fairway {

bool is_slurm(Bytes head) { return JsonHead(head).has("{slurmVersion"); }

namespace {

using namespace simdjson;

// Walks the document. Every step answers whether it may go on; what went wrong first is kept.
class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(bytes) {}

  Result<Slurm> read() {
    const auto text = reinterpret_cast<const char*>(bytes_.data());
    const error_code error = parser_.iterate(text, bytes_.size(), bytes_.size() + SIMDJSON_PADDING).get(document_);
    begun_ = error == SUCCESS;
    ondemand::value root;
    if (!begun_) {
      broken(error);
    } else if (const error_code bad = document_.get_value().get(root); bad != SUCCESS) {
      broken(bad);
    } else if (read_root(root) && document_.current_location().error() != OUT_OF_BOUNDS) {
      wrong("", "something stands behind the end of the object");
    }
    if (error_) return std::unexpected(*std::move(error_));
    return std::move(result_);
  }

 private:
  using Path = const std::string&;
  using OnMember = std::function<bool(std::string_view name, ondemand::value value, Path path)>;

  bool wrong(Path path, std::string_view what) {
    if (error_) return false;
    std::uint64_t where = bytes_.size();
    const char* at = nullptr;
    if (begun_ && document_.current_location().get(at) == SUCCESS) {
      where = static_cast<std::uint64_t>(at - reinterpret_cast<const char*>(bytes_.data()));
    }
    error_ = Error{
        ErrorKind::malformed,
        fmt::format("{}{}{} (near byte {}); RFC 8416 section 3.1 makes this an error, so nothing of the file is used",
                    path, path.empty() ? "" : ": ", what, where),
        where};
    return false;
  }
  bool broken(error_code error) { return wrong("", fmt::format("the JSON breaks: {}", error_message(error))); }

  // Each member once; `on` answers false for a failure.
  bool members(ondemand::value value, Path path, const OnMember& on) {
    ondemand::object object;
    if (value.get_object().get(object) != SUCCESS) return wrong(path, "should be an object");
    std::vector<std::string> seen;
    for (auto item : object) {
      ondemand::field field;
      if (const error_code error = std::move(item).get(field); error != SUCCESS) return broken(error);
      std::string_view key;
      if (const error_code error = field.unescaped_key().get(key); error != SUCCESS) return broken(error);
      const std::string name(key);
      const std::string inner = path.empty() ? name : path + "." + name;
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) return wrong(inner, "stands here a second time");
      if (seen.size() == 64) return wrong(path, "has more members than anything here");
      seen.push_back(name);
      if (!on(name, field.value(), inner)) return false;
    }
    return true;
  }
  bool unknown(Path path) { return wrong(path, "no such member is known"); }

  bool elements(ondemand::value value, Path path, const std::function<bool(ondemand::value, Path)>& on) {
    ondemand::array array;
    if (value.get_array().get(array) != SUCCESS) return wrong(path, "should be a list");
    std::size_t index = 0;
    for (auto item : array) {
      ondemand::value element;
      if (const error_code error = std::move(item).get(element); error != SUCCESS) return broken(error);
      if (!on(element, fmt::format("{}[{}]", path, index++))) return false;
    }
    return true;
  }

  template <class T>
  bool asn(ondemand::value value, Path path, T& target) {
    std::uint64_t number = 0;
    if (value.get_uint64().get(number) != SUCCESS || number > 0xFFFFFFFF)
      return wrong(path, "should be an AS number, written as a number");
    target = Asn{static_cast<std::uint32_t>(number)};
    return true;
  }
  template <class T>
  bool text(ondemand::value value, Path path, T& target) {
    std::string_view content;
    if (value.get_string().get(content) != SUCCESS) return wrong(path, "should be a text");
    target = std::string(content);
    return true;
  }
  template <class T>
  bool prefix(ondemand::value value, Path path, T& target) {
    std::string content;
    if (!text(value, path, content)) return false;
    const auto parsed = parse_prefix(content);
    if (!parsed || content.find('/') == std::string::npos)
      return wrong(path, "should be a prefix, as in \"192.0.2.0/24\"");
    target = *parsed;
    return true;
  }
  bool base64(ondemand::value value, Path path, std::optional<std::string>& target) {
    if (!text(value, path, target)) return false;
    const std::string_view body = std::string_view(*target).substr(0, target->find('='));
    const bool fits = !body.empty() && std::all_of(body.begin(), body.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
             c == '-' || c == '_';
    });
    return fits || wrong(path, "should be Base64");
  }

  bool read_root(ondemand::value root) {
    std::optional<std::uint64_t> version;
    bool filters = false, assertions = false;
    const bool fine = members(root, "", [&](std::string_view name, ondemand::value value, Path path) {
      if (name == "slurmVersion") {
        std::uint64_t number = 0;
        if (value.get_uint64().get(number) != SUCCESS || (number != 1 && number != 2))
          return wrong(path, "should be 1 or 2");
        version = number;
        return true;
      }
      if (name == "validationOutputFilters") {
        filters = true;
        return read_half(value, path, "prefixFilters", "bgpsecFilters", "aspaFilters");
      }
      if (name == "locallyAddedAssertions") {
        assertions = true;
        return read_half(value, path, "prefixAssertions", "bgpsecAssertions", "aspaAssertions");
      }
      return unknown(path);
    });
    if (!fine) return false;
    if (!version) return wrong("slurmVersion", "is missing");
    if (!filters) return wrong("validationOutputFilters", "is missing");
    if (!assertions) return wrong("locallyAddedAssertions", "is missing");
    if (*version == 1 && !aspa_member_.empty())
      return wrong(aspa_member_, "is no member of version 1; write \"slurmVersion\": 2");
    return true;
  }

  bool read_half(ondemand::value value, Path path, std::string_view prefixes, std::string_view keys,
                 std::string_view aspas) {
    bool has_prefixes = false, has_keys = false;
    const bool fine = members(value, path, [&](std::string_view name, ondemand::value list, Path inner) {
      const bool asserts = prefixes == "prefixAssertions";
      if (name == prefixes) {
        has_prefixes = true;
        return elements(list, inner, [&](ondemand::value element, Path at) {
          return asserts ? read_prefix_assertion(element, at) : read_prefix_filter(element, at);
        });
      }
      if (name == keys) {
        has_keys = true;
        return elements(list, inner,
                        [&](ondemand::value element, Path at) { return read_bgpsec(element, at, asserts); });
      }
      if (name == aspas) {
        aspa_member_ = inner;
        return elements(list, inner, [&](ondemand::value element, Path at) { return read_aspa(element, at, asserts); });
      }
      return unknown(inner);
    });
    if (!fine) return false;
    if (!has_prefixes) return wrong(path + "." + std::string(prefixes), "is missing");
    return has_keys || wrong(path + "." + std::string(keys), "is missing");
  }

  bool read_prefix_filter(ondemand::value value, Path path) {
    Slurm::PrefixFilter filter;
    const bool fine = members(value, path, [&](std::string_view name, ondemand::value member, Path inner) {
      if (name == "prefix") return prefix(member, inner, filter.prefix);
      if (name == "asn") return asn(member, inner, filter.asn);
      if (name == "comment") return text(member, inner, filter.comment);
      return unknown(inner);
    });
    if (!fine) return false;
    if (!filter.prefix && !filter.asn) return wrong(path, "needs a prefix, an asn, or both");
    result_.prefix_filters.push_back(std::move(filter));
    return true;
  }

  bool read_prefix_assertion(ondemand::value value, Path path) {
    Slurm::PrefixAssertion assertion;
    std::optional<Prefix> block;
    std::optional<Asn> origin;
    std::optional<std::uint64_t> max_length;
    const bool fine = members(value, path, [&](std::string_view name, ondemand::value member, Path inner) {
      if (name == "prefix") return prefix(member, inner, block);
      if (name == "asn") return asn(member, inner, origin);
      if (name == "comment") return text(member, inner, assertion.comment);
      if (name != "maxPrefixLength") return unknown(inner);
      std::uint64_t number = 0;
      if (member.get_uint64().get(number) != SUCCESS) return wrong(inner, "should be a number");
      max_length = number;
      return true;
    });
    if (!fine) return false;
    if (!block || !origin) return wrong(path, block ? "has no asn" : "has no prefix");
    if (max_length && (*max_length < block->length() || *max_length > address_bits(block->family()))) {
      return wrong(path, fmt::format("its maxPrefixLength {} does not fit {}", *max_length, to_string(*block)));
    }
    assertion.prefix = *block;
    assertion.asn = *origin;
    assertion.max_length = static_cast<std::uint8_t>(max_length.value_or(block->length()));
    result_.prefix_assertions.push_back(std::move(assertion));
    return true;
  }

  bool read_bgpsec(ondemand::value value, Path path, bool asserts) {
    std::optional<Asn> number;
    std::optional<std::string> key_id, key, comment;
    const bool fine = members(value, path, [&](std::string_view name, ondemand::value member, Path inner) {
      if (name == "asn") return asn(member, inner, number);
      if (name == "SKI") return base64(member, inner, key_id);
      if (name == "routerPublicKey" && asserts) return base64(member, inner, key);
      if (name == "comment") return text(member, inner, comment);
      return unknown(inner);
    });
    if (!fine) return false;
    if (asserts && (!number || !key_id || !key)) return wrong(path, "needs asn, SKI and routerPublicKey");
    if (!number && !key_id) return wrong(path, "needs an asn, an SKI, or both");
    if (number) result_.bgpsec_asns.push_back(*number);
    return true;
  }

  bool read_aspa(ondemand::value value, Path path, bool asserts) {
    std::optional<Asn> customer;
    std::vector<Asn> providers;
    bool listed = false;
    std::string comment;
    const bool fine = members(value, path, [&](std::string_view name, ondemand::value member, Path inner) {
      if (name == "customerAsn" || name == "customerAsid" || name == "customer_asid") {
        return customer ? wrong(inner, "is the second customer here") : asn(member, inner, customer);
      }
      if (name == "comment") return text(member, inner, comment);
      const bool list =
          name == "providerAsns" || name == "providers" || name == "providerSet" || name == "provider_asids";
      if (!list || !asserts) return unknown(inner);
      if (listed) return wrong(inner, "is the second list of providers here");
      listed = true;
      return elements(member, inner, [&](ondemand::value element, Path at) {
        return asn_or_object(element, at, providers.emplace_back());
      });
    });
    if (!fine) return false;
    if (!customer) return wrong(path, "has no customerAsn");
    if (asserts && !listed) return wrong(path, "has no providerAsns");
    if (asserts) {
      result_.aspa_assertions.push_back({{*customer, std::move(providers)}, std::move(comment)});
    } else {
      result_.aspa_filters.push_back({*customer, std::move(comment)});
    }
    return true;
  }

  bool asn_or_object(ondemand::value value, Path path, Asn& target) {
    ondemand::json_type type{};
    if (const error_code error = value.type().get(type); error != SUCCESS) return broken(error);
    if (type != ondemand::json_type::object) return asn(value, path, target);
    bool found = false;
    const bool fine = members(value, path, [&](std::string_view name, ondemand::value member, Path inner) {
      std::string limit;
      if (name == "afiLimit") return text(member, inner, limit);
      if ((name != "providerAsid" && name != "providerAsn") || found) return unknown(inner);
      found = true;
      return asn(member, inner, target);
    });
    return fine && (found || wrong(path, "has no providerAsn"));
  }

  Bytes bytes_;
  ondemand::parser parser_;
  ondemand::document document_;
  bool begun_ = false;
  std::string aspa_member_;  // a list of ASPAs that was there
  Slurm result_;
  std::optional<Error> error_;
};

}  // namespace

Result<Slurm> read_slurm(Bytes bytes) { return Reader(bytes).read(); }

}  // namespace fairway
