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

    /// A numeric address or a name to listen on.
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
};

}  // namespace otp::mocks
