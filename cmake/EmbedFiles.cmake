# Compiles text files in: writes a C++ source that defines `otp::mocks::embedded_files()`
# (mocks/page/embedded_files.hpp). Run as a script, by CMake alone:
#
#   cmake -D OUTPUT=embedded_files.cpp -D "FILES=a.html|b.css" -P EmbedFiles.cmake

cmake_minimum_required(VERSION 3.25)

string(REPLACE "|" ";" files "${FILES}")
# What no hand-written file holds before a parenthesis.
set(mark "otp_embed")
string(CONCAT source
    "// Written by cmake/EmbedFiles.cmake.\n"
    "#include \"page/embedded_files.hpp\"\n\n"
    "#include <array>\n\n"
    "namespace otp::mocks {\n"
    "namespace {\n\n"
)
set(entries "")
set(number 0)
foreach(file IN LISTS files)
  file(READ "${file}" content)
  file(SIZE "${file}" size)
  string(LENGTH "${content}" length)
  if(NOT length EQUAL size)
    # CMake reads CR and LF as LF alone.
    message(FATAL_ERROR "${file} cannot be embedded: it is no text with line feeds alone")
  endif()
  string(FIND "${content}" ")${mark}\"" found)
  if(NOT found EQUAL -1)
    message(FATAL_ERROR "${file} cannot be embedded: )${mark}\" stands in it")
  endif()
  get_filename_component(name "${file}" NAME)
  string(APPEND source
         "constexpr char const text_${number}[] = R\"${mark}(${content})${mark}\";\n\n"
  )
  string(APPEND entries
         "    EmbeddedFile{\"${name}\", {text_${number}, sizeof(text_${number}) - 1}},\n"
  )
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND source
       "constexpr std::array<EmbeddedFile, ${number}> files{{\n${entries}}};\n\n"
       "}  // namespace\n\n"
       "std::span<EmbeddedFile const> embedded_files() {\n"
       "    return files;\n"
       "}\n\n"
       "}  // namespace otp::mocks\n"
)
file(WRITE "${OUTPUT}" "${source}")
