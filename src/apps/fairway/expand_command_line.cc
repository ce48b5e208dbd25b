#include "apps/fairway/expand_command_line.h"

#include <getopt.h>

#include <algorithm>
#include <iterator>

#include "apps/fairway/version.h"
#include "base/text.h"

namespace fairway {

using routerconfig::Generation;

namespace {

enum Long : int { kWhy = 256, kBoth, kOptimal, kAllowEmpty, kFormat, kData, kIrr, kRpki, kTrust, kKeepInvalid, kHelp };

constexpr option kLong[] = {
    {"why", no_argument, nullptr, kWhy},
    {"both", no_argument, nullptr, kBoth},
    {"optimal", no_argument, nullptr, kOptimal},
    {"allow-empty", no_argument, nullptr, kAllowEmpty},
    {"format", required_argument, nullptr, kFormat},
    {"data", required_argument, nullptr, kData},
    {"irr", required_argument, nullptr, kIrr},
    {"rpki", required_argument, nullptr, kRpki},
    {"trust", required_argument, nullptr, kTrust},
    {"keep-invalid", no_argument, nullptr, kKeepInvalid},
    {"help", no_argument, nullptr, kHelp},
    {},
};
constexpr char kShort[] = "+:23467a:AbBdEeF:S:jJKf:l:L:m:M:NnpW:r:R:G:H:tTh:UuwXsvzZ";

using Wrong = std::optional<std::string>;

class Parser {
 public:
  explicit Parser(ExpandCommandLine& options) : options_(options) {}

  bool width_is_given = false;

  Wrong take(int letter, const std::string& value) {
    const auto flag = [](bool& truth) {
      truth = true;
      return Wrong();
    };
    switch (letter) {
      case '3': return {};  // ASNs of four octets: always
      case '4':
        families_4_ = true;
        return options_.query.ipv6 ? Wrong("-4 and -6 exclude each other; --both is both") : Wrong();
      case '6':
        options_.query.ipv6 = true;
        options_.query.ipv4 = false;
        return families_4_ ? Wrong("-4 and -6 exclude each other; --both is both") : Wrong();
      case '2':
      case '7': return second_letter(static_cast<char>(letter));
      case 'A': return flag(options_.aggregate);
      case 'd': return flag(options_.verbose);
      case 'p': return flag(options_.query.allow_special);
      case 's': return flag(options_.sequence);
      case 'w': return flag(options_.query.routed_only);
      case 'T': options_.pipelining = false; return {};
      case 'E': return generation(Generation::extended);
      case 'z': return generation(Generation::route_filter_list);
      case 't': return generation(Generation::as_set);
      case 'f': return generation(Generation::as_path, value);
      case 'G': return generation(Generation::out_as_path, value);
      case 'H': return generation(Generation::as_list, value);
      case 'a': return neighbour(value, "-a");
      case 'h': options_.host = value; return {};
      case 'l': options_.name = value; return {};
      case 'M': return match(value);
      case 'F': options_.format = value; return vendor("F");
      case 'S':
        options_.query.sources.clear();
        for (const std::string_view source : split(value, ',')) {
          if (!source.empty()) options_.query.sources.emplace_back(source);
        }
        return {};
      case 'L': return number(value, "-L", 1, 1'000'000, options_.query.depth);
      case 'm': return number(value, "-m", 1, 128, options_.longest);
      case 'r': return number(value, "-r", 1, 128, options_.from);
      case 'R': return number(value, "-R", 1, 128, options_.upto);
      case 'W': width_is_given = true; return number(value, "-W", 0, 1'000'000, options_.width);
      case kWhy: options_.query.provenance = true; return flag(options_.why);
      case kBoth: return flag(options_.both);
      case kOptimal: return flag(options_.optimal);
      case kAllowEmpty: return flag(options_.allow_empty);
      case kData: options_.world.data = value; return {};
      case kIrr: options_.world.irr.push_back(value); return {};
      case kRpki: options_.world.rpki.push_back(value); return {};
      case kTrust: {
        const auto added = options_.world.trust.add(value);
        return added ? Wrong() : "--trust: " + added.error().text;
      }
      case kKeepInvalid: return flag(options_.world.keep_invalid);
      case kFormat:
        if (options_.vendor != nullptr) return "--format and a vendor's letter exclude each other";
        options_.vendor = routerconfig::find_vendor(value);
        if (options_.vendor == nullptr) return "--format: there is no '" + value + "'; --help lists the names";
        if (options_.vendor->letters == "F") return "--format format is -F FORMAT";
        return {};
      default: return vendor(std::string(1, static_cast<char>(letter)));
    }
  }

  Wrong object(const std::string& text) {
    if (text == "EXCEPT") {
      excepting_ = true;
      return {};
    }
    if (excepting_) {
      options_.query.except.push_back(text);
      return {};
    }
    const std::size_t source = text.find("::");
    const std::string name = to_upper(source == std::string::npos ? text : text.substr(source + 2));
    if (name.starts_with("AS") || name.starts_with("RS-")) return registry_object(text, name);
    const auto range = parse_prefix_range(text);
    if (!range) return "'" + text + "' is neither an AS-SET, a route-set, an ASN nor a prefix";
    options_.prefixes.push_back(*range);
    return {};
  }

