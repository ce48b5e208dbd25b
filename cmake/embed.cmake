# embed(TARGET FUNCTION [HEADER header] [NAMESPACE namespace] FILE...): text files become part of a library:
# `std::span<const EmbeddedFile> FUNCTION()`, declared with EmbeddedFile {name, text} in HEADER (by default
# src/shell/scenario/library.h) in NAMESPACE, answers each file's stem and text. Run with -P it writes that source file.
if(CMAKE_SCRIPT_MODE_FILE)
  set(entries "")
  foreach(file IN LISTS FILES)
    cmake_path(GET file STEM stem)
    file(READ ${file} text)
    string(APPEND entries "    {\"${stem}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  file(WRITE ${OUT}
    "// Written by cmake/embed.cmake.\n#include \"${HEADER}\"\n\n"
    "namespace ${NAMESPACE} {\n\nnamespace {\nconstexpr EmbeddedFile kFiles[] = {\n${entries}};\n}  // namespace\n\n"
    "std::span<const EmbeddedFile> ${FUNCTION}() { return kFiles; }\n\n}  // namespace ${NAMESPACE}\n")
  return()
endif()

function(embed target function)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "HEADER;NAMESPACE" "")
  set(header shell/scenario/library.h)
  set(namespace fairway::scenario)
  if(arg_HEADER)
    set(header ${arg_HEADER})
    set(namespace ${arg_NAMESPACE})
  endif()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${function}.cc)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  list(JOIN arg_UNPARSED_ARGUMENTS "$<SEMICOLON>" files)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DOUT=${out} -DFUNCTION=${function} -DHEADER=${header}
      -DNAMESPACE=${namespace} -P ${script}
    DEPENDS ${arg_UNPARSED_ARGUMENTS} ${script} VERBATIM COMMENT "Embedding ${function}")
  target_sources(${target} PRIVATE ${out})
endfunction()
