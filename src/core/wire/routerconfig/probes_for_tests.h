// What the tests of all dialects ask with.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "core/wire/routerconfig/configuration.h"

namespace fairway::reader {

inline Configuration configuration(std::string_view text, Dialect dialect) {
  auto result = Configuration::read(text, dialect);
  EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().text);
  return result ? *std::move(result) : Configuration();
}

inline const RouterSession& session(const Configuration& configuration, std::string_view name) {
  for (const RouterSession& session : configuration.sessions()) {
    if (session.name == name) return session;
  }
  ADD_FAILURE() << "no session " << name;
  return configuration.sessions()[0];
}

inline Probe probe(std::string_view prefix, std::string_view path) {
  Probe probe;
  probe.prefix = parse_prefix(prefix).value();
  probe.path = parse_as_path(path).value();
  return probe;
}

}  // namespace fairway::reader
