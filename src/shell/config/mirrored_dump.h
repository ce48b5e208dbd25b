// The files of one mirrored registry: what mirror.h keeps, whichever version of NRTM brings it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/session/nrtm/apply.h"
#include "core/session/nrtm/change.h"
#include "core/session/nrtm/position.h"
#include "shell/config/mirror.h"
#include "shell/feed/url.h"

namespace fairway::config {

class MirroredDump {
 public:
  // Errors: system. A dump that is not there, or not ours, has no position.
  static Result<MirroredDump> open(const MirrorSource& source, const MirrorOptions& options);

  const std::optional<nrtm::Position>& position() const { return position_; }

  // Forgets what is there, to be filled anew: with objects that are those of `serial`, each once.
  void clear(std::string why, std::uint64_t serial);
  void fill(Bytes dump);
  void fill(std::vector<nrtm::Change> additions);
  // Then, or without that, the changes since.
  void change(std::vector<nrtm::Change> changes);

  // Puts it into place, and tells. Errors: refused, if nothing is left, or less than four fifths of what was there;
  // system.
  Result<MirrorOutcome> save(const nrtm::Position& position, bool force);

 private:
  void add_up(nrtm::Applied applied);

  std::string path_, journal_path_, registry_;
  std::optional<nrtm::Position> position_;
  std::string text_;
  std::size_t before_ = 0;   // objects
  std::string reloaded_;     // why
  std::uint64_t begun_ = 0;  // at this serial, where it was
  std::vector<nrtm::Change> changes_;
  nrtm::Applied sum_;  // without its text
};

// Fetches an address or reads a path, as it is. Errors: those of fetch(), with the address in the text.
Result<Buffer> bring(const std::string& address, std::uint64_t most, const MirrorOptions& options);
// The same decompressed, whatever it is compressed with; at most 4 GiB.
Result<Buffer> unpack(Bytes octets);

// Each version's part of mirror().
Result<MirrorOutcome> mirror_version3(const MirrorSource& source, const MirrorOptions& options);
Result<MirrorOutcome> mirror_version4(const MirrorSource& source, const MirrorOptions& options);

}  // namespace fairway::config
