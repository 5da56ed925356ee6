#!/usr/bin/env bash
# What a stranger types, one function for each test of strangers.cmake. docs/in-your-project.md shows
# these commands.
set -euo pipefail

strict=(-O2 -Wall -Wextra -Werror)

fail() {
  printf 'stranger.sh: %s\n' "$*" >&2
  exit 1
}

# fresh FOLDER: made anew and empty.
fresh() {
  rm -rf "$1"
  mkdir -p "$1"
}

# expect TEXT FILE: FILE has TEXT.
expect() {
  grep -qF -- "$1" "$2" || {
    cat "$2" >&2
    fail "this does not say: $1"
  }
}

# configure SOURCE BUILD OPTION...: as Release, with all warnings as errors. A test that does not look
# at what optimizing changes sets `optimization` to -O0, which saves minutes.
configure() {
  local source=$1 build=$2
  shift 2
  "$OTP_CMAKE" -G Ninja -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=Release \
    "-DCMAKE_CXX_FLAGS_RELEASE=${optimization:--O2} -DNDEBUG" -DCMAKE_CXX_COMPILER_LAUNCHER="$OTP_LAUNCHER" "$@"
}

# find_package COMPILER [NAME]: the examples by CMake's package.
find_package() {
  local compiler=$1 optimization=-O0 build=$OTP_STRANGERS/find_package${2:+_$2}
  fresh "$build"
  configure "$OTP_PREFIX/share/doc/otp-client/examples" "$build" \
    -DCMAKE_CXX_COMPILER="$compiler" "-DCMAKE_CXX_FLAGS=${strict[*]}"
  "$OTP_CMAKE" --build "$build" --parallel 2
}

# compile SOURCE PROGRAM PREFIX [PKG-CONFIG OPTION...]: one compiler's command, no CMake.
compile() {
  local source=$1 program=$2 prefix=$3 flags
  shift 3
  flags=$(PKG_CONFIG_PATH=$prefix/$OTP_LIBDIR/pkgconfig pkg-config --cflags --libs "$@" otp-client)
  # shellcheck disable=SC2046,SC2086 # several words on purpose
  $OTP_LAUNCHER "$OTP_CXX" -std=c++20 "${strict[@]}" -c "$source" -o "$program.o" \
    $(PKG_CONFIG_PATH=$prefix/$OTP_LIBDIR/pkgconfig pkg-config --cflags otp-client)
  # shellcheck disable=SC2086
  "$OTP_CXX" "$program.o" -o "$program" $flags
}

# says_its_usage PROGRAM: it was linked, and begins.
says_its_usage() {
  local status=0
  "$1" 2>"$1.err" || status=$?
  [[ $status == 2 ]] || fail "$1 ended with $status"
  expect usage: "$1.err"
}

# The package by pkg-config, also after it was moved as a whole.
pkg_config() {
  local build=$OTP_STRANGERS/pkg_config
  fresh "$build"
  mkdir -p "$build/moved"
  cp -a "$OTP_PREFIX/." "$build/moved"
  compile "$(dirname "$0")/stranger/completion_tokens.cpp" "$build/completion_tokens" "$build/moved"
  says_its_usage "$build/completion_tokens"
}

# The README's first program as it stands there.
readme() {
  local build=$OTP_STRANGERS/readme status=0
  fresh "$build"
  sed '1,/^```cpp$/d; /^```$/,$d' "$OTP_PREFIX/share/doc/otp-client/README.md" >"$build/main.cpp"
  expect '<otp/otp.hpp>' "$build/main.cpp"
  compile "$build/main.cpp" "$build/main" "$OTP_PREFIX"
  (cd "$build" && ./main) >"$build/out" 2>&1 || status=$?
  ((status)) || fail "it ran without a configuration"
  expect otp.json "$build/out"
}

# What is installed beside the library.
everything() {
  local file
  for file in include/otp/otp.hpp share/otp-client/schema/otp-config.schema.json \
    share/otp-client/recordings/README.md share/doc/otp-client/README.md \
    share/doc/otp-client/LICENSE share/doc/otp-client/docs/in-your-project.md \
    share/doc/otp-client/examples/CMakeLists.txt bin/otp share/man/man1/otp.1 \
    share/bash-completion/completions/otp "$OTP_LIBDIR/pkgconfig/otp-client.pc"; do
    [[ -s $OTP_PREFIX/$file ]] || fail "$file is not installed"
  done
  "$OTP_PREFIX/bin/otp" vendors >/dev/null
  if grep -rnE "$OTP_SOURCE|/lib[^ ;\"]*\.(so|a)\b" "$OTP_PREFIX/$OTP_LIBDIR/cmake" \
    "$OTP_PREFIX/$OTP_LIBDIR/pkgconfig" | grep -vF "\${_IMPORT_PREFIX}"; then
    fail "the package names files of the machine that it was built on"
  fi
}

