// fairway data: the published tables that everything else judges by.
#include "apps/fairway/cmd_data.h"

#include "apps/fairway/options.h"

namespace fairway {

std::string age_text(Duration age) {
  const bool ahead = age.microseconds < 0;
  const std::int64_t minutes = (ahead ? -age.microseconds : age.microseconds) / seconds(60).microseconds;
  const std::string text = minutes < 120    ? std::to_string(minutes) + " min"
                           : minutes < 2880 ? std::to_string(minutes / 60) + " h"
                                            : std::to_string(minutes / 1440) + " d";
  return ahead ? "in " + text : text;
}

namespace commands {

ExitCode data(Arguments arguments, Output& out, Output& err) {
  if (!arguments.empty() && arguments[0] == "list") return data_list(arguments.subspan(1), out, err);
  if (!arguments.empty() && arguments[0] == "update") return data_update(arguments.subspan(1), out, err);
  std::string verb;
  Options options("data", "fairway data update\nfairway data list\nfairway data update --help");
  options.positional("VERB", verb,
                     "list: what is in the data directory, and how old; update: fetch what is public into it");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  err.line("fairway data: there is no verb '" + verb + "'; there are list and update");
  return ExitCode::failure;
}

}  // namespace commands

}  // namespace fairway
