#include "core/model/as_path.h"

#include <algorithm>

namespace fairway {

bool AsPath::contains(Asn asn) const { return std::find(asns_.begin(), asns_.end(), asn) != asns_.end(); }

PathOrigin AsPath::origin() const {
  for (std::size_t i = segments_.size(); i-- > 0;) {
    const auto asns = asns_of(i);
    if (asns.empty()) continue;
    switch (segments_[i].type) {
      case SegmentType::sequence: return {PathOrigin::Kind::as, asns.back()};
      case SegmentType::set: return {PathOrigin::Kind::none, {}};
      case SegmentType::confed_sequence:
      case SegmentType::confed_set: return {PathOrigin::Kind::local, {}};
    }
  }
  return {PathOrigin::Kind::local, {}};
}

std::optional<Asn> AsPath::neighbour() const {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const auto asns = asns_of(i);
    if (asns.empty() || segments_[i].type == SegmentType::confed_sequence ||
        segments_[i].type == SegmentType::confed_set)
      continue;
    if (segments_[i].type == SegmentType::set) return std::nullopt;
    return asns.front();
  }
  return std::nullopt;
}

unsigned AsPath::length() const {
  unsigned total = 0;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].type == SegmentType::sequence) total += static_cast<unsigned>(asns_of(i).size());
    if (segments_[i].type == SegmentType::set) total += 1;
  }
  return total;
}

namespace {

struct Brackets {
  char open, close, separator;
};

constexpr Brackets brackets(SegmentType type) {
  switch (type) {
    case SegmentType::set: return {'{', '}', ','};
    case SegmentType::confed_sequence: return {'(', ')', ' '};
    case SegmentType::confed_set: return {'[', ']', ','};
    case SegmentType::sequence: break;
  }
  return {0, 0, ' '};
}

}  // namespace

void append_to(std::string& out, const AsPath& path) {
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const Brackets form = brackets(path.segments()[i].type);
    if (i != 0) out += ' ';
    if (form.open != 0) out += form.open;
    bool first = true;
    for (const Asn asn : path.asns_of(i)) {
      if (!first) out += form.separator;
      first = false;
      append_to(out, asn);
    }
    if (form.close != 0) out += form.close;
  }
}

std::string to_string(const AsPath& path) {
  std::string out;
  append_to(out, path);
  return out;
}

std::optional<AsPath> parse_as_path(std::string_view text) {
  AsPath path;
  std::vector<Asn> asns;
  SegmentType type = SegmentType::sequence;
  const auto close = [&] {
    if (!asns.empty()) path.add(type, asns);
    asns.clear();
  };
  while (!text.empty()) {
    const char c = text.front();
    if (is_blank(c) || c == ',') {
      text.remove_prefix(1);
    } else if (c == '{' || c == '(' || c == '[') {
      if (type != SegmentType::sequence) return std::nullopt;
      close();
      type = c == '{' ? SegmentType::set : c == '(' ? SegmentType::confed_sequence : SegmentType::confed_set;
      text.remove_prefix(1);
    } else if (c == '}' || c == ')' || c == ']') {
      if (type == SegmentType::sequence || brackets(type).close != c) return std::nullopt;
      close();
      type = SegmentType::sequence;
      text.remove_prefix(1);
    } else {
      const auto asn = parse_asn(text.substr(0, text.find_first_of(" \t\r\n,{}()[]")));
      if (!asn) return std::nullopt;
      asns.push_back(*asn);
      text.remove_prefix(std::min(text.size(), text.find_first_of(" \t\r\n,{}()[]")));
    }
  }
  if (type != SegmentType::sequence) return std::nullopt;
  close();
  return path;
}

}  // namespace fairway
