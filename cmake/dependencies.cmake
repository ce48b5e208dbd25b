# The libraries of others. A module names what it links after LIBS:
#
#   fmt::fmt  spdlog::spdlog  CLI11::CLI11  yaml-cpp  simdjson::simdjson  re2::re2  Boost::headers  Threads::Threads
#   CURL::libcurl  OpenSSL::Crypto  OpenSSL::SSL  ZLIB::ZLIB  isal::isal  BZip2::BZip2  zstd::zstd  LibLZMA::LibLZMA
#   SQLiteCpp
#
# script/bootstrap installs the Debian 12 packages they come from.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(simdjson 3 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(SQLiteCpp 3 REQUIRED)

foreach(library re2=re2 isal=libisal zstd=libzstd)
  string(REPLACE "=" ";" pair ${library})
  list(GET pair 0 name)
  list(GET pair 1 package)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${package})
  add_library(${name}::${name} ALIAS PkgConfig::${name})
endforeach()

# What only the tests need. script/run works without it; script/test asks for it.
find_package(GTest 1.12 QUIET)
find_package(rapidcheck QUIET)
if(GTest_FOUND AND rapidcheck_FOUND)
  set(tests_possible ON)
endif()
option(FAIRWAY_TESTS "Build the tests" ${tests_possible})
if(FAIRWAY_TESTS AND NOT tests_possible)
  message(FATAL_ERROR "The tests need GoogleTest and RapidCheck: script/bootstrap test installs them.")
endif()