# needs PROGRAM PACKAGE: what a test runs is on this machine.
needs() {
  command -v "$1" >/dev/null || fail "$1 was not found. Install it with: apt-get install $2"
}

# A login tested in four languages, with the package's libraries and program and nothing else of ours:
# all four tests are found and pass, and none is longer than promised.
offline_examples() {
  local build=$OTP_STRANGERS/offline source=$OTP_PREFIX/share/doc/otp-client/examples/offline
  local file lines optimization=-O0
  needs pytest-3 python3-pytest
  needs node nodejs
  needs curl curl
  fresh "$build"
  configure "$source" "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" "-DCMAKE_CXX_FLAGS=${strict[*]:1}"
  "$OTP_CMAKE" --build "$build" --parallel 2
  "$(dirname "$OTP_CMAKE")/ctest" --test-dir "$build" --output-on-failure >"$build/log" 2>&1 || {
    cat "$build/log" >&2
    fail "a login fails"
  }
  expect "0 tests failed out of 4" "$build/log"
  for file in login_test.cpp test_login.py login.test.mjs login_test.sh; do
    lines=$(grep -cvE '^ *(//|#|"""|import |from |using |$)' "$source/$file")
    ((lines <= 15)) || fail "$file has $lines lines beside comments and imports, and 15 are promised"
  done
}

# An adapter of one's own, held to what every adapter must do: in 20 lines beside the includes.
conformance() {
  local build=$OTP_STRANGERS/conformance source lines
  source=$(dirname "$0")/conformance
  fresh "$build"
  configure "$source" "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" "-DCMAKE_CXX_FLAGS=${strict[*]}" \
    -DOTP_EXAMPLES="$OTP_PREFIX/share/doc/otp-client/examples"
  "$OTP_CMAKE" --build "$build" --parallel 2
  "$build/conforms" >"$build/out"
  expect "0 failures" "$build/out"
  lines=$(sed '1,/^int main/d' "$source/main.cpp" | grep -cvE '^}?$')
  ((lines <= 20)) || fail "the conformance suite takes $lines lines, and 20 are promised"
}

# FetchContent from a local clone, in a project that has targets of the obvious names itself. What
# the project builds is all that it asked for.
part_of_a_project() {
  local build=$OTP_STRANGERS/part optimization=-O0
  fresh "$build"
  configure "$(dirname "$0")/stranger" "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" \
    -DOTP_CLIENT_CLONE="$OTP_SOURCE" -DBUILD_SHARED_LIBS=ON -DOTP_WARNINGS_AS_ERRORS=ON \
    -DOTP_PRECOMPILE_HEADERS=ON
  "$OTP_CMAKE" --build "$build" --parallel 2
  local extra
  extra=$(find "$build" -type f \( -path '*-build/cli/*.o' -o -path '*-build/mocks/*.o' -o \
    -path '*-build/testing/*.o' -o -path '*-build/conformance/*.o' -o -path '*-build/tests/*.o' \) | head -1)
  [[ -z $extra ]] || fail "$extra was built, and nobody asked for it"
  "$OTP_CMAKE" --install "$build" --prefix "$build/installed"
  [[ ! -e $build/installed/include ]] || fail "a part of a project installs itself"
}

# A program that is installed beside a shared library finds it there, wherever both are moved.
finds_its_library() {
  local build=$OTP_STRANGERS/finds_its_library
  fresh "$build"
  configure "$OTP_SOURCE" "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" -DBUILD_SHARED_LIBS=ON \
    -DOTP_BUILD_EXAMPLES=OFF >"$build/log"
  # What the installation writes into the program; to build it all for that takes minutes.
  # shellcheck disable=SC2016 # the linker's $ORIGIN, not a variable of ours
  expect 'NEW_RPATH "\$ORIGIN/../'"$OTP_LIBDIR\"" "$build/cmake_install.cmake"
}

