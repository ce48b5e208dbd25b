// What a reader of a dialect hands over, and how filters run where something is in doubt.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/wire/routerconfig/configuration.h"

namespace fairway::reader {

// Something that is not understood may hold or not. A filter is run again and again until every combination of answers
// was tried, or too many were: only what all runs agree on is known.
class Doubt {
 public:
  // The answer of this run. `line` and `why` say what is not understood.
  bool ask(std::uint32_t line, std::string_view why) {
    if (!asked_) {
      line_ = line;
      why_ = why;
      asked_ = true;
    }
    if (at_ == answers_.size()) answers_.push_back(false);
    return answers_[at_++];
  }

  // Whether there is another run. To be called behind each.
  bool again() {
    while (!answers_.empty() && answers_.back()) answers_.pop_back();
    at_ = 0;
    if (answers_.empty()) return false;
    answers_.back() = true;
    return true;
  }

  // One step of a filter, of all the runs together. False: there were too many for one decision.
  bool work() { return work_ > 0 && --work_ > 0; }

  bool asked() const { return asked_; }
  std::uint32_t line() const { return line_; }
  const std::string& why() const { return why_; }

 private:
  std::vector<bool> answers_;
  std::size_t at_ = 0;
  std::size_t work_ = 100'000;
  bool asked_ = false;
  std::uint32_t line_ = 0;
  std::string why_;
};

// The filters of one configuration.
class Interpreter {
 public:
  virtual ~Interpreter() = default;
  // One run. `session` is the index of one of the sessions.
  virtual Decision run(std::size_t session, Direction direction, const Probe& probe, Doubt& doubt) const = 0;
};

struct Reading {
  std::vector<RouterSession> sessions;
  std::vector<NamedPrefixSet> prefix_sets;
  std::vector<NamedAsnSet> asn_sets;
  std::vector<Complaint> complaints;
  ValidationSource validation;
  std::shared_ptr<const Interpreter> interpreter;

  void complain(std::uint32_t line, std::string text);
  // What is not understood is told up to this many times.
  static constexpr std::size_t kMostComplaints = 10000;

  static Configuration finish(Reading reading, Dialect dialect);
};

// One function for each dialect.
Result<Reading> read_bird(std::string_view text, const Includes& includes);
Result<Reading> read_frr(std::string_view text);
Result<Reading> read_iosxr(std::string_view text);
Result<Reading> read_junos(std::string_view text);
Result<Reading> read_openbgpd(std::string_view text, const Includes& includes);

Result<Reading> read_dialect(std::string_view text, Dialect dialect, const Includes& includes);

}  // namespace fairway::reader
