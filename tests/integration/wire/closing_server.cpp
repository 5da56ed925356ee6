#include "integration/wire/closing_server.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string_view>
#include <utility>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
// Less than the head of any request in these tests, so that a part of a request it stays.
constexpr std::size_t most_partial_bytes = 120;

std::string body_of(std::string_view kind, std::size_t run) {
    std::string number = std::to_string(run);
    number.insert(0, 6 - number.size(), '0');
    return R"({"id":")" + std::string(kind) + number + R"("})";
}

/// Which of a run's two requests it is, or a companion.
struct Identity {
    char kind{};
    std::size_t run{0};
};

std::optional<Identity> identify(std::string const& request) {
    static constexpr std::string_view mark = R"({"id":")";
    auto const found = request.find(mark);
    if (found == std::string::npos) return {};
    std::string const id = request.substr(found + mark.size(), 7);
    return Identity{id.front(), std::strtoul(id.c_str() + 1, nullptr, 10)};
}

}  // namespace

std::string first_body(std::size_t run) {
    return body_of("f", run);
}
std::string second_body(std::size_t run) {
    return body_of("s", run);
}
std::string companion_body() {
    return body_of("c", 0);
}

std::uint64_t announced_seed() {
    char const* const given = std::getenv("OTP_TEST_SEED");
    std::uint64_t const seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20260801;
    std::printf("OTP_TEST_SEED=%llu\n", static_cast<unsigned long long>(seed));
    return seed;
}

std::vector<Closing> random_closings(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    auto const below = [&](std::size_t limit) {
        return static_cast<std::size_t>(random() % limit);
    };
    std::vector<Closing> closings;
    closings.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        // The idle connection is the race itself, so it gets half of the runs.
        auto const moment = below(8) < 4 ? Moment::idle : static_cast<Moment>(1 + below(4));
        auto const most = moment == Moment::partial_answer ? answer.size() - 1 : most_partial_bytes;
        closings.push_back(
            {moment,
             static_cast<Ending>(below(3)),
             1 + below(most),
             std::chrono::microseconds(below(2) == 0 ? 0 : below(300))}
        );
    }
    return closings;
}

void spin_for(std::chrono::microseconds pause) {
    auto const end = std::chrono::steady_clock::now() + pause;
    while (std::chrono::steady_clock::now() < end) {
    }
}

ClosingServer::ClosingServer(std::vector<Closing> closings, std::optional<ServerTls> tls)
    : closings_(std::move(closings)), seen_(closings_.size()) {
    server_ = std::make_unique<ScriptedServer>(
        [this](Peer& peer, std::size_t) { serve(peer); }, std::move(tls)
    );
}

std::vector<ClosingServer::Seen> ClosingServer::stop() {
    server_.reset();
    return std::move(seen_);
}

void ClosingServer::saw(std::size_t run, std::size_t bytes, bool processed) {
    std::lock_guard const lock(mutex_);
    seen_.at(run).bytes += bytes;
    if (processed) ++seen_.at(run).processed;
}

void ClosingServer::serve(Peer& peer) {
    while (auto const request = peer.read_request()) {
        auto const identity = identify(*request);
        if (!identity) return;
        if (identity->kind == 'c') continue;
        if (identity->kind == 's') {
            // On a connection of its own: the closing happened elsewhere.
            saw(identity->run, request->size(), true);
            peer.write(answer);
            continue;
        }
        peer.write(answer);
        return close_connection(peer, identity->run);
    }
}

void ClosingServer::close_connection(Peer& peer, std::size_t run) {
    Closing const& closing = closings_.at(run);
    if (closing.moment == Moment::idle) {
        spin_for(closing.pause);
        return end(peer, run);
    }
    if (closing.moment == Moment::partial_request) {
        std::size_t left = closing.bytes;
        while (left > 0) {
            auto const read = peer.read_up_to(left);
            if (read.empty()) return;
            saw(run, read.size(), false);
            left -= read.size();
        }
        spin_for(closing.pause);
        return end(peer, run);
    }
    auto const request = peer.read_request();
    if (!request) return;
    saw(run, request->size(), true);
    spin_for(closing.pause);
    if (closing.moment == Moment::partial_answer) peer.write(answer.substr(0, closing.bytes));
    if (closing.moment == Moment::after_answer) peer.write(answer);
    end(peer, run);
}

void ClosingServer::end(Peer& peer, std::size_t run) {
    switch (closings_.at(run).ending) {
        case Ending::finish:
            peer.finish();
            // A server that has said goodbye may well read on.
            for (auto rest = peer.read_some(); !rest.empty(); rest = peer.read_some()) {
                saw(run, rest.size(), false);
            }
            return;
        case Ending::cut:
            return peer.cut();
        case Ending::reset:
            return peer.reset();
    }
}

}  // namespace otp::test
