// What the writers of all vendors share.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "core/report/routerconfig/router_config.h"

namespace fairway::routerconfig {

inline void put_one(std::string& out, std::string_view text) { out += text; }
inline void put_one(std::string& out, char c) { out += c; }
inline void put_one(std::string& out, const Prefix& prefix) { append_to(out, prefix); }
inline void put_one(std::string& out, const IpAddress& address) { append_to(out, address); }
inline void put_one(std::string& out, Asn asn) { append_to(out, asn); }
inline void put_one(std::string& out, std::unsigned_integral auto number) { append_number(out, number); }

// Appends texts, numbers, prefixes, addresses and ASNs one behind the other.
void put(std::string& out, const auto&... parts) { (put_one(out, parts), ...); }

// The list's ranges, to be written one by one: before each but the first, what is already written goes to List::drain
// if it has become long.
class RangesToWrite {
 public:
  RangesToWrite(std::string& out, const List& list) : out_(out), list_(list) {}

  class Iterator {
   public:
    Iterator(const RangesToWrite& all, const PrefixRange* at) : all_(all), at_(at) {}
    const PrefixRange& operator*() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      all_.drain(at_);
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const RangesToWrite& all_;
    const PrefixRange* at_;
  };
  Iterator begin() const { return {*this, list_.ranges.data()}; }
  Iterator end() const { return {*this, list_.ranges.data() + list_.ranges.size()}; }

 private:
  static constexpr std::size_t kLong = std::size_t{1} << 18;
  void drain(const PrefixRange* next) const {
    if (out_.size() < kLong || !list_.drain || next == list_.ranges.data() + list_.ranges.size()) return;
    list_.drain(out_);
    out_.clear();
  }

  std::string& out_;
  const List& list_;
};

// "ip" and "ipv6": what many vendors call the families.
inline std::string_view ip_word(Family family) { return family == Family::ipv4 ? "ip" : "ipv6"; }
inline std::string_view default_route(Family family) { return family == Family::ipv4 ? "0.0.0.0/0" : "::/0"; }

// The lengths begin behind the prefix's own: they need a lower bound.
inline bool has_lower_bound(const PrefixRange& range) { return range.least > range.prefix.length(); }

// The ASNs joined by `separator`, list.width in each text. With `neighbour` it stands in them as others do, else it is
// left out.
std::vector<std::string> groups_of_asns(const List& list, std::string_view separator, bool neighbour = false);
bool has_neighbour(const List& list);  // the neighbour is one of the ASNs

}  // namespace fairway::routerconfig
