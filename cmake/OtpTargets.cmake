# The one place for compiler flags, and helpers that declare our kinds of target.

include(CheckCXXCompilerFlag)
include(GNUInstallDirs)

find_program(OTP_MOLD mold)
find_program(OTP_CCACHE ccache)
if(PROJECT_IS_TOP_LEVEL AND OTP_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${OTP_CCACHE}")
endif()
if(PROJECT_IS_TOP_LEVEL AND OTP_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Warnings and language level for a target of ours; nothing but C++20 reaches a user's target.
function(otp_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(
    ${target}
    PRIVATE -Wall
            -Wextra
            -Wpedantic
            -Wconversion
            -Wshadow
            -Wno-psabi
            $<$<BOOL:${OTP_WARNINGS_AS_ERRORS}>:-Werror>
            # GCC 12 warns wrongly of strings that are put together (its bug 105651).
            $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  )
endfunction()

# otp_program_settings(target): for a program that we ship.
function(otp_program_settings target)
  otp_settings(${target})
  if(OTP_PRECOMPILE_HEADERS)
    # The argument parser takes a minute to optimize under sanitizers, and a moment to run.
    target_compile_options(${target} PRIVATE -O0)
  endif()
  otp_use_precompiled_headers(${target} program_headers)
endfunction()

# otp_code(target): compiled for a static and a shared library alike. A library shows what
# <otp/export.hpp> marks.
function(otp_code target)
  otp_settings(${target})
  set_target_properties(
    ${target}
    PROPERTIES POSITION_INDEPENDENT_CODE ON
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON
  )
  target_compile_definitions(${target} PRIVATE BOOST_ASIO_NO_DEPRECATED)
  # Nobody replaces single functions of the library, so they may be inlined although they are shown.
  target_compile_options(${target} PRIVATE -fno-semantic-interposition)
  otp_use_precompiled_headers(${target} code_headers)
endfunction()

# otp_layer(name SOURCES ... LINKS ... PRIVATE_LINKS ...): one floor of the SDK, a static library.
# Its own folder is on the include path of itself and of the floors that link it, by its name:
# #include "http/connection.hpp".
function(otp_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "SOURCES;LINKS;PRIVATE_LINKS")
  add_library(${name} STATIC ${layer_SOURCES})
  otp_code(${name})
  target_include_directories(
    ${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src
  )
  target_link_libraries(
    ${name} PUBLIC ${layer_LINKS} Boost::headers Threads::Threads PRIVATE ${layer_PRIVATE_LINKS}
  )
endfunction()

# How tests are compiled, and what their headers are compiled for in advance.
function(otp_test_settings name)
  otp_settings(${name})
  if(OTP_PRECOMPILE_HEADERS)
    # What is tested stays optimized; the tests themselves compile in half the time.
    target_compile_options(${name} PRIVATE -O0)
  endif()
  if(OTP_BUILD_SANITIZED_TESTS_ONLY)
    target_compile_definitions(${name} PRIVATE OTP_SANITIZED_TESTS)
  endif()
  target_include_directories(
    ${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests
  )
  target_compile_definitions(${name} PRIVATE OTP_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARGN} GTest::gmock GTest::gtest_main)
endfunction()

# otp_sanitized_test(name shards): the whole program, in so many parts. A sanitizer's program takes
# longer to start than most cases take to run.
function(otp_sanitized_test name shards)
  math(EXPR last "${shards} - 1")
  foreach(index RANGE ${last})
    add_test(NAME ${name}_${index} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(
      ${name}_${index}
      PROPERTIES TIMEOUT 1200
                 LABELS ${name}
                 # The longest first.
                 COST ${shards}
                 ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${index}"
    )
  endforeach()
endfunction()

# otp_test(name SOURCES ... LINKS ... [TIMEOUT seconds] [SHARDS number]): one GoogleTest program, its
# cases found by CTest.
function(otp_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "TIMEOUT;SHARDS" "SOURCES;LINKS")
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 120)
  endif()
  add_executable(${name} ${test_SOURCES})
  otp_test_settings(${name} ${test_LINKS})
  # Headers that were compiled for Boost are none for a program without it.
  if(test_LINKS)
    otp_use_precompiled_headers(${name} test_headers)
  endif()
  if(OTP_BUILD_SANITIZED_TESTS_ONLY)
    if(NOT test_SHARDS)
      set(test_SHARDS 1)
    endif()
    otp_sanitized_test(${name} ${test_SHARDS})
    return()
  endif()
  include(GoogleTest)
  gtest_discover_tests(
    ${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${test_TIMEOUT} LABELS ${name}
  )
endfunction()
