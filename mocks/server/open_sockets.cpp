#include "server/open_sockets.hpp"

#include <sys/socket.h>
#include <unistd.h>

namespace otp::mocks {

bool OpenSockets::add(int socket) {
    std::lock_guard const lock(mutex_);
    if (!down_) sockets_.insert(socket);
    return !down_;
}

void OpenSockets::close(int socket) {
    // Under the lock, so that `shut_down_all` never meets a number that was given to another file.
    std::lock_guard const lock(mutex_);
    sockets_.erase(socket);
    ::close(socket);
}

void OpenSockets::shut_down_all() {
    std::lock_guard const lock(mutex_);
    down_ = true;
    for (int const socket : sockets_) shutdown(socket, SHUT_RDWR);
}

}  // namespace otp::mocks
