#include "apps/fairway/options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

namespace fairway {

struct Options::State {
  CLI::App app;
  std::string name;
  std::string heading = "Options";
  std::vector<std::string> words;  // every option's long name, for suggestions
  std::string wrong;               // what an Accept said about which value
};

namespace {

std::string_view summary_of(std::string_view name) {
  for (const Command& command : all_commands()) {
    if (command.name == name) return command.summary;
  }
  return {};
}

// "--fromat" -> "--format", if one of `words` is near enough to have been meant.
std::string suggestion(const std::vector<std::string>& words, std::string_view typed) {
  typed = typed.substr(0, typed.find('='));
  const std::string* best = nullptr;
  unsigned least = std::max<unsigned>(1, static_cast<unsigned>(typed.size()) / 3);
  for (const std::string& word : words) {
    const unsigned distance = edit_distance(typed, word);
    if (distance > least || (best != nullptr && distance == least)) continue;
    best = &word;
    least = distance;
  }
  return best == nullptr ? "" : "; did you mean " + *best + "?";
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) out.append("  ").append(cut(text, '\n')).append("\n");
  return out;
}

}  // namespace

Options::Options(std::string_view name, std::string_view example) : state_(std::make_unique<State>()) {
  state_->name = name;
  CLI::App& app = state_->app;
  app.name("fairway " + state_->name);
  std::string summary(summary_of(name));
  if (!summary.empty()) summary[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(summary[0])));
  app.description(summary);
  app.footer("Example:\n" + indented(example));
  app.set_help_flag();  // declared last, so that it stands last
  app.get_formatter()->column_width(34);
}

Options::~Options() = default;

void Options::group(std::string_view heading) { state_->heading = heading; }

void Options::flag(const std::string& names, bool& value, const std::string& help) {
  state_->app.add_flag(names, value, help)->group(state_->heading);
  state_->words.push_back(names.substr(names.find("--")));
}

void Options::value(const std::string& names, const std::string& placeholder, const std::string& help, Accept accept,
                    bool repeatable) {
  const bool is_option = names.starts_with('-');
  const std::string shown = is_option ? names.substr(names.find("--")) : names;
  CLI::callback_t take = [this, shown, accept = std::move(accept)](const CLI::results_t& typed) {
    for (const std::string& one : typed) {
      if (const auto wrong = accept(one)) {
        state_->wrong = shown + ": '" + one + "' " + *wrong;
        return false;
      }
    }
    return true;
  };
  CLI::Option* option = state_->app.add_option(names, std::move(take), help);
  option->type_name(placeholder);
  if (repeatable) {
    option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  } else {
    option->expected(1);
  }
  if (is_option) {
    option->group(state_->heading);
    state_->words.push_back(shown);
  }
}

void Options::text(const std::string& names, std::string& value, const std::string& placeholder,
                   const std::string& help) {
  this->value(names, placeholder, help, [&value](const std::string& typed) {
    value = typed;
    return std::nullopt;
  });
}

void Options::text(const std::string& names, std::optional<std::string>& value, const std::string& placeholder,
                   const std::string& help) {
  this->value(names, placeholder, help, [&value](const std::string& typed) {
    value = typed;
    return std::nullopt;
  });
}

void Options::list(const std::string& names, std::vector<std::string>& values, const std::string& placeholder,
                   const std::string& help) {
  const auto take = [&values](const std::string& typed) -> std::optional<std::string> {
    values.push_back(typed);
    return std::nullopt;
  };
  value(names, placeholder, help + " (may be repeated)", take, true);
}

void Options::choice(const std::string& names, std::string& value, std::vector<std::string> words,
                     const std::string& help) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : "|") + word;
  const std::string text = help + (value.empty() ? "" : " (default " + value + ")");
  this->value(names, all, text,
              [&value, words = std::move(words), all](const std::string& typed) -> std::optional<std::string> {
                if (std::find(words.begin(), words.end(), typed) == words.end()) return "is not one of " + all;
                value = typed;
                return std::nullopt;
              });
}

void Options::positional(const std::string& name, std::string& value, const std::string& help, bool required) {
  text(name, value, "", help);
  if (required) state_->app.get_option(name)->required();
}

void Options::positionals(const std::string& name, std::vector<std::string>& values, const std::string& help,
                          std::size_t least) {
  const auto take = [&values](const std::string& typed) -> std::optional<std::string> {
    values.push_back(typed);
    return std::nullopt;
  };
  value(name, "", help, take, true);
  CLI::Option* option = state_->app.get_option(name);
  option->expected(static_cast<int>(least), CLI::detail::expected_max_vector_size)
      ->allow_extra_args()
      ->required(least != 0);
}

std::optional<ExitCode> Options::parse(Arguments arguments, Output& out, Output& err) {
  state_->app.set_help_flag("-h,--help", "this page")->group("Other");
  std::string wrong;
  try {
    state_->app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    std::string page(trim(state_->app.help()));
    for (std::size_t at; (at = page.find("\n\n\n")) != std::string::npos;) page.erase(at, 1);
    out.line(page);
    return ExitCode::fine;
  } catch (const CLI::ExtrasError&) {
    const std::string extra = state_->app.remaining().front();
    wrong = extra.starts_with('-') ? "there is no option " + extra + suggestion(state_->words, extra)
                                   : "there is one argument too many: '" + extra + "'";
  } catch (const CLI::ParseError& error) {
    wrong = state_->wrong.empty() ? error.what() : state_->wrong;
  }
  err.line("fairway " + state_->name + ": " + wrong);
  err.line("'fairway " + state_->name + " --help' tells what it takes.");
  return ExitCode::failure;
}

}  // namespace fairway
