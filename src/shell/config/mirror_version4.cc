#include <fmt/format.h>

#include "base/text.h"
#include "core/session/nrtm/jws.h"
#include "core/session/nrtm/notification.h"
#include "core/session/nrtm/version4.h"
#include "shell/config/mirror_state4.h"
#include "shell/config/mirrored_dump.h"
#include "shell/feed/signature.h"
#include "shell/feed/source.h"

namespace fairway::config {

namespace {

constexpr std::uint64_t kMostNotification = 16u << 20;

// RFC 10063: nothing but HTTPS, or local files. Of http only what never leaves the machine.
bool is_allowed(std::string_view url) {
  if (url.starts_with("https://") || url.starts_with("file://")) return true;
  for (const std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    if (url.starts_with(host) &&
        (url.substr(host.size()).starts_with(':') || url.substr(host.size()).starts_with('/'))) {
      return true;
    }
  }
  return false;
}

// A key, or the path of a file with one.
Result<PublicKey> read_key(const std::string& text) {
  if (auto key = PublicKey::parse(text); key || key.error().kind == ErrorKind::refused) return key;
  const auto content = read_all(text, 1, 1 << 20);
  if (!content) return fail(content.error().kind, "the key " + text + ": " + content.error().text);
  auto key = PublicKey::parse(as_text(content->bytes()));
  if (!key) return fail(key.error().kind, text + ": " + key.error().text);
  return key;
}

class Mirror {
 public:
  Mirror(const MirrorSource& source, const MirrorOptions& options, MirroredDump dump)
      : source_(source),
        options_(options),
        dump_(std::move(dump)),
        state_path_(options.directory + "/." + source.file + ".nrtm4") {
    if (dump_.position() && dump_.position()->protocol == 4) position_ = dump_.position();
  }

  Result<MirrorOutcome> run() {
    if (!is_allowed(source_.nrtm4)) {
      return fail(ErrorKind::usage,
                  "'" + source_.nrtm4 + "' is no address of https or file: NRTM version 4 has no other");
    }
    auto next = notification();
    if (!next) return std::unexpected(next.error());
    const auto last = state_ ? nrtm::parse_notification(state_->notification) : fail(ErrorKind::not_found, "");
    auto plan = nrtm::plan(*next, source_.registry, options_.force ? std::nullopt : position_,
                           last && !options_.force ? std::optional(*last) : std::nullopt, options_.now);
    if (!plan) return std::unexpected(plan.error());
    if (options_.force) plan->reload = "it was asked for";
    if (plan->reload.empty() && plan->deltas.empty()) {
      // The key, or the next one, may be all that is new.
      if (auto saved = remember(); !saved) return std::unexpected(saved.error());
      return MirrorOutcome{.unchanged = true, .position = *position_, .remarks = std::move(remarks_)};
    }
    return load(*next, *plan);
  }

 private:
  // Fetched, and proven to be of whoever holds the key.
  Result<nrtm::Notification> notification() {
    auto configured = read_key(source_.key);
    if (!configured) return std::unexpected(configured.error());
    const auto octets = bring(source_.nrtm4, kMostNotification, options_);
    if (!octets) return std::unexpected(octets.error());
    const auto jws = nrtm::parse_jws(as_text(octets->bytes()));
    if (!jws) return fail(jws.error().kind, "the notification file cannot be used: " + jws.error().text);
    state_ = load_state4(state_path_);
    // An operator who names another key than before has decided anew.
    if (state_ && state_->configured != configured->text()) {
      state_.reset();
      remarks_.push_back("the configured key is another one than before, and counts from now on");
    }
    std::string key;
    if (!state_) {
      if (configured->verifies(*jws)) key = configured->text();
    } else if (const auto in_use = PublicKey::parse(state_->key); in_use && in_use->verifies(*jws)) {
      key = in_use->text();
    } else if (const auto before = nrtm::parse_notification(state_->notification); before) {
      const auto rotated = PublicKey::parse(before->next_signing_key);
      if (rotated && rotated->verifies(*jws)) {
        key = rotated->text();
        remarks_.push_back("the key was rotated, as the server had said that it would be");
      }
    }
    if (key.empty()) {
      return fail(
          ErrorKind::refused,
          state_ && configured->verifies(*jws)
              ? "the notification file is signed by the configured key, which had been rotated away: if that is "
                "meant, remove " +
                    state_path_
              : "the signature of the notification file is not of the key that is expected");
    }
    auto next = nrtm::parse_notification(jws->payload);
    if (next && !next->next_signing_key.empty() && !PublicKey::parse(next->next_signing_key)) {
      return fail(ErrorKind::malformed, "the notification file announces a key that is none");
    }
    found_ = {configured->text(), key, jws->payload};
    return next;
  }

