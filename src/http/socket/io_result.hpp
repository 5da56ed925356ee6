#pragma once

#include <boost/system/error_code.hpp>

#include <cstddef>

namespace otp::http {

/// How a non-blocking read or write ended.
enum class IoStatus {
    done,           ///< `size` bytes were moved, at least one.
    want_read,      ///< Try again when the socket is readable.
    want_write,     ///< Try again when the socket is writable.
    end_of_stream,  ///< The peer closed, and said so (close_notify, or a FIN without TLS).
    truncated,      ///< The peer closed a TLS connection without a close_notify.
    failed,         ///< `error` says why.
};

struct IoResult {
    IoStatus status{IoStatus::done};
    std::size_t size{0};
    boost::system::error_code error{};
};

}  // namespace otp::http
