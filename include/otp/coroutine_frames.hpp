#pragma once

// GCC 12 takes the frame of a coroutine that is larger than 1020 bytes for one whose memory is
// freed by the wrong function: -Wmismatched-new-delete. Asio keeps smaller frames for the next
// coroutine, larger ones come straight from `std::aligned_alloc`; the warning compares one of the
// frame's `operator new` and `operator delete` with what the other one calls, when only that other
// one was inlined. Requests and outcomes of the SDK, kept in the frame of whoever awaits them, are
// what makes frames that large. Asio's two functions are not inlined here, so that GCC compares the
// operators with each other again; nothing is hidden from its warnings.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ == 12

#include <boost/asio/detail/memory.hpp>

#include <cstddef>

// Declared again on purpose, with an attribute that contradicts their `inline`.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wattributes"
#pragma GCC diagnostic ignored "-Wredundant-decls"
namespace boost::asio {
[[gnu::noinline]] void* aligned_new(std::size_t align, std::size_t size);
[[gnu::noinline]] void aligned_delete(void* pointer);
}  // namespace boost::asio
#pragma GCC diagnostic pop

#endif
