#include <fmt/format.h>

#include "base/text.h"
#include "shell/config/mirrored_dump.h"
#include "shell/feed/nrtm3.h"

namespace fairway::config {

namespace {

// A number, or where one stands.
Result<std::uint64_t> read_serial(const std::string& text, const MirrorOptions& options) {
  if (const auto number = parse_number<std::uint64_t>(text)) return *number;
  const auto content = bring(text, 1 << 20, options);
  if (!content) return std::unexpected(content.error());
  std::string_view words = as_text(content->bytes());
  const auto number = parse_number<std::uint64_t>(next_word(words));
  if (!number) return fail(ErrorKind::malformed, text + ": it holds no serial");
  return *number;
}

class Mirror {
 public:
  Mirror(const MirrorSource& source, const MirrorOptions& options, MirroredDump dump)
      : source_(source),
        options_(options),
        times_{options.connect_seconds, options.stall_seconds},
        server_(TcpServerName::parse(source.nrtm3, kNrtm3Port)),
        dump_(std::move(dump)) {
    if (dump_.position() && dump_.position()->protocol == 3) position_ = *dump_.position();
  }

  Result<MirrorOutcome> run() {
    std::string anew = options_.force             ? "it was asked for"
                       : position_.source.empty() ? "there is no mirror of it yet"
                                                  : "";
    const auto status = ask_nrtm3_status(server_, source_.registry, times_);
    if (!status) return std::unexpected(status.error());
    if (*status && !(*status)->open) {
      return fail(ErrorKind::refused, "the server does not let " + source_.registry + " be mirrored");
    }
    if (*status && anew.empty()) {
      const nrtm::SerialRange serials = (*status)->serials;
      if (serials.last < position_.serial) {
        return fail(ErrorKind::refused,
                    fmt::format("the server is at serial {}, behind ours ({}): it was rolled back, or "
                                "it is another one; --force begins anew",
                                serials.last, position_.serial));
      }
      if (serials.last == position_.serial) return MirrorOutcome{.unchanged = true, .position = position_};
      if (serials.first > position_.serial + 1) {
        anew = fmt::format("there is a gap: we have serial {}, and the server's changes begin with {}",
                           position_.serial, serials.first);
      }
    }
    if (!anew.empty()) {
      if (auto begun = begin(anew); !begun) return std::unexpected(begun.error());
    }
    auto changes = ask_nrtm3(server_, source_.registry, position_.serial + 1, times_);
    // Just after a dump there may be nothing newer, and not every server has a kind word for that.
    const bool current = *status && (*status)->serials.last == position_.serial;
    if (!changes && !(current && changes.error().kind == ErrorKind::refused)) return std::unexpected(changes.error());
    std::uint64_t holes = 0;
    if (changes) {
      if (changes->changes.empty() && anew.empty()) return MirrorOutcome{.unchanged = true, .position = position_};
      holes = changes->serials.last + 1 - changes->serials.first - changes->changes.size();
      position_.serial = std::max(position_.serial, changes->serials.last);
      dump_.change(std::move(changes->changes));
    }
    auto outcome = dump_.save(position_, options_.force);
    if (outcome && holes != 0) {
      outcome->remarks.push_back(fmt::format("the server leaves {} serials out of its answer", holes));
    }
    return outcome;
  }

 private:
  // Loads whole dumps.
  Result<void> begin(const std::string& why) {
    if (source_.dumps.empty() || source_.serial.empty()) {
      return fail(ErrorKind::refused, why + "; to begin from, a whole dump and its serial are needed");
    }
    // The serial first: a dump that is newer than it gets some changes a second time, which does no harm.
    const auto serial = read_serial(source_.serial, options_);
    if (!serial) return std::unexpected(serial.error());
    dump_.clear(why, *serial);
    for (const std::string& address : source_.dumps) {
      auto octets = bring(address, source_.most, options_);
      if (octets) octets = unpack(octets->bytes());
      if (!octets) return std::unexpected(octets.error());
      dump_.fill(octets->bytes());
    }
    position_ = {source_.registry, 3, *serial, {}, 0};
    return {};
  }

  const MirrorSource& source_;
  const MirrorOptions& options_;
  TcpTimes times_;
  TcpServerName server_;
  MirroredDump dump_;
  nrtm::Position position_;
};

}  // namespace

Result<MirrorOutcome> mirror_version3(const MirrorSource& source, const MirrorOptions& options) {
  auto dump = MirroredDump::open(source, options);
  if (!dump) return std::unexpected(dump.error());
  return Mirror(source, options, *std::move(dump)).run();
}

}  // namespace fairway::config
