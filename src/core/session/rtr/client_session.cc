#include "core/session/rtr/client_session.h"

#include <algorithm>
#include <utility>

namespace fairway::rtr {

namespace {

constexpr std::size_t kMostEchoed = 128;  // octets of an erroneous PDU
constexpr std::uint8_t kAspaType = 11;

// RFC 1982: whether `a` comes before `b`.
bool is_before(std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a - b) < 0; }

}  // namespace

Instant ClientSession::next() const {
  const Instant work = !connected_ ? dial_at_ : asked_ == Asked::nothing ? query_at_ : deadline_;
  return payload_ ? std::min(work, expires_) : work;
}

Duration ClientSession::backoff() {
  const auto retry = std::min(seconds(intervals_.retry), options_.longest_retry);
  const auto growing = seconds(std::int64_t{1} << std::min(failures_, 20u));
  ++failures_;
  return std::min(retry, growing);
}

void ClientSession::connected(Instant now) {
  connected_ = true;
  ended_ = agreed_ = heard_ = dial_soon_ = confirmed_ = false;
  waiting_.clear();
  sending_.clear();
  answer_.reset();
  notified_.reset();
  if (std::exchange(raise_, false)) {
    version_ = options_.newest;
    guessed_ = false;
    must_reset_ = true;
  } else if (payload_ && !must_reset_) {
    version_ = epoch_->version;
  }
  ask(now);
}

void ClientSession::disconnected(Instant now, std::string why) {
  if (!why.empty() && (trouble_.empty() || !ended_)) trouble_ = std::move(why);
  const bool silent = connected_ && !heard_ && !ended_;
  connected_ = ended_ = false;
  asked_ = Asked::nothing;
  answer_.reset();
  if (silent && ++silent_closes_ >= 2) {
    silent_closes_ = 0;
    guessed_ = true;
    must_reset_ = true;
    version_ = version_ > options_.oldest ? version_ - 1 : options_.newest;
    if (version_ != options_.newest) dial_soon_ = true;
  }
  dial_at_ = dial_soon_ ? now : now + backoff();
  dial_soon_ = false;
}

void ClientSession::ask(Instant now) {
  if (!payload_ || must_reset_ || epoch_->version != version_) return ask_everything(now);
  ByteWriter out;
  (void)encode_pdu(SerialQuery{epoch_->session, epoch_->serial}, version_, out);
  sending_.insert(sending_.end(), out.written().begin(), out.written().end());
  asked_ = Asked::changes;
  deadline_ = now + options_.patience;
}

void ClientSession::ask_everything(Instant now) {
  ByteWriter out;
  (void)encode_pdu(ResetQuery{}, version_, out);
  sending_.insert(sending_.end(), out.written().begin(), out.written().end());
  asked_ = Asked::everything;
  deadline_ = now + options_.patience;
}

void ClientSession::tick(Instant now) {
  expire(now);
  if (!connected_ || ended_) return;
  if (asked_ == Asked::nothing) {
    if (now < query_at_) return;
    if (!raise_) return ask(now);
    dial_soon_ = true;
    end("the version was a guess: a newer one is tried again");
  } else if (now >= deadline_) {
    end("the cache did not answer in time");
  }
}

void ClientSession::expire(Instant now) {
  if (!payload_ || now < expires_) return;
  payload_.reset();
  epoch_.reset();
  changed_ = true;
  if (!connected_) version_ = options_.newest;
  trouble_ = "the data has expired: the cache told nothing newer in time";
}

void ClientSession::take(Bytes octets, Instant now) {
  if (!connected_ || ended_ || octets.empty()) return;
  heard_ = true;
  silent_closes_ = 0;
  if (asked_ != Asked::nothing) deadline_ = now + options_.patience;
  waiting_.insert(waiting_.end(), octets.begin(), octets.end());
  Cursor stream{Bytes(waiting_)};
  while (!ended_) {
    const auto raw = next_pdu(stream);
    if (!raw) {
      if (raw.error().kind == ErrorKind::malformed) {
        refuse(ErrorCode::corrupt_data, raw.error().text, stream.rest().first(kHeaderSize));
      }
      break;
    }
    hear(*raw, now);
  }
  waiting_.erase(waiting_.begin(), waiting_.end() - static_cast<std::ptrdiff_t>(stream.left()));
}

void ClientSession::hear(const RawPdu& raw, Instant now) {
  // Before the version is agreed on, notifications are of no use, whatever version they are of.
  if (!agreed_ && raw.type == 0) return;
  if (raw.type != 10 && !agree(raw)) return;
  if (const auto pdu = decode_pdu(raw))
    return on(*pdu, raw, now);
  else if (raw.type != 10)
    return refuse(pdu.error().code, pdu.error().text, raw.whole);
  end("the cache reported an error that cannot be read");
}

bool ClientSession::agree(const RawPdu& raw) {
  if (raw.version == version_) {
    agreed_ = true;
    return true;
  }
  if (agreed_ || raw.version > version_ || raw.version < options_.oldest) {
    refuse(agreed_ ? ErrorCode::unexpected_version : ErrorCode::unsupported_version,
           "not the version that was asked for", raw.whole);
    return false;
  }
  version_ = raw.version;
  agreed_ = true;
  if (asked_ == Asked::everything) return true;
  // It answers what another version asked: its serials do not count there.
  must_reset_ = dial_soon_ = true;
  end("the cache went down to version " + std::to_string(version_));
  return false;
}

