#include "core/session/rtr/server_session.h"

#include <algorithm>

namespace fairway::rtr {

namespace {

constexpr unsigned kMostRefusedVersions = 4;  // then the router does not understand what it is told
constexpr std::size_t kMostEchoed = 128;      // octets of an erroneous PDU

Octets octets_of(const Pdu& pdu, std::uint8_t version) {
  ByteWriter out;
  (void)encode_pdu(pdu, version, out);
  return std::make_shared<const std::vector<std::uint8_t>>(out.release());
}

// What a router may send.
bool asks(std::uint8_t type) { return type == 1 || type == 2 || type == 10; }

}  // namespace

Octets ServerSession::answer(const Cache& cache) {
  Octets sent;
  std::size_t used = 0;
  while (!sent && !ended_) {
    const std::size_t before = used;
    sent = take_next(cache, used);
    if (used == before) break;
  }
  if (ended_) used = waiting_.size();
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(used));
  return sent;
}

Octets ServerSession::take_next(const Cache& cache, std::size_t& used) {
  Cursor stream(Bytes(waiting_).subspan(used));
  if (stream.left() < kHeaderSize) return nullptr;
  const Bytes header = stream.rest().first(kHeaderSize);
  const std::uint8_t type = header[1];
  const auto raw = next_pdu(stream);
  if (!raw) {
    if (raw.error().kind == ErrorKind::malformed) return report(ErrorCode::corrupt_data, raw.error().text, header);
    // What is refused anyway is not waited for.
    return asks(type) ? nullptr : report(ErrorCode::invalid_request, "only queries are answered", header);
  }
  used = waiting_.size() - stream.left();
  if (type == 10) {
    const auto told = decode_pdu(*raw);
    const auto* error = told ? std::get_if<ErrorReport>(&*told) : nullptr;
    hear(error != nullptr ? *error : ErrorReport{});
    return nullptr;
  }
  if (version_ && raw->version != *version_) {
    return report(ErrorCode::unexpected_version, "another version was agreed on", raw->whole);
  }
  if (raw->version > newest_) {
    if (++refused_versions_ >= kMostRefusedVersions) ended_ = true;
    return report(ErrorCode::unsupported_version, "the newest version here is that of this report", raw->whole);
  }
  const auto pdu = decode_pdu(*raw);
  if (!pdu) return report(pdu.error().code, pdu.error().text, raw->whole);
  return query(cache, *raw, *pdu);
}

Octets ServerSession::query(const Cache& cache, const RawPdu& raw, const Pdu& pdu) {
  const auto* serial_query = std::get_if<SerialQuery>(&pdu);
  if (serial_query == nullptr && !std::holds_alternative<ResetQuery>(pdu)) {
    return report(ErrorCode::invalid_request, "only queries are answered", raw.whole);
  }
  ++queries_;
  version_ = raw.version;
  const std::uint8_t version = raw.version;
  if (!cache.has_data()) return report(ErrorCode::no_data_available, "no data that is fresh enough", raw.whole);
  if (serial_query == nullptr) {
    knows_session_ = true;
    told_ = cache.serial(version);
    return cache.everything(version);
  }
  if (serial_query->session != cache.session(version)) {
    if (knows_session_) return report(ErrorCode::corrupt_data, "that is not the session of this cache", raw.whole);
    return octets_of(CacheReset{}, version);
  }
  knows_session_ = true;
  Octets change = cache.since(version, serial_query->serial);
  if (!change) return octets_of(CacheReset{}, version);
  told_ = cache.serial(version);
  return change;
}

Octets ServerSession::notify(const Cache& cache) {
  if (!version_ || ended_ || !cache.has_data()) return nullptr;
  const std::uint32_t serial = cache.serial(*version_);
  if (told_ == serial) return nullptr;
  told_ = serial;
  return octets_of(SerialNotify{cache.session(*version_), serial}, *version_);
}

Octets ServerSession::report(ErrorCode code, std::string_view text, Bytes pdu) {
  trouble_ = "told the router: " + std::string(error_name(code)) + ": " + std::string(text);
  if (code != ErrorCode::unsupported_version && is_fatal(code)) ended_ = true;
  const Bytes echoed = pdu.first(std::min(pdu.size(), kMostEchoed));
  return octets_of(ErrorReport{code, echoed, text}, version_.value_or(newest_));
}

void ServerSession::hear(const ErrorReport& report) {
  trouble_ = "the router says: " + sentence_of(report);
  if (is_fatal(report.code)) ended_ = true;
}

}  // namespace fairway::rtr
