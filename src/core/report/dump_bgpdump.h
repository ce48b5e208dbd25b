// Lines as `bgpdump -m` prints them, byte for byte; docs/deviations/bgpdump.md tells where and why not.
//
//   TABLE_DUMP2|1401487200|B|PEER|PEER_AS|PREFIX|AS_PATH|ORIGIN|NEXT_HOP|LOCAL_PREF|MED|COMMUNITIES|AG or
//   NAG|AGGREGATOR| BGP4MP|1401487200|A|... the same;  BGP4MP|1401487200|W|PEER|PEER_AS|PREFIX;
//   BGP4MP|1401487200|STATE|PEER|PEER_AS|OLD|NEW
//
// The first word is TABLE_DUMP, TABLE_DUMP2, BGP or BGP4MP, with _ET for records with microseconds, _LOCAL for messages
// that the collector sent, _AP for ADD-PATH, whose path id is a column behind the prefix. Large communities, if asked
// for, are one behind the communities.
#pragma once

#include <memory>

#include "core/report/dump.h"

namespace fairway {

std::unique_ptr<DumpFormat> make_bgpdump_format(const DumpOptions& options);

}  // namespace fairway
