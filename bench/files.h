// The files that tasks are given: the real ones of FAIRWAY_TEST_DATA, or generated ones of the same size where it is
// not set. What is generated lies in a folder of its own that goes with the object.
#pragma once

#include <optional>
#include <string>

#include "bench/routes_and_vrps.h"

namespace fairway::bench {

// The folder of real data.
std::optional<std::string> real_data();

// As rpki-client exports them.
std::string rpki_json(const std::vector<Vrp>& vrps);

class Files {
 public:
  Files();
  ~Files();
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  // A whole table as TABLE_DUMP_V2, packed by bzip2. Real: route-views.jinx of 2014-05-30, 503,590 routes of 14 peers,
  // one of them full. Generated: 500,000 routes of 8 peers, one in six with attributes of its own.
  std::string table();
  // A data directory. Generated: VRPs, AS relationships and route objects that speak of the generated table.
  std::string world();
  // PREFIX<TAB>ORIGIN for each of routes_and_vrps().routes, plain text.
  std::string pairs();
  // Any further file of that content.
  std::string write(const std::string& name, std::string_view content);

  const RoutesAndVrps& routes_and_vrps();  // loaded when it is first asked for

 private:
  void generate();  // table and world

  std::string folder_;
  std::optional<RoutesAndVrps> routes_and_vrps_;
  bool generated_ = false;
};

}  // namespace fairway::bench
