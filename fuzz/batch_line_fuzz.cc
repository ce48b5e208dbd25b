// uses: core/report core/verdict core/tables core/model base
//
// Lines of `check --batch`: the fast reader takes a line only if the plain one reads the same in it, and many lines
// answered at once are the answers to each, by a World that knows something of every kind.
#include "core/report/batch_check.h"
#include "core/report/small_world_for_tests.h"
#include "hold.h"

namespace {

using namespace fairway;

bool same(const RouteQuestion& a, const RouteQuestion& b) {
  return a.prefix == b.prefix && a.origin == b.origin && a.path == b.path && a.otc == b.otc && a.vantage == b.vantage;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world = small_world();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string one_by_one;
  std::vector<std::uint64_t> unreadable;
  RouteQuestion usual;
  std::uint64_t number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    ++number;
    const std::string_view line = cut(rest, '\n');
    const auto plain = parse_batch_line(line);
    if (parse_usual_line(line, usual)) {
      hold(plain && *plain && same(usual, **plain), "the fast reader reads what the plain one does");
    }
    if (!plain) {
      hold(plain.error().kind == ErrorKind::malformed && !plain.error().text.empty(), "what is wrong is said");
      unreadable.push_back(number);
      one_by_one += "error\terror\terror\terror\terror\terror\n";
    } else if (*plain) {
      hold((*plain)->prefix || (*plain)->path, "something is asked");
      append_verdict_tsv(one_by_one, judge_question(world, **plain));
    }
  }
  std::string at_once;
  std::vector<BatchCheck::Wrong> wrong;
  BatchCheck check(world, BatchFormat::tsv);
  hold(check.answer(text, at_once, wrong) == number, "all lines are counted");
  hold(at_once == one_by_one, "many at once are answered as one by one");
  hold(wrong.size() == unreadable.size(), "what cannot be read is told");
  for (std::size_t i = 0; i < wrong.size(); ++i) hold(wrong[i].line == unreadable[i], "with its line");
  if (size > 4096) return 0;
  for (const BatchFormat format : {BatchFormat::json, BatchFormat::text}) {
    std::string out;
    wrong.clear();
    BatchCheck(world, format).answer(text, out, wrong);
    hold(out.empty() || out.back() == '\n', "answers are whole lines");
  }
  return 0;
}
