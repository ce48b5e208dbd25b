#include "core/session/bmp/session.h"

#include <algorithm>
#include <numeric>

#include "core/session/bmp/session_state.h"

namespace fairway::bmp {

namespace {

constexpr std::size_t kMostText = 255, kMostTexts = 16;

std::string text_of(const Tlv& tlv) {
  std::string text(as_text(tlv.octets()).substr(0, kMostText));
  while (!text.empty() && (text.back() == '\0' || is_blank(text.back()))) text.pop_back();
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';  // it names things
  }
  return text;
}

}  // namespace

std::uint64_t SessionCounters::all_messages() const {
  return std::accumulate(messages.begin(), messages.end(), std::uint64_t{0});
}

Session::Session(bgp::AttributeCache& cache, const SessionOptions& options)
    : state_(std::make_unique<State>(cache, options)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;

bool Session::ended() const { return state_->ended; }
const std::string& Session::end_reason() const { return state_->end_reason; }
const RouterIdentity& Session::router() const { return state_->router; }
const SessionCounters& Session::counters() const { return state_->counters; }
std::span<const std::unique_ptr<Neighbour>> Session::neighbours() const { return state_->neighbours; }

Result<void> Session::receive(Bytes octets, Instant now, SessionSink& sink) {
  State& state = *state_;
  state.counters.octets += octets.size();
  if (state.ended) return {};
  state.pending.append(octets);
  Cursor cursor(state.pending.bytes(), state.offset);
  state.now = now;
  state.sink = &sink;
  Result<void> result;
  while (!state.ended) {
    const auto raw = next_message(cursor);
    if (raw) {
      state.take(*raw);
      continue;
    }
    if (raw.error().kind != ErrorKind::truncated) {
      result = std::unexpected(raw.error());
      state.ended = true;
    }
    break;
  }
  // What is left of a message waits in front.
  const Bytes rest = cursor.rest();
  state.offset = cursor.offset();
  if (!rest.empty()) std::memmove(state.pending.data(), rest.data(), rest.size());
  state.pending.resize(rest.size());
  return result;
}

void Session::close(Instant now, SessionSink& sink) {
  state_->now = now;
  state_->sink = &sink;
  state_->ended = true;
  for (const auto& neighbour : state_->neighbours) {
    if (neighbour->standing == Standing::down) continue;
    state_->tell_down(*neighbour);
    neighbour->standing = Standing::down;
    neighbour->since = now;
    neighbour->down_reason = "the connection with the router was lost";
  }
}

void Session::State::damage(Error error) {
  ++counters.damaged;
  if (!router.name.empty()) error.text = router.name + ": " + error.text;
  sink->on_damage(error);
}

void Session::State::take(const RawMessage& raw) {
  ++counters.messages[std::min<std::size_t>(static_cast<std::size_t>(raw.type), counters.messages.size() - 1)];
  at = raw.body.offset() - kHeaderSize;
  cache.trim();
  auto message = decode_message(raw);
  if (!message) return damage(std::move(message.error()));
  std::visit([this](const auto& one) { take(one); }, *message);
}

void Session::State::take(const Initiation& message) {
  router.texts.clear();
  for (const Tlv& tlv : message.information) {
    if (tlv.type == kSysName) router.name = text_of(tlv);
    if (tlv.type == kSysDescr) router.description = text_of(tlv);
    if (tlv.type == kString && router.texts.size() < kMostTexts) router.texts.push_back(text_of(tlv));
  }
}

void Session::State::take(const Termination& message) {
  const auto reason = number_of(message.information, kReason);
  end_reason = reason ? to_string(static_cast<TerminationReason>(*reason)) : "unspecified";
  if (const Tlv* text = find_tlv(message.information, kString)) end_reason += ": " + text_of(*text);
  ended = true;
}

void Session::State::take(const StatisticsReport& message) {
  if (Neighbour* neighbour = find_or_add(message.peer)) neighbour->take(message, now);
}

void Session::State::take(const RouteMirroring& message) {
  ++counters.mirrored;
  const auto said = number_of(message.tlvs, kMirrorInformation);
  if (said == kErroredPdu) ++counters.mirrored_errors;
  if (said == kMessagesLost) ++counters.mirrored_losses;
}

}  // namespace fairway::bmp
