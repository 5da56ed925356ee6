#pragma once

#include <otp/mocks/mock_credentials.hpp>
#include <otp/mocks/mock_time.hpp>
#include <otp/mocks/mock_tls.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace otp::mocks {

/// How the mock vendors listen and answer.
struct MockOptions {
    using Time = MockTime;

    /// A numeric address or a name to listen on. One that is not `localhost`, of 127.0.0.0/8 or ::1
    /// needs a `token`, since others can reach the inbox there.
    std::string host{"127.0.0.1"};
    /// 0 takes a free one.
    std::uint16_t port{0};
    /// This vendor is at the root of the listening origin, too, for clients that take an origin
    /// only. Empty: none.
    std::string vendor_at_root;
    /// Serves each vendor at the root of an origin of its own, beside the shared one: on five ports
    /// from this one on, in the order of `vendor_names`. 0 takes free ones. Nothing: no such
    /// origins.
    std::optional<std::uint16_t> vendor_ports_from;
    /// Nothing: plain HTTP.
    std::optional<MockTls> tls;
    /// The same seed gives the same codes and ids, in order. Nothing: random.
    std::optional<std::uint32_t> seed;
    /// The clock that the vendors' time starts from. Empty: the machine's. Called from several
    /// threads.
    std::function<Time()> now;
    /// How far the vendors' clock is ahead of it from the beginning; less than 0: behind it.
    std::chrono::milliseconds clock_offset{0};
    /// LoyaltyDog answers a send with `mockCode`, and Eko with `data.otp`.
    bool development_mode{false};
    /// Connections served at once on each port; each idle one takes a thread. At least 1. Half of
    /// them may wait for a message (`GET /api/messages/latest`).
    std::size_t threads{64};
    /// How long an idle connection is kept.
    std::chrono::milliseconds keep_alive{60000};
    /// How long answers to the "slow" recipients are held, if nobody releases them.
    std::chrono::milliseconds hold{30000};
    MockCredentials credentials;
    /// How many messages, and how many exchanges, are kept over all sessions: 1 to 1,000,000. The
    /// oldest go. Exchanges have 4 KiB each, on average, and go earlier if they need more.
    std::size_t keep{20000};
    /// What each request to the JSON API has to bring along, as `Authorization: Bearer TOKEN`: 1 to
    /// 256 letters, digits and `-._~+/`, and `=` at the end (RFC 6750 2.1). The vendors' own paths
    /// do not ask for it. Empty: nothing, and the API answers programs and pages of this machine
    /// alone.
    std::string token{};
};

}  // namespace otp::mocks
