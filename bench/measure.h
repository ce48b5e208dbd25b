// The words of every task: the clock, other programs, and the rows of the report.
//
// A task prints what it does as text, and each figure that somebody may quote as a row of bench/README.md's table:
//
//   | wall time beside dump's | 1.12 times | at most 1.3 | met |
//
// A wrong answer ends the task; a bar that is not met does not: machines differ.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"

namespace fairway::bench {

// Says why on standard error and ends the task with exit code 1.
[[noreturn]] void leave(const std::string& why);

template <class T>
T expect(Result<T> result) {
  if (!result) leave(result.error().text);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// Makes the compiler believe that somebody needs it.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "m"(value) : "memory");
}

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Seconds of the fastest of so many runs of `work`.
template <class Work>
double fastest(int runs, Work work) {
  double best = std::numeric_limits<double>::max();
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, seconds_since(begin));
  }
  return best;
}

struct Cost {
  double wall = std::numeric_limits<double>::max(), cpu = wall;  // seconds
};

inline void keep_better(Cost& best, const Cost& cost) {
  if (cost.wall < best.wall) best = cost;
}

// What it cost to run a program with its output going to the descriptor `out`. Its standard error goes nowhere, or into
// `told`. Leaves if the program does not end with 0.
Cost run(const std::vector<std::string>& words, int out, std::string* told = nullptr);
// A descriptor that throws everything away.
int nowhere();
inline Cost run(const std::vector<std::string>& words) { return run(words, nowhere()); }
// Of a program's standard error: "timing: WHAT 0.812 s" -> 0.812. Leaves if it does not say so.
double seconds_of_timing(const std::string& told, const std::string& what);
// What this process has used so far, all threads together, in seconds.
double cpu_used();

// What a program printed.
struct Answer {
  std::uint64_t lines = 0, octets = 0, hash = 0;
  bool operator==(const Answer&) const = default;
};
Answer answer_of(const std::vector<std::string>& words);
std::string text_of(const std::vector<std::string>& words);

struct Bar {
  enum class Kind { at_most, at_least } kind;
  double limit;
};
inline Bar at_most(double limit) { return {Bar::Kind::at_most, limit}; }
inline Bar at_least(double limit) { return {Bar::Kind::at_least, limit}; }

// One row; `unit` as it stands behind the figure. Without a bar it is there to be compared.
void row(const std::string& what, double figure, const char* unit, std::optional<Bar> bar = {});

}  // namespace fairway::bench
