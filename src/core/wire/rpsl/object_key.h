// How objects of registries are found: by their class and primary key, and by values of their attributes. Whoever
// stores objects and whoever asks for them must write keys alike, so both do it here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/number_range.h"
#include "core/model/prefix.h"
#include "core/wire/rpsl/objects.h"

namespace fairway {

// Of a class, lower case. A route's primary key is its prefix and origin ("192.0.2.0/24AS64500", also with blanks or a
// '-' between them), a person's its nic-hdl, every other object's its first attribute. Case and blanks do not matter.
std::string primary_key(std::string_view class_name, std::string_view key);
std::string attribute_key(std::string_view attribute, std::string_view value);  // `attribute` in lower case

// The attributes whose values objects can be found by, in lower case: those of IRRd.
bool is_lookup_attribute(std::string_view attribute);
std::string_view lookup_attributes();  // all, for people: "admin-c, mbrs-by-ref, ..."

// The primary key's text of an object; nothing if an attribute is missing that belongs to it.
std::optional<std::string> primary_key_of(const RpslObject& object);
// Everything it is found by.
std::vector<std::string> keys_of(const RpslObject& object);

// What a route or route6 object says; nothing if it cannot be read.
struct RouteObjectKey {
  Prefix prefix;
  Asn origin;
};
std::optional<RouteObjectKey> route_of(const RpslObject& object);
// What an inetnum, inet6num or as-block object is about; nothing of another class, or if it cannot be read.
std::optional<NumberRange> range_of(const RpslObject& object);

}  // namespace fairway
