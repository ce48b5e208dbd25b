// Fields separated by "|", in the order of bgpkit's parser: kPsvHeader names them. Announcements and the routes of a
// table are A, withdrawals W; whatever is absent is empty. Time is in seconds since 1970, with a fraction only if there
// is one.
#pragma once

#include <memory>

#include "core/report/dump.h"

namespace fairway {

inline constexpr std::string_view kPsvHeader =
    "type|timestamp|peer_ip|peer_asn|prefix|as_path|origin_asns|origin|next_hop|local_pref|med|communities|atomic|aggr_"
    "asn|aggr_ip|"
    "only_to_customer\n";

std::unique_ptr<DumpFormat> make_psv_format(const DumpOptions& options);

}  // namespace fairway
