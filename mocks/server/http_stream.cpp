#include "server/http_stream.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {

ssize_t HttpStream::read(char* into, std::size_t size) {
    // An interim response (100 Continue) has to leave before the body comes.
    if (!output_.empty() && !flush()) return -1;
    if (input_begin_ == input_end_) {
        input_begin_ = 0;
        input_end_ = channel_->read(input_);
    }
    auto const count = std::min(size, input_end_ - input_begin_);
    std::copy_n(input_.data() + input_begin_, count, into);
    input_begin_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t HttpStream::write(char const* bytes, std::size_t size) {
    output_.append(bytes, size);
    return static_cast<ssize_t>(size);
}

// Nobody asks for addresses.
void HttpStream::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
}

void HttpStream::get_local_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
}

bool HttpStream::wait_for_request(std::chrono::milliseconds timeout) {
    return input_begin_ != input_end_ || channel_->wait_readable(timeout);
}

bool HttpStream::send_part() {
    auto const output = std::exchange(output_, {});
    return channel_->write({output.data(), output.size()}) && channel_->peer_is_there();
}

bool HttpStream::flush() {
    auto const output = std::exchange(output_, {});
    switch (std::exchange(transfer_, MockTransfer::complete)) {
        case MockTransfer::cut_before_response:
            return false;
        case MockTransfer::cut_in_response:
            static_cast<void>(channel_->write({output.data(), output.size() - 2}));
            return false;
        case MockTransfer::complete:
        case MockTransfer::held:
            break;
    }
    return channel_->write({output.data(), output.size()}) && !last_;
}

}  // namespace otp::mocks
