// Keeping the dump of a routing registry in the data directory up to date, by NRTM version 3 or 4 (RFC 10063). The dump
// is a file like any other there, written whole and put into place at once; how far it has come stands in its first
// line (core/session/nrtm/position.h). Beside it, hidden: ".FILE.journal", the changes, for those who mirror us; of
// version 4
// ".FILE.nrtm4", the key in use and the last notification file. Whatever goes wrong, the last good dump stays.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"
#include "core/session/nrtm/journal.h"
#include "core/session/nrtm/position.h"

namespace fairway::config {

struct MirrorSource {
  std::string registry;                         // as in the objects' `source`, upper case: "RADB"
  std::string file;                             // in the data directory
  std::uint64_t most = std::uint64_t{1} << 30;  // octets of one transfer

  // Version 3: the server, "HOST" or "HOST:PORT". Whole dumps, paths or addresses, to begin with and after a gap, and
  // the serial they are of: a number, or where it stands.
  std::string nrtm3;
  std::vector<std::string> dumps;
  std::string serial;

  // Version 4: the address of the notification file: https, file, or http on this very machine; and the public key that
  // signs it (shell/feed/signature.h), or the path of a file with it.
  std::string nrtm4;
  std::string key;
};

struct MirrorOptions {
  std::string directory;
  bool force = false;  // begin anew, and take what shrank
  Instant now;
  std::uint32_t connect_seconds = 20, stall_seconds = 60, total_seconds = 3600;
};

struct MirrorOutcome {
  bool unchanged = false;
  std::string reloaded{};                                         // why it was loaded anew; empty: it was not
  nrtm::Position position;                                        // reached
  std::size_t objects = 0, added = 0, replaced = 0, removed = 0;  // objects: of a dump that changed
  std::vector<std::string> remarks{};                             // whole sentences
};

// Errors: usage (the source makes no sense); system, not_found, truncated (of the transfers); malformed, refused: what
// came cannot be used, or must not be: a wrong signature, hash, source, session; a gap without a dump to begin from; a
// rollback; a stale notification file; a dump that shrank by more than a fifth.
Result<MirrorOutcome> mirror(const MirrorSource& source, const MirrorOptions& options);

// The journals of the mirrors in a folder; sentences about those that cannot be read go to `warnings`.
std::vector<nrtm::Journal> journals_in(const std::string& directory, std::vector<std::string>& warnings);
// One of them. The error's text names the file.
Result<nrtm::Journal> read_journal(const std::string& path);

}  // namespace fairway::config
