# The examples, built as strangers build them, and run against the mock vendors.

find_program(OTP_BASH bash REQUIRED)
set(strangers ${CMAKE_CURRENT_BINARY_DIR}/strangers)
set(script ${OTP_BASH} ${CMAKE_CURRENT_SOURCE_DIR}/stranger.sh)
find_program(OTP_CLANG NAMES clang++-19)
otp_require(OTP_CLANG clang-19 "clang 19, the compiler of another stranger,")
set(stranger_environment
    "OTP_SOURCE=${PROJECT_SOURCE_DIR}"
    "OTP_PREFIX=${prefix}"
    "OTP_STRANGERS=${strangers}"
    "OTP_LIBDIR=${CMAKE_INSTALL_LIBDIR}"
    "OTP_CXX=${CMAKE_CXX_COMPILER}"
    "OTP_CLANG=${OTP_CLANG}"
    "OTP_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}"
    "OTP_CMAKE=${CMAKE_COMMAND}"
)

# stranger_test(name COMMAND word... [NEEDS ...] [GIVES ...]): a command of stranger.sh.
function(stranger_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "GIVES" "COMMAND;NEEDS")
  package_test(
    ${name}
    COMMAND ${script} ${test_COMMAND}
    NEEDS ${test_NEEDS}
    GIVES ${test_GIVES}
    TIMEOUT 1800
    ENVIRONMENT ${stranger_environment}
  )
endfunction()

# examples_run(name folder NEEDS fixture): every example of `folder` logs in.
function(examples_run name folder needs)
  if(NOT TARGET test_cli)
    return()
  endif()
  package_test(
    ${name}
    COMMAND test_cli "--gtest_filter=Examples/OneLogin.*:BlockingLogin.*:OwnAdapter.*"
    NEEDS ${needs}
    ENVIRONMENT "OTP_EXAMPLES=${folder}"
  )
endfunction()

stranger_test(package_has_everything COMMAND everything NEEDS package)

# find_package, with this compiler and with clang.
stranger_test(
  package_examples_build COMMAND find_package ${CMAKE_CXX_COMPILER} NEEDS package GIVES stranger
)
examples_run(package_examples_run ${strangers}/find_package stranger)
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  stranger_test(
    package_examples_build_with_clang
    COMMAND find_package ${OTP_CLANG} clang
    NEEDS package
    GIVES stranger_with_clang
  )
  examples_run(
    package_examples_run_with_clang ${strangers}/find_package_clang stranger_with_clang
  )
endif()

if(TARGET otp_cli)
  stranger_test(package_tests_a_login_offline COMMAND offline_examples NEEDS package)
endif()

stranger_test(package_checks_an_adapter COMMAND conformance NEEDS package)

find_program(OTP_PKG_CONFIG pkg-config)
otp_require(OTP_PKG_CONFIG pkg-config "pkg-config")
stranger_test(package_is_found_by_pkg_config COMMAND pkg_config NEEDS package)
stranger_test(package_compiles_the_readme COMMAND readme NEEDS package)

# A release with a shared library, as a part of a stranger's project and installed. A compiler's
# cache knows the objects from one of them, and from the preset `release`.
stranger_test(
  package_is_part_of_a_project COMMAND part_of_a_project NEEDS package_prefix GIVES part
)
examples_run(package_part_runs ${strangers}/part/examples part)
stranger_test(package_is_shared COMMAND shared NEEDS "package;part")
stranger_test(package_program_finds_its_library COMMAND finds_its_library NEEDS package_prefix)

stranger_test(package_names_a_wrong_component COMMAND wrong_component NEEDS package)
stranger_test(package_wants_its_own_boost COMMAND other_boost NEEDS package)
stranger_test(package_refuses_other_builds COMMAND other_builds NEEDS package)
stranger_test(package_configures_without_extras COMMAND without_extras NEEDS package_prefix)
