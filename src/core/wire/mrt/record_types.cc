#include "core/wire/mrt/record_types.h"

#include <array>

#include "core/wire/mrt/decoder_state.h"

namespace fairway::mrt {

namespace {

constexpr std::uint16_t kAny = 0xFFFF;
constexpr std::string_view kOld = "RFC 6396 appendix B.2.1", kMrt = "RFC 6396", kAddPath = "RFC 8050";

constexpr RecordTypeRow kRows[] = {
    {static_cast<Type>(0), kAny, "NULL", "RFC 6396 appendix B.1.1", nullptr},
    {Type::start, kAny, "START", "RFC 6396 appendix B.1.2", nullptr},
    {Type::die, kAny, "DIE", "RFC 6396 appendix B.1.3", nullptr},
    {Type::i_am_dead, kAny, "I_AM_DEAD", "RFC 6396 appendix B.1.4", nullptr},
    {Type::peer_down, kAny, "PEER_DOWN", "RFC 6396 appendix B.1.5", nullptr},

    {Type::bgp, 0, "BGP_NULL", kOld, nullptr},
    {Type::bgp, 1, "BGP_UPDATE", kOld, decode_bgp_update},
    {Type::bgp, 2, "BGP_PREF_UPDATE", kOld, nullptr},
    {Type::bgp, 3, "BGP_STATE_CHANGE", kOld, decode_bgp_state_change},
    {Type::bgp, 4, "BGP_SYNC", kOld, nullptr},
    {Type::bgp, 5, "BGP_OPEN", kOld, nullptr},
    {Type::bgp, 6, "BGP_NOTIFY", kOld, nullptr},
    {Type::bgp, 7, "BGP_KEEPALIVE", kOld, nullptr},
    {Type::bgp4plus, 0, "BGP4PLUS_NULL", kOld, nullptr},
    {Type::bgp4plus, 1, "BGP4PLUS_UPDATE", kOld, decode_bgp_update},
    {Type::bgp4plus, 2, "BGP4PLUS_PREF_UPDATE", kOld, nullptr},
    {Type::bgp4plus, 3, "BGP4PLUS_STATE_CHANGE", kOld, decode_bgp_state_change},
    {Type::bgp4plus, 4, "BGP4PLUS_SYNC", kOld, nullptr},
    {Type::bgp4plus, 5, "BGP4PLUS_OPEN", kOld, nullptr},
    {Type::bgp4plus, 6, "BGP4PLUS_NOTIFY", kOld, nullptr},
    {Type::bgp4plus, 7, "BGP4PLUS_KEEPALIVE", kOld, nullptr},
    {Type::bgp4plus_01, 0, "BGP4PLUS_01_NULL", kOld, nullptr},
    {Type::bgp4plus_01, 1, "BGP4PLUS_01_UPDATE", kOld, decode_bgp_update},
    {Type::bgp4plus_01, 2, "BGP4PLUS_01_PREF_UPDATE", kOld, nullptr},
    {Type::bgp4plus_01, 3, "BGP4PLUS_01_STATE_CHANGE", kOld, decode_bgp_state_change},
    {Type::bgp4plus_01, 4, "BGP4PLUS_01_SYNC", kOld, nullptr},
    {Type::bgp4plus_01, 5, "BGP4PLUS_01_OPEN", kOld, nullptr},
    {Type::bgp4plus_01, 6, "BGP4PLUS_01_NOTIFY", kOld, nullptr},
    {Type::bgp4plus_01, 7, "BGP4PLUS_01_KEEPALIVE", kOld, nullptr},

    {Type::rip, kAny, "RIP", kMrt, nullptr},
    {Type::idrp, kAny, "IDRP", kMrt, nullptr},
    {Type::ripng, kAny, "RIPNG", kMrt, nullptr},
    {Type::ospfv2, kAny, "OSPFv2", kMrt, nullptr},

    {Type::table_dump, 1, "TABLE_DUMP AFI_IPv4", kMrt, decode_table_dump},
    {Type::table_dump, 2, "TABLE_DUMP AFI_IPv6", kMrt, decode_table_dump},
    {Type::table_dump, 3, "TABLE_DUMP AFI_IPv4_AS4", "of bgpdump and MRTd", decode_table_dump},
    {Type::table_dump, 4, "TABLE_DUMP AFI_IPv6_AS4", "of bgpdump and MRTd", decode_table_dump},

    {Type::table_dump_v2, 1, "PEER_INDEX_TABLE", kMrt, decode_peer_index_table},
    {Type::table_dump_v2, 2, "RIB_IPV4_UNICAST", kMrt, decode_rib},
    {Type::table_dump_v2, 3, "RIB_IPV4_MULTICAST", kMrt, decode_rib},
    {Type::table_dump_v2, 4, "RIB_IPV6_UNICAST", kMrt, decode_rib},
    {Type::table_dump_v2, 5, "RIB_IPV6_MULTICAST", kMrt, decode_rib},
    {Type::table_dump_v2, 6, "RIB_GENERIC", kMrt, decode_rib_generic},
    {Type::table_dump_v2, 7, "GEO_PEER_TABLE", "RFC 6397", decode_geo_peer_table},
    {Type::table_dump_v2, 8, "RIB_IPV4_UNICAST_ADDPATH", kAddPath, decode_rib},
    {Type::table_dump_v2, 9, "RIB_IPV4_MULTICAST_ADDPATH", kAddPath, decode_rib},
    {Type::table_dump_v2, 10, "RIB_IPV6_UNICAST_ADDPATH", kAddPath, decode_rib},
    {Type::table_dump_v2, 11, "RIB_IPV6_MULTICAST_ADDPATH", kAddPath, decode_rib},
    {Type::table_dump_v2, 12, "RIB_GENERIC_ADDPATH", kAddPath, decode_rib_generic},

    {Type::bgp4mp, 0, "BGP4MP_STATE_CHANGE", kMrt, decode_bgp4mp_state_change},
    {Type::bgp4mp, 1, "BGP4MP_MESSAGE", kMrt, decode_bgp4mp_message},
    {Type::bgp4mp, 2, "BGP4MP_ENTRY", "RFC 6396 appendix B.2.6.1", decode_bgp4mp_entry},
    {Type::bgp4mp, 3, "BGP4MP_SNAPSHOT", "RFC 6396 appendix B.2.6.2", nullptr},
    {Type::bgp4mp, 4, "BGP4MP_MESSAGE_AS4", kMrt, decode_bgp4mp_message},
    {Type::bgp4mp, 5, "BGP4MP_STATE_CHANGE_AS4", kMrt, decode_bgp4mp_state_change},
    {Type::bgp4mp, 6, "BGP4MP_MESSAGE_LOCAL", kMrt, decode_bgp4mp_message},
    {Type::bgp4mp, 7, "BGP4MP_MESSAGE_AS4_LOCAL", kMrt, decode_bgp4mp_message},
    {Type::bgp4mp, 8, "BGP4MP_MESSAGE_ADDPATH", kAddPath, decode_bgp4mp_message},
    {Type::bgp4mp, 9, "BGP4MP_MESSAGE_AS4_ADDPATH", kAddPath, decode_bgp4mp_message},
    {Type::bgp4mp, 10, "BGP4MP_MESSAGE_LOCAL_ADDPATH", kAddPath, decode_bgp4mp_message},
    {Type::bgp4mp, 11, "BGP4MP_MESSAGE_AS4_LOCAL_ADDPATH", kAddPath, decode_bgp4mp_message},

    {Type::isis, kAny, "ISIS", kMrt, nullptr},
    {Type::isis_et, kAny, "ISIS_ET", kMrt, nullptr},
    {Type::ospfv3, kAny, "OSPFv3", kMrt, nullptr},
    {Type::ospfv3_et, kAny, "OSPFv3_ET", kMrt, nullptr},
};

// Types are below 64, subtypes that have rows of their own below 16.
constexpr auto kTable = [] {
  std::array<std::array<const RecordTypeRow*, 16>, 64> table{};
  for (const RecordTypeRow& row : kRows) {
    auto& of_type = table[static_cast<std::size_t>(row.type)];
    if (row.subtype == kAny) {
      of_type.fill(&row);
    } else {
      of_type[row.subtype] = &row;
    }
  }
  return table;
}();

}  // namespace

std::span<const RecordTypeRow> record_types() { return kRows; }

const RecordTypeRow* find_record_type(Type type, std::uint16_t subtype) {
  if (type == Type::bgp4mp_et) type = Type::bgp4mp;
  const auto number = static_cast<std::size_t>(type);
  if (number >= kTable.size() || subtype >= kTable[0].size()) return nullptr;
  return kTable[number][subtype];
}

}  // namespace fairway::mrt
