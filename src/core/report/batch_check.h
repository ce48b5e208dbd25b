// BatchCheck: the questions of `check --batch` answered, a run of lines at a time. The answers stand in the order of
// the lines; a line that cannot be read has an answer that says so. For one thread: it remembers paths. The World must
// outlive it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/report/batch_line.h"
#include "core/report/verdict.h"

namespace fairway {

enum class BatchFormat : std::uint8_t { tsv, json, text };

class BatchCheck {
 public:
  BatchCheck(const World& world, BatchFormat format) : world_(world), format_(format) {}

  // A line that cannot be read: its number within the run, from 1, and what is wrong.
  struct Wrong {
    std::uint64_t line = 0;
    std::string text;
  };

  // Appends to `out` the answers to `lines` (each with its line feed; the last may lack it) and to `wrong` what is
  // wrong. How many lines there were.
  std::uint64_t answer(std::string_view lines, std::string& out, std::vector<Wrong>& wrong);

 private:
  struct Pending {  // a line of the batch at hand
    bool readable = false, has_prefix = false;
  };
  void add(const RouteQuestion& question);
  void tell(const RouteQuestion& question, std::string& out);
  void flush(std::string& out);
  RouteJudge& judge_for(const Vantage& vantage);

  const World& world_;
  const BatchFormat format_;
  std::array<std::unique_ptr<RouteJudge>, 7> judges_;  // by the neighbour's role; 0: a collector
  std::vector<Pending> pending_;
  std::vector<RouteJudge::Route> routes_;  // of those with a prefix
  std::vector<PathPart> paths_;            // of those without
  std::vector<RouteVerdict> verdicts_;
  RouteQuestion usual_;
};

}  // namespace fairway
