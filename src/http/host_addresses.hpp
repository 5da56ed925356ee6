#pragma once

#include <otp/clock.hpp>
#include <otp/name_resolver.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace otp::http {

/// The addresses of the one host that a transport connects to. It owns the looking up:
///
/// - One lookup at a time, which all who need the addresses wait for together.
/// - What it finds is kept, also if all who waited have gone.
/// - Old addresses serve while they are looked up anew (RFC 8767), and for some minutes where the
///   name servers do not answer. A host that is said not to exist has none from then on.
///
/// Not thread-safe: everything happens on the executor.
class HostAddresses : public std::enable_shared_from_this<HostAddresses> {
public:
    using Endpoints = NameResolver::Endpoints;

    /// Addresses are looked up anew when they are older.
    static constexpr std::chrono::seconds freshness{30};
    /// Addresses that could not be looked up anew are used up to this age.
    static constexpr std::chrono::minutes usefulness{10};

    /// A lookup, for those who wait for it.
    struct Lookup {
        bool done{false};
        boost::system::error_code error{};
        /// What to connect to: what was found or, where nobody answered, what was known before.
        Endpoints endpoints{};

    private:
        friend HostAddresses;
        std::vector<std::function<void()>> waiters_{};
        /// Lives as long as the resolver may look at it.
        boost::asio::cancellation_signal cancel_{};
    };

    /// `host` is a name or an address. `resolver` and `clock` are kept.
    HostAddresses(
        boost::asio::any_io_executor executor,
        std::shared_ptr<NameResolver> resolver,
        std::shared_ptr<Clock> clock,
        std::string host,
        std::uint16_t port
    );

    /// The addresses, if there are some that may be used without waiting. Old ones are looked up
    /// anew behind that.
    [[nodiscard]] std::optional<Endpoints> at_hand();

    /// Joins the lookup that is under way, or begins one. `on_done` is called when it has ended; it
    /// must not throw. Throws what the resolver throws.
    [[nodiscard]] std::shared_ptr<Lookup const> look_up(std::function<void()> on_done);

    /// The addresses cannot be connected to: the next one looks them up.
    void distrust() noexcept { trusted_ = false; }

    /// Nobody will ask any more.
    void close() noexcept;

private:
    void begin();
    void finish(boost::system::error_code error, Endpoints found);

    boost::asio::any_io_executor executor_;
    std::shared_ptr<NameResolver> resolver_;
    std::shared_ptr<Clock> clock_;
    std::string host_;
    std::uint16_t port_;
    Endpoints endpoints_;
    Clock::TimePoint found_at_{};
    bool trusted_{false};
    std::shared_ptr<Lookup> under_way_;
};

}  // namespace otp::http
