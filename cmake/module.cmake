# module(core/verdict USES core/tables core/model base [LIBS fmt::fmt ...] [THREADS])
#
# One folder under src/ is one module. Its .cc files become the library core.verdict (the path with dots; an
# interface library while there are only headers), linked with the modules after USES and the libraries after LIBS.
# Its *_test.cc files become one executable core.verdict_test, the test "<preset>/core.verdict". A folder with a
# main.cc is a program as well: it gets the folder's name and all the module's commands.
# THREADS: the module starts threads, so its tests also run under the thread sanitizer.
#
# A module may name only modules declared above it. tests/laws/includes.py reads the same lines and holds every
# #include against them.
function(module path)
  cmake_parse_arguments(PARSE_ARGV 1 arg "THREADS" "" "USES;LIBS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "module(${path}): cannot read '${arg_UNPARSED_ARGUMENTS}'; the words are USES, LIBS, THREADS.")
  endif()
  set(folder ${PROJECT_SOURCE_DIR}/src/${path})
  string(REPLACE "/" "." name ${path})
  list(TRANSFORM arg_USES REPLACE "/" "." OUTPUT_VARIABLE uses)
  foreach(used IN LISTS uses)
    if(NOT TARGET ${used})
      message(FATAL_ERROR "module(${path}) uses ${used}: no module of that name is declared above it.")
    endif()
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cc)
  file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.h)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$|/main\\.cc$")
  if(NOT sources AND NOT headers)
    message(FATAL_ERROR "module(${path}): src/${path} has no source files.")
  endif()

  if(sources)
    add_library(${name} STATIC ${sources} ${headers})
    set_property(GLOBAL APPEND PROPERTY fairway_archives ${name})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${name} PUBLIC ${uses} ${arg_LIBS})
    if(path MATCHES "^(base|core/)")
      separate_arguments(flags UNIX_COMMAND "${FAIRWAY_CORE_FLAGS}")
      target_compile_options(${name} PRIVATE ${flags})
    endif()
  else()
    add_library(${name} INTERFACE ${headers})
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${name} INTERFACE ${uses} ${arg_LIBS})
  endif()

  if(EXISTS ${folder}/main.cc)
    cmake_path(GET path FILENAME program)
    add_executable(${program} ${folder}/main.cc)
    target_link_libraries(${program} PRIVATE ${name})
  endif()

  if(tests AND FAIRWAY_TESTS AND (arg_THREADS OR NOT FAIRWAY_THREADS_ONLY))
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} GTest::gtest_main rapidcheck)
    register_test(${name} ${name}_test)
    if(program)
      add_dependencies(${name}_test ${program})
      target_compile_definitions(${name}_test PRIVATE FAIRWAY_PROGRAM="$<TARGET_FILE:${program}>")
    endif()
    if(arg_THREADS)
      set_property(TEST ${FAIRWAY_PRESET}/${name} PROPERTY LABELS threads)
    endif()
  endif()
endfunction()

# register_test(NAME TARGET [ARGUMENT...]): the executable TARGET is the test "<preset>/NAME" and part of `tests`.
# Its sources know the checkout as FAIRWAY_SOURCE_DIR. Real data, where there is any, is named by the environment
# variable FAIRWAY_TEST_DATA, which ctest hands on as it is.
function(register_test name target)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test)
  target_compile_definitions(${target} PRIVATE FAIRWAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_dependencies(tests ${target})
  add_test(NAME ${FAIRWAY_PRESET}/${name} COMMAND ${target} ${ARGN})
  set_property(TEST ${FAIRWAY_PRESET}/${name} PROPERTY TIMEOUT 900)
endfunction()

# read_comment(WORD OUT FILE...): OUT becomes the words of the comments "// WORD: a b c" at the top of the files.
function(read_comment word out)
  set(found "")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(STRINGS ${file} lines LIMIT_INPUT 2000 REGEX "^// ${word}:")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^// ${word}: *" "" line "${line}")
      separate_arguments(words UNIX_COMMAND "${line}")
      list(APPEND found ${words})
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES found)
  set(${out} ${found} PARENT_SCOPE)
endfunction()
