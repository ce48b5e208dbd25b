# How everything is compiled. What the sanitizer builds do differently is in CMakePresets.json.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g0 -DNDEBUG")
add_compile_options(-Wall -Wextra -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-deprecated-declarations)  # libstdc++ 12's std::stable_sort calls what it deprecates itself
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

set(FAIRWAY_PRESET local CACHE STRING "The build's name; the first half of every test's name")
set(FAIRWAY_CORE_FLAGS "" CACHE STRING "Further compiler flags for src/base and src/core")
option(FAIRWAY_THREADS_ONLY "Of all tests, only those of modules declared THREADS" OFF)
option(FAIRWAY_FUZZ "Build the fuzzers with libFuzzer (clang) instead of the replay of their corpus" OFF)
option(FAIRWAY_BENCH "Build bench/" OFF)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

enable_testing()
add_custom_target(tests)  # every test executable of this build, and what the tests need