# The shared library: its names, what it shows, and that it can be used.
shared() {
  local build=$OTP_STRANGERS/shared prefix=$OTP_STRANGERS/shared_prefix library
  fresh "$build"
  fresh "$prefix"
  configure "$OTP_SOURCE" "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" -DBUILD_SHARED_LIBS=ON \
    -DOTP_BUILD_MOCKS=OFF -DOTP_BUILD_CLI=OFF -DOTP_BUILD_EXAMPLES=OFF \
    -DOTP_PRECOMPILE_HEADERS=ON
  "$OTP_CMAKE" --build "$build" --parallel 2 --target otp_sdk
  "$OTP_CMAKE" --install "$build" --prefix "$prefix" --component otp_library

  library=$prefix/$OTP_LIBDIR/libotp-client.so
  readelf -d "$library" >"$build/dynamic"
  expect "soname: [libotp-client.so.0.1]" "$build/dynamic"
  # Whatever is ours and not public, and whatever is defined and not ours. Weak names of Boost and
  # of the standard library are shared by design: Asio keeps one list of its services.
  nm -DC --defined-only "$library" >"$build/symbols"
  # The kit of adapters is public; its sources are not.
  if grep -E '^[0-9a-f]+ . ([a-z -]+ (for|to) )?otp::[a-z0-9_]+::' "$build/symbols" |
    grep -vE '^[0-9a-f]+ . ([a-z -]+ (for|to) )?otp::adapter::'; then
    fail "the library shows its inside"
  fi
  sed -nE 's/^[0-9a-f]+ . ([a-z -]+ (for|to) )?otp::([A-Za-z0-9_]+).*/\3/p' "$build/symbols" |
    sort -u >"$build/names"
  grep -rohE '[A-Za-z0-9_]+' "$OTP_SOURCE"/include/otp | sort -u >"$build/public_names"
  if comm -23 "$build/names" "$build/public_names" | grep .; then
    fail "the library shows names that no public header has"
  fi
  if grep -E '^[0-9a-f]+ [TDBR] ' "$build/symbols" |
    grep -vE '^[0-9a-f]+ . (([a-z -]+ (for|to) )?otp::|otp_library_was_)'; then
    fail "the library defines what is not its own"
  fi
  expect "otp::OtpClient::OtpClient(" "$build/symbols"

  # Another compiler's program can use it, too.
  OTP_CXX=$OTP_CLANG compile "$OTP_SOURCE/examples/own_adapter.cpp" "$build/own_adapter" "$prefix"
  LD_LIBRARY_PATH=$prefix/$OTP_LIBDIR says_its_usage "$build/own_adapter"
  compile "$OTP_SOURCE/examples/swap_vendor.cpp" "$build/swap_vendor" "$prefix"
  LD_LIBRARY_PATH=$prefix/$OTP_LIBDIR says_its_usage "$build/swap_vendor"
  ldd "$build/swap_vendor" >"$build/needed"
  expect libotp-client.so.0.1 "$build/needed"
  # An exception of the library is caught by its type on this side.
  local status=0
  LD_LIBRARY_PATH=$prefix/$OTP_LIBDIR "$build/swap_vendor" /no/such/file +12025550162 \
    2>"$build/refused" || status=$?
  [[ $status == 1 ]] || fail "ErrorException was not caught as itself, but the program ended with $status"
  expect config_invalid "$build/refused"
}

# refused_configuration SOURCE BUILD LOG OPTION...: configures, and must fail.
refused_configuration() {
  local source=$1 build=$2 log=$3
  shift 3
  if "$OTP_CMAKE" -G Ninja -S "$source" -B "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" "$@" \
    >"$log" 2>&1; then
    fail "this was configured: $*"
  fi
  # CMake breaks lines wherever it likes.
  tr -s ' \n' ' ' <"$log" >"$log.line"
}

wrong_component() {
  local build=$OTP_STRANGERS/wrong_component
  fresh "$build"
  printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(Wrong LANGUAGES CXX)' \
    'find_package(OtpClient 0.1 REQUIRED COMPONENTS moks)' >"$build/CMakeLists.txt"
  refused_configuration "$build" "$build/build" "$build/log"
  expect "OtpClient has no component moks. Did you mean mocks?" "$build/log.line"
}

# A Boost that is not the one of the package: found alone, and found before.
other_boost() {
  local build=$OTP_STRANGERS/other_boost
  fresh "$build"
  mkdir -p "$build/boost/include/boost" "$build/boost/lib/cmake/Boost-1.99.0"
  echo '#define BOOST_VERSION 109900' >"$build/boost/include/boost/version.hpp"
  cat >"$build/boost/lib/cmake/Boost-1.99.0/BoostConfig.cmake" <<END
foreach(name IN ITEMS headers json url)
  if(NOT TARGET Boost::\${name})
    add_library(Boost::\${name} INTERFACE IMPORTED)
    set_target_properties(
      Boost::\${name} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "$build/boost/include"
    )
  endif()
endforeach()
set(Boost_FOUND TRUE)
END
  cat >"$build/boost/lib/cmake/Boost-1.99.0/BoostConfigVersion.cmake" <<'END'
set(PACKAGE_VERSION 1.99.0)
if(PACKAGE_FIND_VERSION VERSION_LESS_EQUAL PACKAGE_VERSION)
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
END
  # shellcheck disable=SC2016 # CMake's variable
  printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(Other LANGUAGES CXX)' \
    'find_package(Boost CONFIG REQUIRED PATHS ${MY_BOOST} NO_DEFAULT_PATH)' \
    'find_package(OtpClient 0.1 REQUIRED)' >"$build/CMakeLists.txt"
  refused_configuration "$build" "$build/build" "$build/log" \
    -DMY_BOOST="$build/boost"
  expect "OtpClient" "$build/log.line"
  expect "Boost" "$build/log.line"
  expect "$build/boost" "$build/log.line"

  printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(Other LANGUAGES CXX)' \
    'set(CMAKE_FIND_USE_CMAKE_SYSTEM_PATH OFF)' \
    'set(CMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH OFF)' \
    'find_package(OtpClient 0.1 REQUIRED)' >"$build/CMakeLists.txt"
  unset CMAKE_PREFIX_PATH
  refused_configuration "$build" "$build/build2" "$build/log" \
    "-DCMAKE_PREFIX_PATH=$OTP_PREFIX;$build/boost"
  expect "1.99.0" "$build/log.line"
}

