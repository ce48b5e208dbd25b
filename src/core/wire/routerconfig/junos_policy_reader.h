// Reads what stands under policy-options of a Junos configuration.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/wire/routerconfig/junos_policy.h"
#include "core/wire/routerconfig/junos_statements.h"

namespace fairway::reader::junos {

// The word at `i`, or nothing.
std::string_view at(Words words, std::size_t i);
std::string joined(Words words);
void not_understood(Reading& reading, std::uint32_t line, Words words);

class PolicyReader {
 public:
  PolicyReader(Filters& filters, Reading& reading) : filters_(filters), reading_(reading) {}
  // A statement, without the word policy-options.
  void read(Words words, std::uint32_t line);

 private:
  bool route_filter(Words words, RouteFilters& filters, NamedPrefixSet* named);
  void as_list(std::string_view name, Words members);
  bool as_list_question(Term& term, Words words);
  NamedPrefixSet& named_set(std::string_view name);
  void policy(const std::string& name, Words words);
  void condition(Term& term, Words words);
  void action(Term& term, Words words);

  Filters& filters_;
  Reading& reading_;
  std::uint32_t line_ = 0;
  std::map<std::string, std::size_t, std::less<>> set_index_, asn_set_index_;
};

}  // namespace fairway::reader::junos
