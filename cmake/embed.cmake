# embed(MODULE_TARGET FUNCTION FILE...): text files become part of a library: `std::span<const EmbeddedFile> FUNCTION()`,
# declared in src/shell/scenario/library.h, answers each file's stem and text. Run with -P it writes that source file.
if(CMAKE_SCRIPT_MODE_FILE)
  set(entries "")
  foreach(file IN LISTS FILES)
    cmake_path(GET file STEM stem)
    file(READ ${file} text)
    string(APPEND entries "    {\"${stem}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  file(WRITE ${OUT}
    "// Written by cmake/embed.cmake.\n#include \"shell/scenario/library.h\"\n\n"
    "namespace fairway::scenario {\n\nnamespace {\nconstexpr EmbeddedFile kFiles[] = {\n${entries}};\n}  // namespace\n\n"
    "std::span<const EmbeddedFile> ${FUNCTION}() { return kFiles; }\n\n}  // namespace fairway::scenario\n")
  return()
endif()

function(embed target function)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${function}.cc)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  list(JOIN ARGN "$<SEMICOLON>" files)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DOUT=${out} -DFUNCTION=${function} -P ${script}
    DEPENDS ${ARGN} ${script} VERBATIM COMMENT "Embedding ${function}")
  target_sources(${target} PRIVATE ${out})
endfunction()
