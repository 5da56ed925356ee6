#include "unit/http/scripted_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace otp::http {
namespace {

// The kernel gives out small numbers.
constexpr int first_descriptor = 1 << 30;
constexpr std::size_t most_at_once = 4;

// Only the thread of the test has any.
std::array<ScriptedSocket*, most_at_once> scripted{};

}  // namespace

ScriptedSocket::ScriptedSocket() {
    auto const place = std::find(scripted.begin(), scripted.end(), nullptr);
    descriptor_ = first_descriptor + static_cast<int>(place - scripted.begin());
    scripted.at(static_cast<std::size_t>(place - scripted.begin())) = this;
}

ScriptedSocket::~ScriptedSocket() {
    std::replace(scripted.begin(), scripted.end(), this, static_cast<ScriptedSocket*>(nullptr));
}

ScriptedSocket* ScriptedSocket::find(int descriptor) noexcept {
    auto const index = static_cast<std::size_t>(descriptor - first_descriptor);
    return descriptor >= first_descriptor && index < most_at_once ? scripted[index] : nullptr;
}

ssize_t ScriptedSocket::receive(char* into, std::size_t capacity, int flags) {
    flags_ = flags;
    if (receives_.empty()) {
        errno = EAGAIN;
        return -1;
    }
    auto& next = receives_.front();
    auto const size = next.text.copy(into, capacity);
    int const error = next.error;
    next.text.erase(0, size);
    if (next.text.empty()) receives_.pop_front();
    if (error == 0) return static_cast<ssize_t>(size);
    errno = error;
    return -1;
}

ssize_t ScriptedSocket::send(std::string_view bytes, int flags) {
    flags_ = flags;
    if (sends_.empty()) {
        errno = EAGAIN;
        return -1;
    }
    auto const next = sends_.front();
    sends_.pop_front();
    if (next.error != 0) {
        errno = next.error;
        return -1;
    }
    bytes = bytes.substr(0, next.limit);
    sent_ += bytes;
    return static_cast<ssize_t>(bytes.size());
}

}  // namespace otp::http

extern "C" ssize_t recv(int socket, void* bytes, std::size_t size, int flags) {
    if (auto* const script = otp::http::ScriptedSocket::find(socket)) {
        return script->receive(static_cast<char*>(bytes), size, flags);
    }
    return ::recvfrom(socket, bytes, size, flags, nullptr, nullptr);
}

extern "C" ssize_t send(int socket, void const* bytes, std::size_t size, int flags) {
    if (auto* const script = otp::http::ScriptedSocket::find(socket)) {
        return script->send({static_cast<char const*>(bytes), size}, flags);
    }
    return ::sendto(socket, bytes, size, flags, nullptr, 0);
}