void ClientSession::on(const Pdu& pdu, const RawPdu& raw, Instant now) {
  if (const auto* report = std::get_if<ErrorReport>(&pdu)) return on_error(*report, raw.version, now);
  if (const auto* response = std::get_if<CacheResponse>(&pdu)) return on_response(*response, raw);
  if (const auto* end = std::get_if<EndOfData>(&pdu)) return on_end(*end, raw, now);
  if (const auto* notify = std::get_if<SerialNotify>(&pdu)) return on_notify(*notify, raw, now);
  if (std::holds_alternative<CacheReset>(pdu)) {
    if (asked_ == Asked::changes && !answer_) return ask_everything(now);
    return refuse(ErrorCode::corrupt_data, "Cache Reset answers a Serial Query", raw.whole);
  }
  if (std::holds_alternative<SerialQuery>(pdu) || std::holds_alternative<ResetQuery>(pdu)) {
    return refuse(ErrorCode::invalid_request, "this is a router", raw.whole);
  }
  on_payload(pdu, raw);
}

void ClientSession::on_error(const ErrorReport& report, std::uint8_t version, Instant now) {
  trouble_ = "the cache says: " + sentence_of(report);
  if (report.code == ErrorCode::no_data_available) {
    says_no_data_ = true;
    agreed_ |= version == version_;
    asked_ = Asked::nothing;
    answer_.reset();
    query_at_ = now + backoff();
    return;
  }
  if (report.code == ErrorCode::unsupported_version && !agreed_ && version_ > options_.oldest) {
    version_ = version < version_ && version >= options_.oldest ? version : version_ - 1;
    guessed_ = false;
    must_reset_ = dial_soon_ = true;
    return ask_everything(now);  // on this connection, unless the cache closes it
  }
  if (report.code == ErrorCode::unsupported_version && !agreed_) version_ = options_.newest;
  must_reset_ = true;
  end(trouble_);
}

void ClientSession::on_response(const CacheResponse& response, const RawPdu& raw) {
  if (asked_ == Asked::nothing || answer_) {
    return refuse(ErrorCode::corrupt_data, "an answer to nothing that was asked", raw.whole);
  }
  if (asked_ == Asked::changes && response.session != epoch_->session) {
    return refuse(ErrorCode::corrupt_data, "that is not the session that was asked for", raw.whole);
  }
  dial_soon_ = false;
  answer_session_ = response.session;
  confirmed_ = true;
  answer_.emplace(asked_ == Asked::changes, options_.limits);
}

void ClientSession::on_payload(const Pdu& pdu, const RawPdu& raw) {
  if (!answer_) return refuse(ErrorCode::corrupt_data, "it stands outside of an answer", raw.whole);
  if (const auto added = answer_->add(pdu); !added) refuse(added.error().code, added.error().text, raw.whole);
}

void ClientSession::on_end(const EndOfData& end, const RawPdu& raw, Instant now) {
  if (!answer_) return refuse(ErrorCode::corrupt_data, "the end of no answer", raw.whole);
  if (end.session != answer_session_) return refuse(ErrorCode::corrupt_data, "the end of another session", raw.whole);
  const bool incremental = asked_ == Asked::changes;
  if (incremental && is_before(end.serial, epoch_->serial)) {
    return refuse(ErrorCode::corrupt_data, "the serial went back", raw.whole);
  }
  bool changed = false;
  Assembly answer = *std::exchange(answer_, std::nullopt);
  auto whole = std::move(answer).finish(payload_.value_or(Payload()), changed);
  if (!whole) {
    ByteWriter out;
    (void)encode_pdu(whole.error().pdu, version_, out);
    return refuse(whole.error().fault.code, whole.error().fault.text, out.written());
  }
  changed_ |= changed || !payload_;
  payload_ = *std::move(whole);
  const Epoch epoch{version_, end.session, end.serial};
  if (epoch_ != epoch) moved_ = now;
  epoch_ = epoch;
  intervals_ = bounded(end.intervals.value_or(Intervals()));
  answered_ = now;
  expires_ = now + seconds(intervals_.expire);
  query_at_ = now + seconds(intervals_.refresh);
  asked_ = Asked::nothing;
  must_reset_ = says_no_data_ = false;
  raise_ = guessed_;
  failures_ = 0;
  trouble_.clear();
  if (notified_ && *notified_ != end.serial) ask(now);
  notified_.reset();
}

void ClientSession::on_notify(const SerialNotify& notify, const RawPdu& raw, Instant now) {
  if (asked_ != Asked::nothing) {
    notified_ = notify.serial;
    return;
  }
  if (payload_ && notify.session != epoch_->session) {
    if (!confirmed_) return ask_everything(now);
    return refuse(ErrorCode::corrupt_data, "that is not the session of what is held", raw.whole);
  }
  if (!payload_ || notify.serial != epoch_->serial) ask(now);
}

// Tells the cache, and starts anew with everything; what is held stays until that has come, or it expires.
void ClientSession::refuse(ErrorCode code, std::string_view text, Bytes pdu) {
  ++damaged_;
  ByteWriter out;
  (void)encode_pdu(ErrorReport{code, pdu.first(std::min(pdu.size(), kMostEchoed)), text}, version_, out);
  sending_.insert(sending_.end(), out.written().begin(), out.written().end());
  must_reset_ = true;
  // Caches that speak a version 2 of some early draft: VRPs can still be had from them.
  if (pdu.size() > 1 && pdu[1] == kAspaType && version_ == 2 && options_.oldest < 2) {
    version_ = 1;
    dial_soon_ = true;
  }
  end("told the cache: " + std::string(error_name(code)) + ": " + std::string(text));
}

void ClientSession::end(std::string why) {
  ended_ = true;
  asked_ = Asked::nothing;
  answer_.reset();
  trouble_ = std::move(why);
}

}  // namespace fairway::rtr
