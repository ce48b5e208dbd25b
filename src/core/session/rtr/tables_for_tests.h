// Small tables in few words, and what PDUs a run of octets is.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>

#include "core/session/rtr/cache.h"

namespace fairway::rtr {

struct VrpText {
  const char* prefix;
  unsigned max_length;
  std::uint32_t asn;
};

inline std::shared_ptr<const VrpTable> vrp_table(std::initializer_list<VrpText> texts) {
  std::vector<Vrp> vrps;
  for (const VrpText& text : texts) {
    vrps.push_back({*parse_prefix(text.prefix), static_cast<std::uint8_t>(text.max_length), Asn{text.asn}, 0});
  }
  return std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps)));
}

struct AspaText {
  std::uint32_t customer;
  std::vector<std::uint32_t> providers;
};

inline std::shared_ptr<const AspaTable> aspa_table(std::initializer_list<AspaText> texts) {
  std::vector<Aspa> aspas;
  for (const AspaText& text : texts) {
    Aspa aspa{Asn{text.customer}, {}};
    for (const std::uint32_t provider : text.providers) aspa.providers.push_back(Asn{provider});
    aspas.push_back(std::move(aspa));
  }
  return std::make_shared<const AspaTable>(AspaTable::build(std::move(aspas)));
}

inline CacheOptions cache_options() {
  CacheOptions options;
  options.sessions = {100, 101, 102};
  return options;
}

// "Cache Response 101, +192.0.2.0/24-26 AS64496, -AS64496, End of Data 101 1"; "" for null.
inline std::string story_of(Bytes octets) {
  std::string story;
  Cursor stream(octets);
  while (!stream.empty()) {
    const auto raw = next_pdu(stream);
    if (!raw) return story + " ???";
    if (!story.empty()) story += ", ";
    const auto pdu = decode_pdu(*raw);
    if (!pdu) return story + "!!!";
    if (const auto* prefix = std::get_if<PrefixPdu>(&*pdu)) {
      story += (prefix->announce ? "+" : "-") + to_string(prefix->prefix) + "-" + std::to_string(prefix->max_length) +
               " AS" + to_string(prefix->asn);
    } else if (const auto* aspa = std::get_if<AspaPdu>(&*pdu)) {
      story += (aspa->announce ? "+AS" : "-AS") + to_string(aspa->customer);
      for (const Asn provider : aspa->providers) story += " " + to_string(provider);
    } else {
      story += std::string(pdu_name(raw->type));
      if (const auto* response = std::get_if<CacheResponse>(&*pdu)) story += " " + std::to_string(response->session);
      if (const auto* notify = std::get_if<SerialNotify>(&*pdu)) story += " " + std::to_string(notify->serial);
      if (const auto* query = std::get_if<SerialQuery>(&*pdu)) story += " " + std::to_string(query->serial);
      if (const auto* end = std::get_if<EndOfData>(&*pdu)) story += " " + std::to_string(end->serial);
      if (const auto* error = std::get_if<ErrorReport>(&*pdu)) story += ": " + std::string(error_name(error->code));
    }
  }
  return story;
}
inline std::string story_of(const Octets& octets) { return octets ? story_of(Bytes(*octets)) : ""; }

inline std::vector<std::uint8_t> octets_of(const Pdu& pdu, std::uint8_t version) {
  ByteWriter out;
  EXPECT_TRUE(encode_pdu(pdu, version, out).has_value());
  return out.release();
}

}  // namespace fairway::rtr
