#include "unit/http/scripted_connection.hpp"

#include <boost/system/errc.hpp>

#include <algorithm>
#include <utility>

namespace otp::http {
namespace {

/// Watches nothing, as there is no socket.
class NoWatch final : public SocketWatch {
    [[nodiscard]] int epoll_handle() override { return -1; }
    void start_wait() override {}
    void cancel_wait() noexcept override {}
    void hide_wait() noexcept override {}
    void reveal_wait() noexcept override {}
    void post_catch_up() override {}
};

class ScriptedStream final : public ByteStream {
public:
    explicit ScriptedStream(FarEnd& far_end) : far_end_(far_end) {}

    [[nodiscard]] IoResult read(std::span<char> into) override {
        auto& arrivals = far_end_.arrivals;
        if (arrivals.empty()) return {IoStatus::want_read};
        auto const arrival = arrivals.front();
        arrivals.pop_front();
        auto const size = arrival.text.copy(into.data(), into.size());
        return {arrival.status, size};
    }
    [[nodiscard]] IoResult write(std::span<char const> bytes) override {
        auto const size = std::min(bytes.size(), far_end_.room);
        if (size == 0) return without_room();
        far_end_.received.append(bytes.data(), size);
        if (far_end_.room != FarEnd::unlimited) far_end_.room -= size;
        return {IoStatus::done, size};
    }
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override {
        return far_end_.received.size();
    }
    [[nodiscard]] bool may_have_input() const noexcept override {
        return !far_end_.arrivals.empty();
    }
    [[nodiscard]] bool is_silent() const noexcept override { return far_end_.arrivals.empty(); }
    void release_memory() noexcept override { ++far_end_.memory_releases; }
    void announce_end() noexcept override { far_end_.saw_the_end = true; }

private:
    [[nodiscard]] IoResult without_room() const {
        if (far_end_.without_room == IoStatus::want_write) return {IoStatus::want_write};
        return {
            IoStatus::failed,
            0,
            boost::system::errc::make_error_code(boost::system::errc::connection_reset)};
    }

    FarEnd& far_end_;
};

}  // namespace

ConnectionMaker::ConnectionMaker() : watch_(std::make_shared<NoWatch>()) {}

std::shared_ptr<Connection> ConnectionMaker::make(FarEnd& far_end, Clock::TimePoint retires_at) {
    return std::make_shared<Connection>(
        watch_,
        platform::OwnedDescriptor(),
        std::make_unique<ScriptedStream>(far_end),
        limits,
        *this,
        scratch_,
        retires_at
    );
}

std::shared_ptr<Connection> ConnectionMaker::make_for(IdleObserver& observer, FarEnd& far_end) {
    return std::make_shared<Connection>(
        watch_,
        platform::OwnedDescriptor(),
        std::make_unique<ScriptedStream>(far_end),
        limits,
        observer,
        scratch_,
        Clock::TimePoint::max()
    );
}

void tell(Connection& connection) {
    static_cast<SocketListener&>(connection).on_ready(false);
}

}  // namespace otp::http
