# Headers of others that most sources include, compiled once for all of a kind. Not our own: they
# change, and everything with them. Left out (the default, and so in release and clang), each source
# must include what it uses.

# otp_use_precompiled_headers(target headers): those of `headers`, if there are any.
function(otp_use_precompiled_headers target headers)
  if(NOT TARGET ${headers} OR target STREQUAL headers)
    return()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${headers})
  # GCC 12 warns of the standard library's strings when their header was compiled before.
  target_compile_options(
    ${target}
    PRIVATE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-array-bounds>
  )
  # A compiler's cache reads the 200 MB of them for each source, which takes longer than it saves.
  set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "")
endfunction()

if(NOT OTP_PRECOMPILE_HEADERS)
  return()
endif()

file(WRITE "${CMAKE_BINARY_DIR}/no_code.cpp" "")
# otp_precompile(name HEADERS ... LINKS ...)
function(otp_precompile name)
  cmake_parse_arguments(PARSE_ARGV 1 precompiled "" "" "HEADERS;LINKS")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/no_code.cpp")
  target_link_libraries(${name} PRIVATE Boost::headers Threads::Threads ${precompiled_LINKS})
  set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_precompile_headers(${name} PRIVATE ${precompiled_HEADERS})
endfunction()

set(common_headers
    <boost/asio/any_completion_handler.hpp>
    <boost/asio/any_io_executor.hpp>
    <boost/asio/dispatch.hpp>
    <boost/asio/io_context.hpp>
    <boost/asio/ip/tcp.hpp>
    <boost/asio/post.hpp>
    <boost/asio/strand.hpp>
    <boost/json/parse.hpp>
    <boost/json/serialize.hpp>
    <boost/system/result.hpp>
    <algorithm>
    <chrono>
    <filesystem>
    <functional>
    <map>
    <memory>
    <optional>
    <string>
    <vector>
)

# The library, the mock vendors and OtpClient::testing.
otp_precompile(
  code_headers
  HEADERS ${common_headers} <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
          <boost/asio/use_awaitable.hpp>
  LINKS Boost::json
)
otp_code(code_headers)

if(OTP_BUILD_CLI)
  otp_precompile(
    program_headers
    HEADERS ${common_headers} <boost/asio/thread_pool.hpp> <boost/asio/use_future.hpp>
            <CLI/CLI.hpp>
    LINKS Boost::json CLI11::CLI11
  )
  otp_program_settings(program_headers)
endif()
