#pragma once

// What an application and the library must be built alike in, because types that both use are laid
// out by it. For each such choice an application refers to a symbol that only a library of the same
// choice defines. Its name is meant for the one who reads that the linker did not find it. C++20
// and C++23, `NDEBUG` and `_GLIBCXX_ASSERTIONS` may differ.

#include <otp/export.hpp>

#include <boost/asio/detail/config.hpp>
#include <boost/version.hpp>

#include <version>

#define OTP_JOIN_TOKENS(left, right) left##right
#define OTP_JOIN_VALUES(left, right) OTP_JOIN_TOKENS(left, right)

#define OTP_AGREE_ON_BOOST \
    OTP_JOIN_VALUES(otp_library_was_not_built_with_BOOST_VERSION_, BOOST_VERSION)

#if defined(_LIBCPP_VERSION)
#define OTP_AGREE_ON_STANDARD_LIBRARY otp_library_was_built_without_libcxx
#else
#define OTP_AGREE_ON_STANDARD_LIBRARY otp_library_was_built_without_libstdcxx
#endif

#if defined(__GXX_RTTI)
#define OTP_AGREE_ON_RTTI otp_library_was_built_with_fno_rtti
#else
#define OTP_AGREE_ON_RTTI otp_library_was_built_without_fno_rtti
#endif

#if defined(_GLIBCXX_DEBUG)
#define OTP_AGREE_ON_GLIBCXX_DEBUG otp_library_was_built_without__GLIBCXX_DEBUG
#else
#define OTP_AGREE_ON_GLIBCXX_DEBUG otp_library_was_built_with__GLIBCXX_DEBUG
#endif

#if defined(_GLIBCXX_USE_CXX11_ABI) && !_GLIBCXX_USE_CXX11_ABI
#define OTP_AGREE_ON_STRING_ABI otp_library_was_built_without__GLIBCXX_USE_CXX11_ABI_0
#else
#define OTP_AGREE_ON_STRING_ABI otp_library_was_built_with__GLIBCXX_USE_CXX11_ABI_0
#endif

#if defined(BOOST_ASIO_HAS_THREADS)
#define OTP_AGREE_ON_THREADS otp_library_was_built_with_BOOST_ASIO_DISABLE_THREADS
#else
#define OTP_AGREE_ON_THREADS otp_library_was_built_without_BOOST_ASIO_DISABLE_THREADS
#endif

#if defined(BOOST_ASIO_USE_TS_EXECUTOR_AS_DEFAULT)
#define OTP_AGREE_ON_EXECUTOR otp_library_was_built_without_BOOST_ASIO_USE_TS_EXECUTOR_AS_DEFAULT
#else
#define OTP_AGREE_ON_EXECUTOR otp_library_was_built_with_BOOST_ASIO_USE_TS_EXECUTOR_AS_DEFAULT
#endif

#if defined(BOOST_ASIO_ENABLE_HANDLER_TRACKING)
#define OTP_AGREE_ON_TRACKING otp_library_was_built_without_BOOST_ASIO_ENABLE_HANDLER_TRACKING
#else
#define OTP_AGREE_ON_TRACKING otp_library_was_built_with_BOOST_ASIO_ENABLE_HANDLER_TRACKING
#endif

#if defined(BOOST_ASIO_ENABLE_BUFFER_DEBUGGING)
#define OTP_AGREE_ON_BUFFERS otp_library_was_built_without_BOOST_ASIO_ENABLE_BUFFER_DEBUGGING
#else
#define OTP_AGREE_ON_BUFFERS otp_library_was_built_with_BOOST_ASIO_ENABLE_BUFFER_DEBUGGING
#endif

#if defined(BOOST_ASIO_HAS_IO_URING_AS_DEFAULT)
#define OTP_AGREE_ON_REACTOR otp_library_was_built_without_BOOST_ASIO_HAS_IO_URING_AS_DEFAULT
#elif defined(BOOST_ASIO_HAS_EPOLL)
#define OTP_AGREE_ON_REACTOR otp_library_was_built_with_BOOST_ASIO_DISABLE_EPOLL
#else
#define OTP_AGREE_ON_REACTOR otp_library_was_built_without_BOOST_ASIO_DISABLE_EPOLL
#endif

// The length of the array in which each thread keeps blocks for later use.
#if defined(BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE)
#define OTP_AGREE_ON_RECYCLING                                                     \
    OTP_JOIN_VALUES(                                                               \
        otp_library_was_not_built_with_BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE_, \
        BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE                                  \
    )
#else
#define OTP_AGREE_ON_RECYCLING otp_library_was_built_with_BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE
#endif

/// Applies `APPLY` to the symbol of each choice.
#define OTP_FOR_EACH_AGREEMENT(APPLY)    \
    APPLY(OTP_AGREE_ON_BOOST)            \
    APPLY(OTP_AGREE_ON_STANDARD_LIBRARY) \
    APPLY(OTP_AGREE_ON_RTTI)             \
    APPLY(OTP_AGREE_ON_GLIBCXX_DEBUG)    \
    APPLY(OTP_AGREE_ON_STRING_ABI)       \
    APPLY(OTP_AGREE_ON_THREADS)          \
    APPLY(OTP_AGREE_ON_EXECUTOR)         \
    APPLY(OTP_AGREE_ON_TRACKING)         \
    APPLY(OTP_AGREE_ON_BUFFERS)          \
    APPLY(OTP_AGREE_ON_REACTOR)          \
    APPLY(OTP_AGREE_ON_RECYCLING)

#define OTP_DECLARE_AGREEMENT(symbol) extern "C" OTP_EXPORT char const symbol;
OTP_FOR_EACH_AGREEMENT(OTP_DECLARE_AGREEMENT)
#undef OTP_DECLARE_AGREEMENT

namespace otp {

// Kept by the compiler and the linker although nothing reads it, so that it costs nothing but
// space.
#define OTP_ADDRESS_OF_AGREEMENT(symbol) &symbol,
[[gnu::used, gnu::retain]] inline char const* const build_agreement[] = {
    OTP_FOR_EACH_AGREEMENT(OTP_ADDRESS_OF_AGREEMENT)};
#undef OTP_ADDRESS_OF_AGREEMENT

}  // namespace otp
