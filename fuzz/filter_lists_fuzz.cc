// uses: core/actions/filtering core/verdict core/tables core/model base
//
// Kept lists that can be read are printed and read again as the same lists. Cut off anywhere they are refused or say
// less, never something else that is not a prefix of them. And whatever the text, a DROP list is read or refused.
#include "core/actions/filtering/lists_text.h"
#include "core/actions/filtering/vet.h"
#include "hold.h"

using namespace fairway;
using namespace fairway::filtering;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::size_t left_out = 0;
  if (const auto drop = read_drop_list(text, left_out)) {
    hold(!drop->prefixes.empty() || !drop->asns.empty(), "an empty DROP list is refused");
  }
  const auto lists = read_lists(text);
  if (!lists) return 0;
  Document document;
  document.prefix_lists = lists->prefixes;
  document.asn_lists = lists->asns;
  document.pair_lists = lists->pairs;
  const auto again = read_lists(print_lists(document));
  hold(again.has_value(), "what was printed can be read");
  hold(again->prefixes.size() == lists->prefixes.size() && again->asns.size() == lists->asns.size() &&
       again->pairs.size() == lists->pairs.size());
  for (std::size_t i = 0; i < lists->prefixes.size(); ++i) {
    hold(again->prefixes[i].name == lists->prefixes[i].name && again->prefixes[i].ranges == lists->prefixes[i].ranges,
         "prefixes come back");
  }
  for (std::size_t i = 0; i < lists->asns.size(); ++i) hold(again->asns[i].ranges == lists->asns[i].ranges);
  for (std::size_t i = 0; i < lists->pairs.size(); ++i) hold(again->pairs[i].pairs == lists->pairs[i].pairs);
  return 0;
}