# Programs that are built in another way than the library do not link, and are told why; those that
# may differ do.
other_builds() {
  local build=$OTP_STRANGERS/other_builds flags flag
  fresh "$build"
  flags=$(PKG_CONFIG_PATH=$OTP_PREFIX/$OTP_LIBDIR/pkgconfig pkg-config --cflags --libs otp-client)
  printf '%s\n' '#include <otp/build_agreement.hpp>' 'int main() {}' >"$build/main.cpp"
  while read -r flag symbol; do
    # shellcheck disable=SC2086
    if "$OTP_CXX" -std=c++20 -O2 "$flag" "$build/main.cpp" -o "$build/main" $flags \
      2>"$build/errors"; then
      fail "it links with $flag"
    fi
    expect "$symbol" "$build/errors"
  done <<'END'
-fno-rtti otp_library_was_built_without_fno_rtti
-D_GLIBCXX_DEBUG otp_library_was_built_without__GLIBCXX_DEBUG
-D_GLIBCXX_USE_CXX11_ABI=0 otp_library_was_built_without__GLIBCXX_USE_CXX11_ABI_0
-DBOOST_ASIO_DISABLE_THREADS otp_library_was_built_without_BOOST_ASIO_DISABLE_THREADS
-DBOOST_ASIO_DISABLE_EPOLL otp_library_was_built_without_BOOST_ASIO_DISABLE_EPOLL
-DBOOST_ASIO_ENABLE_HANDLER_TRACKING otp_library_was_built_without_BOOST_ASIO_ENABLE_HANDLER_TRACKING
-DBOOST_ASIO_ENABLE_BUFFER_DEBUGGING otp_library_was_built_without_BOOST_ASIO_ENABLE_BUFFER_DEBUGGING
-DBOOST_ASIO_USE_TS_EXECUTOR_AS_DEFAULT otp_library_was_built_without_BOOST_ASIO_USE_TS_EXECUTOR_AS_DEFAULT
-DBOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=7 otp_library_was_not_built_with_BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE_7
END
  for flag in -std=c++23 -DNDEBUG -D_GLIBCXX_ASSERTIONS -O0 -Wl,--gc-sections; do
    # shellcheck disable=SC2086
    "$OTP_CXX" -std=c++20 -O2 "$flag" "$build/main.cpp" -o "$build/main" $flags ||
      fail "it does not link with $flag"
  done
  # Asio defines some of its choices itself, as soon as it is included.
  printf '%s\n' '#include <boost/asio.hpp>' '#include <otp/build_agreement.hpp>' 'int main() {}' \
    >"$build/main.cpp"
  # shellcheck disable=SC2086
  "$OTP_CXX" -std=c++20 -O0 "$build/main.cpp" -o "$build/main" $flags ||
    fail "an application that includes Asio first does not link"
  # A whole application, whose every name is there otherwise.
  printf '%s\n' '#include <otp/client.hpp>' \
    'int main() { return otp::ClientOptions().clock == nullptr; }' >"$build/main.cpp"
  # shellcheck disable=SC2086
  if "$OTP_CXX" -std=c++20 -O0 -fno-rtti "$build/main.cpp" -o "$build/main" $flags \
    2>"$build/errors"; then
    fail "an application without RTTI links"
  fi
  expect otp_library_was_built_without_fno_rtti "$build/errors"
}

# The library alone, where nothing can be found that only the program, the mocks and tests need.
without_extras() {
  local build=$OTP_STRANGERS/without_extras
  fresh "$build"
  configure "$OTP_SOURCE" "$build" -DCMAKE_CXX_COMPILER="$OTP_CXX" -DOTP_BUILD_TESTS=OFF \
    -DOTP_BUILD_MOCKS=OFF -DOTP_BUILD_CLI=OFF -DOTP_BUILD_EXAMPLES=OFF \
    -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON -DCMAKE_DISABLE_FIND_PACKAGE_CppHttplib=ON \
    -DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON
}

"$@"
