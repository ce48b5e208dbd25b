// Templates: which attributes an object of a class may have (RFC 2622, RFC 2725, RFC 2726, RFC 4012, RFC 7909), as a
// whois server tells them (-t):
//
//   route:          [mandatory]  [single]     [primary/look-up key]
//   descr:          [optional]   [multiple]   [ ]
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fairway {

// Of a class in lower case; empty if it is not known.
std::string rpsl_template(std::string_view class_name);
std::vector<std::string_view> template_classes();

}  // namespace fairway