 private:
  static Wrong number(const std::string& value, const char* letter, unsigned least, unsigned most, unsigned& out) {
    const auto parsed = parse_number<unsigned>(value);
    if (!parsed || *parsed < least || *parsed > most) {
      return std::string(letter) + ": '" + value + "' is not a number from " + std::to_string(least) + " to " +
             std::to_string(most);
    }
    out = *parsed;
    return {};
  }

  Wrong vendor(std::string_view letters) {
    if (options_.vendor != nullptr) {
      return "-" + std::string(letters) + " and -" + std::string(options_.vendor->letters) + " are two vendors";
    }
    options_.vendor = routerconfig::find_vendor_letters(letters);
    return {};
  }

  Wrong second_letter(char letter) {
    const char first = letter == '7' ? 'K' : 'n';
    if (options_.vendor == nullptr || options_.vendor->letters != std::string(1, first)) {
      return "-" + std::string(1, letter) + " stands only behind -" + std::string(1, first);
    }
    options_.vendor = routerconfig::find_vendor_letters(std::string{first, letter});
    return {};
  }

  Wrong generation(Generation generation, const std::string& asn = {}) {
    if (options_.generation != Generation::prefix_list) return "-E, -z, -f, -G, -H and -t exclude each other";
    options_.generation = generation;
    return asn.empty() ? Wrong() : neighbour(asn, "an AS path's neighbour");
  }

  Wrong neighbour(const std::string& value, const std::string& what) {
    const auto asn = parse_asn(value);
    if (!asn || *asn == Asn{}) return what + ": '" + value + "' is not an ASN";
    options_.neighbour = *asn;
    return {};
  }

  Wrong match(const std::string& value) {
    options_.match.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] != '\\') {
        options_.match += value[i];
        continue;
      }
      const char next = i + 1 < value.size() ? value[++i] : '\0';
      switch (next) {
        case 'n': options_.match += '\n'; break;
        case 'r': options_.match += '\r'; break;
        case 't': options_.match += '\t'; break;
        case '\\': options_.match += '\\'; break;
        default: return "-M: its escapes are \\n, \\r, \\t and \\\\";
      }
    }
    return {};
  }

  // "AS-FOO", "AS64500:AS-FOO", "AS64500:AS-FOO:AS64501", the same with "RS-", "AS64500".
  Wrong registry_object(const std::string& text, const std::string& name) {
    const bool sourced = text.size() != name.size();
    if (name.starts_with("RS-") || name.find(":RS-") != std::string::npos) {
      options_.query.route_sets.push_back(text);
    } else if (name.starts_with("AS-") || name.find(":AS-") != std::string::npos) {
      options_.query.sets.push_back(text);
    } else if (const auto asn = parse_asn(name); asn && !sourced) {
      options_.query.asns.push_back(*asn);
    } else {
      return "'" + text + "' is neither an AS-SET nor an ASN";
    }
    return {};
  }

  ExpandCommandLine& options_;
  bool families_4_ = false, excepting_ = false;
};

}  // namespace

std::expected<ExpandCommandLine, ExitCode> parse_expand(Arguments arguments, const char* sources, Output& out,
                                                        Output& err) {
  const auto refuse = [&](const std::string& text) {
    err.line("fairway expand: " + text);
    err.line("'fairway expand --help' tells what it takes.");
    return std::unexpected(ExitCode::failure);
  };
  ExpandCommandLine options;
  Parser parser(options);
  if (sources != nullptr) parser.take('S', sources);

  std::vector<std::string> words{"fairway expand"};
  std::copy(arguments.begin(), arguments.end(), std::back_inserter(words));
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int count = static_cast<int>(words.size());
  std::vector<std::string> objects;
  ::optind = 0;  // begin anew, whoever called getopt before
  ::opterr = 0;
  while (true) {
    const int letter = ::getopt_long(count, pointers.data(), kShort, kLong, nullptr);
    if (letter == -1) {  // an object, behind which options may follow
      if (::optind >= count) break;
      if (words[static_cast<std::size_t>(::optind) - 1] == "--") {
        while (::optind < count) objects.push_back(words[static_cast<std::size_t>(::optind++)]);
        break;
      }
      objects.push_back(words[static_cast<std::size_t>(::optind++)]);
      continue;
    }
    if (letter == kHelp) {
      out.write(expand_help());
      return std::unexpected(ExitCode::fine);
    }
    if (letter == 'v') {
      out.line(std::string("fairway ") + kVersion);
      return std::unexpected(ExitCode::fine);
    }
    if (letter == ':' || letter == '?') {
      const std::string word = ::optopt != 0 && ::optopt < 256 ? "-" + std::string(1, static_cast<char>(::optopt))
                                                               : words[static_cast<std::size_t>(::optind) - 1];
      return refuse(letter == ':' ? word + " needs a value" : "there is no option " + word);
    }
    if (const auto wrong = parser.take(letter, ::optarg == nullptr ? "" : ::optarg)) return refuse(*wrong);
  }
  for (const std::string& object : objects) {
    if (const auto wrong = parser.object(object)) return refuse(*wrong);
  }
  if (const auto wrong = settle(options, parser.width_is_given)) return refuse(*wrong);
  return options;
}

}  // namespace fairway
