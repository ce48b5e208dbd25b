// Configuration: a router's configuration, read: its BGP sessions, and their filters to be asked. It interprets the
// language of the router; it knows nothing of whoever wrote the text, and shares no code with the emitters
// (core/report/routerconfig), so that it can prove what they wrote.
//
// BIRD as of 2.0.12, OpenBGPD as of 7.7, FRR as of 8.4, Junos, IOS-XR.
//
// Any text may come. What is not understood is a Complaint, and the decisions that rest on it are `unknown`. Reading is
// linear in the text; asking a set is logarithmic in its size. Const for ever, shareable between threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/prefix_range.h"
#include "core/model/probe.h"
#include "core/model/router_session.h"

namespace fairway::reader {

enum class Dialect : std::uint8_t { bird2, openbgpd, frr, junos, iosxr };

inline constexpr std::size_t kDialects = 5;

std::string_view to_string(Dialect dialect);  // "bird", "openbgpd", "frr", "junos", "iosxr"
std::optional<Dialect> parse_dialect(std::string_view text);
// By the words that begin its lines.
std::optional<Dialect> guess_dialect(std::string_view text);

// A list or set of prefixes that has a name.
struct NamedPrefixSet {
  struct Entry {
    PrefixRange range;
    std::uint32_t line = 0;
    bool permit = true;  // false: a deny entry of an ordered list
  };
  std::string name;
  std::uint32_t line = 0;
  std::vector<Entry> entries;  // as written, in order
};

// A set of ASNs that has a name.
struct NamedAsnSet {
  std::string name;
  std::uint32_t line = 0;
  std::vector<std::pair<Asn, Asn>> ranges;  // as written, in order; first and last of each
};

// What was not understood.
struct Complaint {
  std::uint32_t line = 0;
  std::string text;  // "unknown statement: ..."
};

// The text of a file that a configuration includes, by the name it stands there with; nothing: there is none.
using Includes = std::function<std::optional<std::string>(std::string_view name)>;

class Interpreter;

// Where ROV has its data from.
struct ValidationSource {
  bool rtr = false;     // a session to a cache (RFC 8210)
  bool listed = false;  // VRPs written into the configuration
  std::uint32_t line = 0;
};

class Configuration {
 public:
  // Fails where the text has no structure: a bracket, a quotation or a comment that does not end. `where` is a line.
  static Result<Configuration> read(std::string_view text, Dialect dialect, const Includes& includes = {});

  Dialect dialect() const { return dialect_; }
  std::span<const RouterSession> sessions() const { return sessions_; }
  std::span<const NamedPrefixSet> prefix_sets() const { return prefix_sets_; }
  std::span<const NamedAsnSet> asn_sets() const { return asn_sets_; }
  std::span<const Complaint> complaints() const { return complaints_; }  // by line
  const ValidationSource& validation() const { return validation_; }

  // What the session's filter says to a route. `session` is one of sessions(). The family is the probe's.
  Decision decide(const RouterSession& session, Direction direction, const Probe& probe) const;

 private:
  friend struct Reading;

  Dialect dialect_ = Dialect::bird2;
  std::vector<RouterSession> sessions_;
  std::vector<NamedPrefixSet> prefix_sets_;
  std::vector<NamedAsnSet> asn_sets_;
  std::vector<Complaint> complaints_;
  ValidationSource validation_;
  std::shared_ptr<const Interpreter> interpreter_;
};

}  // namespace fairway::reader
