// The rows of a table of cases under tests/vectors: fields between tabs; '#' begins a comment line.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"

namespace fairway {

struct VectorRow {
  std::string line;
  std::vector<std::string_view> fields;  // of `line`
};

inline std::vector<VectorRow> read_vectors(const std::string& name) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/tests/vectors/" + name);
  if (!file) throw std::runtime_error("cannot read tests/vectors/" + name);
  std::vector<VectorRow> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') rows.push_back({line, {}});
  }
  for (VectorRow& row : rows) row.fields = split(row.line, '\t');
  return rows;
}

}  // namespace fairway
