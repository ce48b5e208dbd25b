// network.yaml: what my network is, as a file for people. docs/formats/network.md is its manual.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/tables/expectation.h"
#include "shell/config/schema.h"

namespace fairway::config {

// The declarations of network.yaml.
Schema network_schema();

struct NetworkReading {
  Network network;
  std::vector<Problem> notes;  // read, but worth a word: something in a foreign file that has no place here
};

// Reads network.yaml, or a prefixes.yml of BGPalerter (told apart by content). Error: malformed, `where` is the line;
// the text tells every problem, one a line, with line and column.
Result<NetworkReading> read_network(std::string_view text);

// The same from a file ("-" is standard input; compressed is fine). The error's text begins with the file's name.
Result<NetworkReading> load_network(const std::string& path);

// Reads back as the same value. Absent::as_comment lists what is not known as comments, for a person to fill in.
std::string print_network(const Network& network, Absent absent = Absent::leave_out);

}  // namespace fairway::config