  Result<void> remember() { return state_ == found_ ? Result<void>() : save_state4(state_path_, found_); }

  Result<MirrorOutcome> load(const nrtm::Notification& next, const nrtm::Plan& plan) {
    nrtm::Position reached{source_.registry, 4, position_ ? position_->serial : 0, next.session, next.version};
    if (!plan.reload.empty()) {
      // A serial that no change has: whoever mirrors us learns that there is a gap.
      dump_.clear(plan.reload, ++reached.serial);
      std::vector<nrtm::Change> pile;
      const auto empty = [&] { dump_.fill(std::exchange(pile, {})); };
      const auto read = read_file(next, next.snapshot, true, [&](nrtm::Change&& change) {
        constexpr std::size_t kPile = 4096;
        pile.push_back(std::move(change));
        if (pile.size() == kPile) empty();
      });
      if (!read) return std::unexpected(read.error());
      empty();
    }
    std::vector<nrtm::Change> changes;
    for (const nrtm::FileReference& delta : plan.deltas) {
      const auto read = read_file(next, delta, false, [&](nrtm::Change&& change) {
        change.serial = ++reached.serial;
        changes.push_back(std::move(change));
      });
      if (!read) return std::unexpected(read.error());
    }
    if (!changes.empty()) dump_.change(std::move(changes));
    auto outcome = dump_.save(reached, options_.force);
    if (!outcome) return outcome;
    std::move(remarks_.begin(), remarks_.end(), std::back_inserter(outcome->remarks));
    if (auto saved = remember(); !saved) outcome->remarks.push_back(saved.error().text);
    return outcome;
  }

  Result<void> read_file(const nrtm::Notification& next, const nrtm::FileReference& file, bool snapshot,
                         const nrtm::Version4Reader::Take& take) {
    const std::string name = fmt::format("{} {}", snapshot ? "snapshot" : "delta", file.version);
    const auto wrong = [&](const Error& error) { return fail(error.kind, name + ": " + error.text); };
    const auto octets = bring(nrtm::address_of(source_.nrtm4, file), source_.most, options_);
    if (!octets) return wrong(octets.error());
    if (sha256(octets->bytes()) != file.hash) {
      return fail(ErrorKind::refused, name + ": its hash is not the one that the notification file tells");
    }
    nrtm::Version4Reader reader({snapshot, source_.registry, next.session, file.version}, take);
    auto stream = open_stream(Input::of_memory(octets->bytes()), 2);
    if (!stream) return wrong(stream.error());
    constexpr std::size_t kMost = std::size_t{4} << 30;  // a small file may unpack to anything
    std::size_t size = 0;
    while (true) {
      const auto block = (*stream)->next();
      if (!block) return wrong(block.error());
      if (block->empty()) break;
      size += block->size();
      if (size > kMost) return fail(ErrorKind::refused, name + ": it is larger than 4 GiB");
      if (auto read = reader.receive(block->bytes()); !read) return wrong(read.error());
    }
    if (auto read = reader.finish(); !read) return wrong(read.error());
    return {};
  }

  const MirrorSource& source_;
  const MirrorOptions& options_;
  MirroredDump dump_;
  std::string state_path_;
  std::optional<nrtm::Position> position_;
  std::optional<MirrorState4> state_;  // as it was
  MirrorState4 found_;                 // as it is to be
  std::vector<std::string> remarks_;
};

}  // namespace

Result<MirrorOutcome> mirror_version4(const MirrorSource& source, const MirrorOptions& options) {
  auto dump = MirroredDump::open(source, options);
  if (!dump) return std::unexpected(dump.error());
  return Mirror(source, options, *std::move(dump)).run();
}

}  // namespace fairway::config
