#pragma once

#include <mutex>
#include <set>

namespace otp::mocks {

/// The sockets of a server's connections, so that all can be shut down at once.
class OpenSockets {
public:
    /// False once `shut_down_all` was called.
    [[nodiscard]] bool add(int socket);
    /// Closes `socket`, whether it was added or not.
    void close(int socket);
    /// Wakes every thread that reads from a socket.
    void shut_down_all();

private:
    std::mutex mutex_;
    std::set<int> sockets_;
    bool down_{false};
};

}  // namespace otp::mocks
