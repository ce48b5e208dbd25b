// What fits together on the command line of `fairway expand`, and its help page.
#include <algorithm>

#include "apps/fairway/expand_command_line.h"

namespace fairway {

using routerconfig::Generation;

namespace {

// The letter by which a kind of list is asked for.
std::string letter_of(Generation generation) {
  constexpr std::string_view kLetters[] = {"prefix lists", "-E", "-z", "-f", "-G", "-H", "-t"};
  return std::string(kLetters[static_cast<std::size_t>(generation)]);
}

std::optional<std::string> check_lengths(ExpandCommandLine& options) {
  const bool long_ones = options.query.ipv6 || options.both;
  const unsigned bits = long_ones ? 128 : 32;
  for (const auto& [letter, length] : {std::pair{"-m", options.longest}, {"-r", options.from}, {"-R", options.upto}}) {
    if (length > bits) return std::string(letter) + " is at most " + std::to_string(bits);
  }
  if (options.both && (options.longest != 0 || options.from != 0 || options.upto != 0)) {
    return "-m, -r and -R are of one family, and --both is two";
  }
  if (options.from != 0 && options.upto == 0) options.upto = bits;
  if (options.from > options.upto)
    return "-r " + std::to_string(options.from) + " is more than -R " + std::to_string(options.upto);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> settle(ExpandCommandLine& options, bool width_is_given) {
  const Generation generation = options.generation;
  if (options.vendor == nullptr) options.vendor = routerconfig::find_vendor_letters("");
  const routerconfig::Vendor& vendor = *options.vendor;
  const bool prefixes = lists_prefixes(generation);
  const bool joins = options.aggregate || options.optimal, widens = options.from != 0 || options.upto != 0;
  SetQuery& query = options.query;

  if (query.sets.empty() && query.route_sets.empty() && query.asns.empty() && options.prefixes.empty())
    return "nothing is asked";
  if (vendor.writer(generation) == nullptr)
    return std::string(vendor.summary) + " has no list of the kind " + letter_of(generation);
  if ((joins || widens) && !prefixes) return "-A, --optimal, -r and -R are of lists of prefixes";
  if (joins && options.aggregate && options.optimal) return "-A and --optimal exclude each other";
  if ((joins || widens) && generation == Generation::prefix_list && !vendor.ranges) {
    return "a prefix-list of " + std::string(vendor.summary) + " knows no lengths: -E or -z does";
  }
  if ((joins || widens) && generation == Generation::extended && !vendor.extended_ranges) {
    return "-E of " + std::string(vendor.summary) + " knows no lengths";
  }
  if (options.sequence && (!vendor.sequence || !prefixes))
    return "-s numbers the lines of prefix-lists of IOS, EOS and FRR";
  if (generation == Generation::extended && (vendor.name == "ios" || vendor.name == "eos") &&
      (query.ipv6 || options.both)) {
    return "-E of " + std::string(vendor.summary) + " is for IPv4 alone";
  }
  if (!options.match.empty() && (generation != Generation::extended || vendor.name != "junos")) return "-M is of -J -E";
  const bool path = !prefixes && generation != Generation::as_set;
  if (query.routed_only && !path) return "-w is of -f, -G and -H";
  if (path && query.ipv6 && !query.routed_only) return "ASNs have no family: -6 with -f, -G or -H goes only with -w";
  if (options.both && !prefixes) return "ASNs have no family: --both is of lists of prefixes";
  if (options.both && query.ipv6) return "--both is -4 and -6 already";
  if (options.host && (options.world.keep_invalid || options.world.trust != Trust())) {
    return "--trust and --keep-invalid are of the registries at hand: a whois server (-h) has its own mind";
  }
  if (options.why && !prefixes) return "--why is of lists of prefixes";
  if (!routerconfig::is_format(options.format)) return "-F: after % stands one of n l a A N m i %";
  if (const auto wrong = check_lengths(options)) return wrong;

  for (const PrefixRange& range : options.prefixes) {
    if (!options.both && range.prefix.family() != options.family()) {
      return to_string(range.prefix) + " is of the other family";
    }
  }
  query.prefixes = prefixes;
  if (options.both) query.ipv6 = true;
  if (!width_is_given && generation == Generation::as_path) options.width = vendor.as_path_width;
  if (!width_is_given && generation == Generation::out_as_path) options.width = vendor.out_as_path_width;
  return std::nullopt;
}

std::string expand_help() {
  std::string text =
      "fairway expand - "
      "write router filters for AS-SETs, with bgpq4's command line\n\n"
      "Usage: fairway expand [OPTION...] OBJECT... [EXCEPT OBJECT...]\n\n"
      "OBJECT is an AS-SET, a route-set, an ASN or a prefix (with ^- ^+ ^n ^n-m behind it); SOURCE::AS-SET is that of "
      "one\n"
      "registry. What stands behind EXCEPT is not followed.\n\n"
      "Example:\n"
      "  fairway expand --irr ripe.db.gz -J -A -l CUSTOMERS AS-EXAMPLE\n"
      "  fairway expand -h rr.ntt.net -S RIPE,RADB -Ab4 AS-EXAMPLE\n"
      "  fairway expand --why AS-EXAMPLE\n\n"
      "Whom to ask:\n"
      "  -h HOST[:PORT]  a whois server that speaks IRRd's protocol; without it the registries at hand\n"
      "  --data DIR      folder of published tables (default: FAIRWAY_DATA, else fairway in the XDG data home)\n"
      "  --irr FILE      RPSL dump, instead of those in the folder; may be given more than once\n"
      "  --rpki FILE     VRPs, instead of those in the folder\n"
      "  --trust C=S,... registries that are believed for route, route6, as-set or route-set objects, the first most\n"
      "  --keep-invalid  use route objects that the RPKI calls invalid as well\n"
      "  -S A,B          only these registries, the first that has a set wins (default: IRRD_SOURCES)\n\n"
      "What to ask:\n"
      "  -4, -6, --both  IPv4 (default), IPv6, or both in one run: then the names end in _v4 and _v6\n"
      "  -m LENGTH       leave out longer prefixes\n"
      "  -L DEPTH        follow sets only so deep\n"
      "  -p              follow ASNs for private use and documentation as well\n"
      "  -w              with -f, -G, -H: only ASNs that have route objects\n"
      "  -T              one request at a time\n\n"
      "Kinds of lists (default: a prefix list):\n"
      "  -E              the vendor's second form: access list, route-filters, prefix-set\n"
      "  -z              route-filter-list of Junos\n"
      "  -f ASN, -G ASN  AS paths that the neighbour ASN may send, or that are sent to it\n"
      "  -H ASN          as-list of Junos\n"
      "  -t              as-set of OpenBGPD, BIRD, JSON\n\n"
      "Form:\n"
      "  -A              aggregate as bgpq4 does;  --optimal: to the fewest lines\n"
      "  -R LENGTH       accept more specific prefixes up to that length;  -r LENGTH: from that length on\n"
      "  -l NAME         name of the list (default NN)\n"
      "  -s              number the lines;  -W N: ASNs a line (0: all);  -M TEXT: a further condition (-J -E)\n"
      "  -a ASN          neighbour of OpenBGPD's rules\n"
      "  --why           tell instead for each prefix who originates it and by which sets (with -j: as JSON, one a "
      "line)\n"
      "  --allow-empty   print a list for no prefixes at all, and do not mind objects that there are not\n"
      "  -d              tell what was left out;  -3: nothing, as bgpq4;  -v: the version\n\n"
      "Vendors, by letter or --format NAME:\n";
  for (const routerconfig::Vendor* vendor : routerconfig::vendors()) {
    std::string letter = vendor->letters.empty() ? "" : "-" + std::string(vendor->letters);
    if (vendor->letters == "F") letter += " FORMAT";
    const bool named = vendor->letters != "F";
    text.append("  ").append(letter).append(12 - letter.size(), ' ');
    text.append(named ? vendor->name : "")
        .append(named ? 13 - vendor->name.size() : 13, ' ')
        .append(vendor->summary)
        .append("\n");
  }
  text +=
      "              FORMAT: %n address, %l length, %a %A least and greatest length, %m %i mask and inverse mask, %N "
      "name\n\n"
      "Exit codes: 0 a list was printed; 4 there is no such object, or nothing in it, and nothing was printed;\n"
      "5 there is more than could be meant; 1 usage, or the server failed.\n";
  return text;
}

}  // namespace fairway
