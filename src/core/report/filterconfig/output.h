// What the writers of all targets share: the text that grows, and what they have to say about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/actions/filtering/document.h"
#include "core/report/filterconfig/targets.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::filterconfig {

using filtering::Clause;
using filtering::Document;
using filtering::Kind;
using filtering::NeighbourPolicy;
using filtering::SessionPolicy;

class Output {
 public:
  explicit Output(std::string_view comment) : comment_(comment) {}

  void line(const auto&... parts) {
    routerconfig::put(text_, parts...);
    text_ += '\n';
  }
  // A line of remarks.
  void remark(const auto&... parts) { line(comment_, parts...); }

  // Something that the document asks for and that is not, or not wholly, there.
  void lacks(std::string what, Support support, std::string note);
  void has(std::string what) { lacks(std::move(what), Support::emitted, {}); }

  std::string& text() { return text_; }
  std::vector<Coverage>& coverage() { return coverage_; }

 private:
  std::string_view comment_;
  std::string text_;
  std::vector<Coverage> coverage_;
};

constexpr Family kFamilies[] = {Family::ipv4, Family::ipv6};
constexpr std::string_view v4_or_v6(Family family) { return family == Family::ipv4 ? "V4" : "V6"; }
constexpr std::size_t index_of(Family family) { return family == Family::ipv6; }

// The families that a neighbour's sessions carry; both where it has no session.
std::vector<Family> families_of(const NeighbourPolicy& policy);

// The word in the coverage: "rov" of an import, "export rov" of an export.
std::string word_of(Kind kind, bool is_export);

// What I am to the neighbour, as RFC 9234 says it: "provider" to a customer. `words`: for customer, provider, peer,
// route server, client of a route server. Empty for a sibling, which has no role.
struct RoleWords {
  std::string_view customer, provider, peer, rs, rs_client;
};
std::string_view local_role(Role neighbour, const RoleWords& words);

}  // namespace fairway::filterconfig
