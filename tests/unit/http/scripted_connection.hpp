#pragma once

#include "http/pool/connection.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace otp::http {

/// The far end of a connection without a socket: what it sends, what it takes, and what it sees of
/// the near end. Outlives the connection.
struct FarEnd {
    static constexpr auto unlimited = std::numeric_limits<std::size_t>::max();

    /// What comes next, in this order; behind that nothing has come yet.
    void sends(std::string_view text) { arrivals.push_back({IoStatus::done, std::string(text)}); }
    void ends() { arrivals.push_back({IoStatus::end_of_stream, {}}); }

    struct Arrival {
        IoStatus status;
        std::string text;
    };
    std::deque<Arrival> arrivals{};
    /// So many bytes are taken from now on.
    std::size_t room{unlimited};
    /// What comes of a write for which there is no room.
    IoStatus without_room{IoStatus::want_write};

    std::string received{};
    bool saw_the_end{false};
    int memory_releases{0};
};

/// Makes connections to far ends. It and its limits outlive them.
class ConnectionMaker final : public IdleObserver {
public:
    ConnectionMaker();

    [[nodiscard]] std::shared_ptr<Connection> make(
        FarEnd& far_end, Clock::TimePoint retires_at = Clock::TimePoint::max()
    );
    /// One whose observer is another.
    [[nodiscard]] std::shared_ptr<Connection> make_for(IdleObserver& observer, FarEnd& far_end);

    HttpLimits limits{};
    std::vector<Connection*> lost{};

private:
    void on_idle_connection_lost(Connection& connection) override { lost.push_back(&connection); }

    std::shared_ptr<SocketWatch> watch_;
    std::array<char, 4096> scratch_{};
};

/// As the event loop does when something happened on the socket.
void tell(Connection& connection);

}  // namespace otp::http
