// Options: what a command takes, declared, and from that the parser, the help page and the error messages. Values land
// in the variables that were bound; a variable keeps what it held where its option is absent, so it holds the default.
//
//   std::string format = "text";
//   std::vector<std::string> files;
//   Options options("judge", "fairway judge --rpki vrps.json rib.bz2");
//   options.choice("--format", format, {"text", "json"}, "form of the answer");
//   options.positionals("FILE", files, "MRT files; - is standard input");
//   if (const auto code = options.parse(arguments, out, err)) return *code;
//
// A group of options that several commands share is a function that declares them: `void declare(Options&,
// WorldOptions&)`.
#pragma once

#include <charconv>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/fairway/command.h"
#include "base/text.h"

namespace fairway {

class Options {
 public:
  // Takes one value as it was typed. Returns nothing if it is fine, else what is wrong with it: "is not a prefix".
  using Accept = std::function<std::optional<std::string>(const std::string& value)>;

  // `name` as in the table of commands; `example` one or more lines that a reader can type.
  Options(std::string_view name, std::string_view example);
  ~Options();
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  // Options declared from here on stand under this heading of the help page.
  void group(std::string_view heading);

  // `names` are "--long" or "-s,--long"; `placeholder` is what the help page shows for the value: "FILE".
  void flag(const std::string& names, bool& value, const std::string& help);
  void text(const std::string& names, std::string& value, const std::string& placeholder, const std::string& help);
  void text(const std::string& names, std::optional<std::string>& value, const std::string& placeholder,
            const std::string& help);
  // May be given more than once.
  void list(const std::string& names, std::vector<std::string>& values, const std::string& placeholder,
            const std::string& help);
  void choice(const std::string& names, std::string& value, std::vector<std::string> words, const std::string& help);
  void value(const std::string& names, const std::string& placeholder, const std::string& help, Accept accept,
             bool repeatable = false);
  // A decimal number from `least` to `most`.
  template <class T>
  void number(const std::string& names, T& value, const std::string& placeholder, const std::string& help,
              T least = std::numeric_limits<T>::lowest(), T most = std::numeric_limits<T>::max()) {
    this->value(names, placeholder, help,
                [&value, least, most](const std::string& typed) -> std::optional<std::string> {
                  const auto number = parse_number<T>(typed);
                  if (number && *number >= least && *number <= most) {
                    value = *number;
                    return std::nullopt;
                  }
                  return "is not a number from " + std::to_string(least) + " to " + std::to_string(most);
                });
  }
  // A value that `parse` reads, std::optional<T>(std::string_view); `what` completes "is not ...".
  template <class Target, class Parse>
  void parsed(const std::string& names, Target& target, const std::string& placeholder, const std::string& help,
              Parse parse, const std::string& what) {
    value(names, placeholder, help, [&target, parse, what](const std::string& typed) -> std::optional<std::string> {
      auto result = parse(std::string_view(typed));
      if (!result) return "is not " + what;
      target = *std::move(result);
      return std::nullopt;
    });
  }

  // Positional arguments, in the order of their declaration.
  void positional(const std::string& name, std::string& value, const std::string& help, bool required = true);
  void positionals(const std::string& name, std::vector<std::string>& values, const std::string& help,
                   std::size_t least = 1);

  // Reads the arguments. An exit code if the command ends here: help was asked for (written to `out`) or the arguments
  // make no sense (said on `err`). Call once.
  std::optional<ExitCode> parse(Arguments arguments, Output& out, Output& err);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway
