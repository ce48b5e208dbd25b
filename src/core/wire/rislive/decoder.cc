#include "core/wire/rislive/decoder.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "core/wire/bgp/message.h"
#include "core/wire/bgp/route_update.h"
#include "core/wire/rislive/fields.h"

namespace fairway::rislive {

namespace {

using simdjson::dom::element;

std::unexpected<Error> malformed(std::string what) { return fail(ErrorKind::malformed, std::move(what)); }

std::optional<int> digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

bool read_hexadecimal(std::string_view text, Buffer& into) {
  if (text.size() % 2 != 0) return false;
  into.resize(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = digit_of(text[i]), low = digit_of(text[i + 1]);
    if (!high || !low) return false;
    into.data()[i / 2] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return true;
}

// Seconds since 1970, with a fraction; RIS is not older than the year 1999, and numbers far from that are none.
std::optional<Instant> read_time(element data) {
  double seconds = 0;
  if (data["timestamp"].get(seconds) != simdjson::SUCCESS || !(seconds >= 0 && seconds < 1e11)) return std::nullopt;
  return Instant{std::llround(seconds * 1e6)};
}

Kind kind_of(std::string_view type) {
  if (type == "UPDATE") return Kind::update;
  if (type == "RIS_PEER_STATE" || type == "STATE") return Kind::peer_state;
  if (type == "OPEN" || type == "NOTIFICATION" || type == "KEEPALIVE") return Kind::session;
  return Kind::unknown;
}

}  // namespace

struct Decoder::State {
  simdjson::dom::parser parser;
  Buffer text, octets;
  bgp::AttributeCache cache;
  bgp::RouteUpdateReader reader;
  bgp::RouteUpdate update;
  Fields fields;
  std::vector<RouteEvent> events;

  Result<Message> read(element document);
  Result<Message> heard(element data);
  bool read_octets(std::string_view hexadecimal, const RouteEvent& like);
  bool read_body(const Cursor& body, bool four_octet_asns);
  Result<void> read_state(element data, const RouteEvent& like);

  const AsPath* path() const {
    const auto* set = update.reach_attributes != nullptr ? update.reach_attributes : update.attributes;
    return set == nullptr ? nullptr : &set->attributes.as_path;
  }
};

// Whether it could be read as it must be, its path above all.
bool Decoder::State::read_body(const Cursor& body, bool four_octet_asns) {
  bgp::Encoding encoding;
  encoding.four_octet_asns = four_octet_asns;
  reader.read(body, encoding, cache, update);
  const auto spoils = [](const bgp::Finding& finding) { return finding.attribute == 2 || finding.attribute == 17; };
  return update.complete && std::ranges::none_of(update.findings, spoils);
}

// The octets do not say how many of them an AS takes: the path among the fields tells.
bool Decoder::State::read_octets(std::string_view hexadecimal, const RouteEvent& like) {
  if (!read_hexadecimal(hexadecimal, octets)) return false;
  Cursor cursor(octets.bytes());
  const auto message = bgp::next_message(cursor, true);
  if (!message || message->type != bgp::MessageType::update) return false;
  const auto agrees = [&] { return path() == nullptr || !fields.path || *path() == *fields.path; };
  const bool fine = read_body(message->body, true);
  if (!fine || !agrees()) {
    const auto neighbour = [](const AsPath* path) { return path == nullptr ? std::nullopt : path->neighbour(); };
    const bool short_asns = read_body(message->body, false) && fields.path && neighbour(path()).has_value() &&
                            neighbour(path()) == fields.path->neighbour();
    if (!short_asns && (!fine || !read_body(message->body, true))) return false;
  }
  RouteEvent event = like;
  bgp::for_each_event(update, event, [&](const RouteEvent& one) { events.push_back(one); });
  return true;
}

Result<void> Decoder::State::read_state(element data, const RouteEvent& like) {
  std::string_view state;
  if (data["state"].get(state) != simdjson::SUCCESS) return malformed("a state that is not named");
  const bool up = state == "connected" || state == "up" || state == "established";
  if (!up && state != "down") return malformed("the state of a session is '" + std::string(state) + "'");
  RouteEvent event = like;
  event.kind = EventKind::state;
  const auto established = static_cast<std::uint16_t>(SessionState::established);
  const auto idle = static_cast<std::uint16_t>(SessionState::idle);
  event.old_state = up ? idle : established;
  event.new_state = up ? established : idle;
  events.push_back(event);
  return {};
}

Result<Message> Decoder::State::heard(element data) {
  Message message;
  std::string_view type, peer, raw;
  if (data["type"].get(type) != simdjson::SUCCESS) return malformed("a message without a type");
  message.kind = kind_of(type);
  if (data["host"].get(message.collector) != simdjson::SUCCESS) return malformed("a message without a collector");
  message.collector = message.collector.substr(0, message.collector.find('.'));  // "rrc00.ripe.net"
  if (data["id"].get(message.id) != simdjson::SUCCESS) message.id = {};
  const auto time = read_time(data);
  const auto address = data["peer"].get(peer) == simdjson::SUCCESS ? parse_ip(peer) : std::nullopt;
  const auto asn = read_asn(data["peer_asn"]);
  if (!time || !address || !asn) return malformed("a message without its time, or its peer's address and AS");
  message.time = *time;
  message.peer.address = *address;
  message.peer.asn = *asn;
  RouteEvent like;
  like.time = like.originated = message.time;
  like.peer = message.peer;
  if (message.kind == Kind::peer_state) {
    if (const auto read = read_state(data, like); !read) return std::unexpected(read.error());
  } else if (message.kind == Kind::update) {
    if (data["raw"].get(raw) == simdjson::SUCCESS) {
      static_cast<void>(fields.read_path(data));  // without one the octets stand alone
      message.exact = read_octets(raw, like);
    }
    if (!message.exact) {
      if (const auto read = fields.read(data); !read) return std::unexpected(read.error());
      fields.append_to(events, like);
    }
  }
  message.events = events;
  return message;
}

Result<Message> Decoder::State::read(element document) {
  std::string_view type;
  element data;
  if (document["type"].get(type) != simdjson::SUCCESS) return malformed("an object without a type");
  const bool has_data = document["data"].get(data) == simdjson::SUCCESS;
  if (type == "ris_message") return has_data ? heard(data) : malformed("a message without data");
  Message message;
  if (type == "ris_error") {
    message.kind = Kind::error;
    if (!has_data || data["message"].get(message.text) != simdjson::SUCCESS) message.text = "an error without a text";
  } else if (type == "pong") {
    message.kind = Kind::pong;
  } else if (type == "ris_rrc_list") {
    message.kind = Kind::collectors;
  } else if (type == "ris_subscribe_ok") {
    message.kind = Kind::subscribed;
  }
  return message;
}

Decoder::Decoder() : state_(std::make_unique<State>()) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

Result<Message> Decoder::decode(std::string_view json) {
  State& state = *state_;
  state.events.clear();
  state.cache.trim();
  state.text.clear();
  state.text.append(as_bytes(json));
  element document;
  const auto error = state.parser.parse(state.text.data(), state.text.size(), false).get(document);
  if (error != simdjson::SUCCESS) return malformed(std::string("no JSON: ") + simdjson::error_message(error));
  return state.read(document);
}

}  // namespace fairway::rislive
