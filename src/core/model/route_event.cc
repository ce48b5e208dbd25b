#include "core/model/route_event.h"

namespace fairway {

std::string_view to_string(RibKind kind) {
  switch (kind) {
    case RibKind::adj_rib_in_pre: return "adj-rib-in-pre";
    case RibKind::adj_rib_in_post: return "adj-rib-in-post";
    case RibKind::loc_rib: return "loc-rib";
    case RibKind::adj_rib_out_pre: return "adj-rib-out-pre";
    case RibKind::adj_rib_out_post: return "adj-rib-out-post";
  }
  return "unknown";
}

}  // namespace fairway
