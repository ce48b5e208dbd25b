#include "core/wire/bmp/statistics.h"

#include <algorithm>

namespace fairway::bmp {

namespace {

using enum StatisticRow::Form;

constexpr StatisticRow kRows[] = {
    {0, "prefixes_rejected_inbound", "prefixes rejected by inbound policy", "RFC 7854", counter},
    {1, "duplicate_announcements", "duplicate announcements of prefixes", "RFC 7854", counter},
    {2, "duplicate_withdrawals", "duplicate withdrawals", "RFC 7854", counter},
    {3, "updates_cluster_list_loop", "updates invalidated by a loop in CLUSTER_LIST", "RFC 7854", counter},
    {4, "updates_as_path_loop", "updates invalidated by a loop in AS_PATH", "RFC 7854", counter},
    {5, "updates_originator_id_loop", "updates invalidated by ORIGINATOR_ID", "RFC 7854", counter},
    {6, "updates_confederation_loop", "updates invalidated by a loop in a confederation's segments", "RFC 7854",
     counter},
    {7, "routes_adj_rib_in", "routes in Adj-RIBs-In", "RFC 7854", gauge},
    {8, "routes_loc_rib", "routes in the Loc-RIB", "RFC 7854", gauge},
    {9, "routes_adj_rib_in", "routes in the Adj-RIB-In of a family", "RFC 7854", family_gauge},
    {10, "routes_loc_rib", "routes in the Loc-RIB of a family", "RFC 7854", family_gauge},
    {11, "updates_treated_as_withdraw", "updates treated as withdrawals", "RFC 7854", counter},
    {12, "prefixes_treated_as_withdraw", "prefixes treated as withdrawn", "RFC 7854", counter},
    {13, "duplicate_updates", "duplicate update messages", "RFC 7854", counter},
    {14, "routes_adj_rib_out_pre", "routes in the Adj-RIB-Out before policy", "RFC 8671", gauge},
    {15, "routes_adj_rib_out_post", "routes in the Adj-RIB-Out after policy", "RFC 8671", gauge},
    {16, "routes_adj_rib_out_pre", "routes of a family in the Adj-RIB-Out before policy", "RFC 8671", family_gauge},
    {17, "routes_adj_rib_out_post", "routes of a family in the Adj-RIB-Out after policy", "RFC 8671", family_gauge},
    {18, "routes_adj_rib_in_pre", "routes in the Adj-RIB-In before policy", "RFC 9972", gauge},
    {19, "routes_adj_rib_in_pre", "routes of a family in the Adj-RIB-In before policy", "RFC 9972", family_gauge},
    {20, "routes_adj_rib_in_post", "routes in the Adj-RIB-In after policy", "RFC 9972", gauge},
    {21, "routes_adj_rib_in_post", "routes of a family in the Adj-RIB-In after policy", "RFC 9972", family_gauge},
    {22, "routes_rejected_inbound", "routes of a family rejected by inbound policy", "RFC 9972", family_gauge},
    {23, "routes_accepted_inbound", "routes of a family accepted by inbound policy", "RFC 9972", family_gauge},
    {26, "routes_damped", "routes of a family suppressed by damping", "RFC 9972", family_gauge},
    {27, "routes_stale", "routes of a family kept over a graceful restart", "RFC 9972", family_gauge},
    {28, "routes_long_lived_stale", "routes of a family kept over a long-lived graceful restart", "RFC 9972",
     family_gauge},
    {29, "routes_left_to_limit", "routes left before the limit of received routes", "RFC 9972", gauge},
    {30, "routes_left_to_limit", "routes of a family left before the limit of received routes", "RFC 9972",
     family_gauge},
    {31, "routes_left_to_licence", "routes left before a licence's limit", "RFC 9972", gauge},
    {32, "routes_left_to_licence", "routes of a family left before a licence's limit", "RFC 9972", family_gauge},
    {33, "routes_too_long_inbound", "routes rejected for the length of their AS_PATH", "RFC 9972", gauge},
    {34, "routes_too_long_inbound", "routes of a family rejected for the length of their AS_PATH", "RFC 9972",
     family_gauge},
    {35, "routes_rov_invalid_inbound", "routes of a family that ROV calls invalid, after inbound policy", "RFC 9972",
     family_gauge},
    {36, "routes_rov_valid_inbound", "routes of a family that ROV calls valid, after inbound policy", "RFC 9972",
     family_gauge},
    {37, "routes_rov_not_found_inbound", "routes of a family that ROV finds nothing about, after inbound policy",
     "RFC 9972", family_gauge},
    {38, "routes_rejected_outbound", "routes of a family rejected by outbound policy", "RFC 9972", family_gauge},
    {39, "routes_too_long_outbound", "routes not sent for the length of their AS_PATH", "RFC 9972", gauge},
    {40, "routes_too_long_outbound", "routes of a family not sent for the length of their AS_PATH", "RFC 9972",
     family_gauge},
    {41, "routes_rov_invalid_outbound", "routes of a family that ROV calls invalid, after outbound policy", "RFC 9972",
     family_gauge},
    {42, "routes_rov_valid_outbound", "routes of a family that ROV calls valid, after outbound policy", "RFC 9972",
     family_gauge},
    {43, "routes_rov_not_found_outbound", "routes of a family that ROV finds nothing about, after outbound policy",
     "RFC 9972", family_gauge},
};

}  // namespace

std::span<const StatisticRow> statistic_rows() { return kRows; }

const StatisticRow* find_statistic(std::uint16_t type) {
  const auto found = std::ranges::lower_bound(kRows, type, {}, &StatisticRow::type);
  return found == std::end(kRows) || found->type != type ? nullptr : &*found;
}

std::optional<Statistic> read_statistic(const Tlv& tlv) {
  Statistic statistic;
  statistic.row = find_statistic(tlv.type);
  if (statistic.row == nullptr) return std::nullopt;
  Cursor value = tlv.value;
  if (statistic.row->form == family_gauge) {
    bgp::AfiSafi& family = statistic.family.emplace();
    family.afi = value.u16();
    family.safi = value.u8();
  }
  statistic.value = value.left() >= 8 ? value.u64() : value.u32();
  if (!value.ok()) return std::nullopt;
  return statistic;
}

}  // namespace fairway::bmp
