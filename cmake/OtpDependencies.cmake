# Finds what the build needs, and names the Debian package of whatever is missing.

function(otp_require found package what)
  if(NOT ${found})
    message(FATAL_ERROR "${what} was not found. Install it with: apt-get install ${package}")
  endif()
endfunction()

# A project that this one is a part of links what this one found, so it has to see it.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

# By Boost's own package, and only what is linked: CMake's module for Boost is gone with CMP0167,
# and the newest Boosts have no library Boost.System any more.
find_package(Boost 1.81 QUIET CONFIG COMPONENTS json url)
otp_require(
  Boost_FOUND "libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev"
  "Boost 1.81 or newer with Boost.JSON and Boost.URL"
)
find_package(OpenSSL 3.0 QUIET)
otp_require(OPENSSL_FOUND libssl-dev "OpenSSL 3")
find_package(Threads REQUIRED)

if(OTP_BUILD_MOCKS)
  find_package(CppHttplib QUIET MODULE)
  otp_require(CppHttplib_FOUND libcpp-httplib-dev "cpp-httplib")
endif()
# The simulation is a program, too.
if(OTP_BUILD_CLI OR OTP_BUILD_TESTS)
  find_package(CLI11 QUIET CONFIG)
  otp_require(CLI11_FOUND libcli11-dev "CLI11")
endif()
if(OTP_BUILD_TESTS)
  find_package(GTest QUIET CONFIG)
  otp_require(GTest_FOUND "libgtest-dev libgmock-dev" "GoogleTest")
  find_package(rapidcheck QUIET CONFIG)
  otp_require(rapidcheck_FOUND librapidcheck-dev "RapidCheck")
endif()
if(OTP_BUILD_TESTS OR OTP_BUILD_FUZZERS)
  # The fuzz targets judge the adapters with a JSON library that the SDK does not use.
  find_path(OTP_NLOHMANN_INCLUDE_DIR nlohmann/json.hpp)
  otp_require(OTP_NLOHMANN_INCLUDE_DIR nlohmann-json3-dev "JSON for Modern C++")
endif()
if(OTP_BUILD_FUZZERS)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_FLAGS -fsanitize=fuzzer)
  check_cxx_source_compiles(
    "extern \"C\" int LLVMFuzzerTestOneInput(unsigned char const*, unsigned long) { return 0; }"
    OTP_HAS_LIBFUZZER
  )
  unset(CMAKE_REQUIRED_FLAGS)
  otp_require(OTP_HAS_LIBFUZZER "clang-19 libclang-rt-19-dev" "libFuzzer")
endif()
