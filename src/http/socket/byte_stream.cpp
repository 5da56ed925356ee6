#include "http/socket/byte_stream.hpp"

namespace otp::http {

std::string ByteStream::describe(IoResult const& result) const {
    switch (result.status) {
        case IoStatus::end_of_stream:
            return "the server closed the connection";
        case IoStatus::truncated:
            return "the server cut the connection without a close_notify";
        case IoStatus::failed:
            return result.error.message();
        case IoStatus::done:
        case IoStatus::want_read:
        case IoStatus::want_write:
            break;
    }
    return "no failure";
}

}  // namespace otp::http
