#pragma once

#include <otp/seam/clock.hpp>
#include <otp/seam/name_resolver.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace otp::http {

/// The addresses of the one host that a transport connects to. It owns the looking up:
///
/// - One lookup at a time, which all who need the addresses wait for together.
/// - What it finds is kept, also if all who waited have gone. A failure is not kept: the next one
///   who needs addresses asks again.
/// - Old addresses serve while they are looked up anew (RFC 8767), and for an hour where that
/// fails.
///   Which failure it is does not matter: `getaddrinfo` says "not found" also where it could not
///   ask (no descriptor, a module that is not installed), and whoever answers at an old address
///   still has to prove by its certificate who it is.
/// - Addresses at which no connection could be made are looked up anew before they are used again.
///
/// A lookup in the background does not keep the `run` of an `io_context` from returning.
///
/// Not thread-safe: everything happens on the executor.
class HostAddresses : public std::enable_shared_from_this<HostAddresses> {
public:
    /// In the order in which they are tried; null or at least one.
    using Addresses = std::shared_ptr<NameResolver::Endpoints const>;

    /// Addresses are looked up anew when they are older.
    static constexpr std::chrono::seconds freshness{30};
    /// Addresses that could not be looked up anew are used up to this age.
    static constexpr std::chrono::hours usefulness{1};
    /// A lookup that takes longer is given up: the next one who needs addresses asks again.
    static constexpr std::chrono::seconds time_limit{60};

    /// The wait for a lookup that is under way. Who lets go of it no longer waits.
    class Wait {
    public:
        explicit Wait(std::function<void()> on_done) : on_done_(std::move(on_done)) {}

        [[nodiscard]] bool is_done() const noexcept { return done_; }
        /// What to connect to: what was found or, where that failed, what was known before; null if
        /// there is neither.
        [[nodiscard]] Addresses const& addresses() const noexcept { return addresses_; }
        /// Why the lookup failed.
        [[nodiscard]] boost::system::error_code error() const noexcept { return error_; }

    private:
        friend HostAddresses;
        std::function<void()> on_done_;
        bool done_{false};
        Addresses addresses_;
        boost::system::error_code error_;
    };

    /// `host` is a name or an address, which needs no lookup. `resolver` and `clock` are kept.
    HostAddresses(
        boost::asio::any_io_executor executor,
        std::shared_ptr<NameResolver> resolver,
        std::shared_ptr<Clock> clock,
        std::string host,
        std::uint16_t port
    );

    /// The addresses, if there are some that may be used without waiting. Old ones are looked up
    /// anew behind that.
    [[nodiscard]] Addresses at_hand();

    /// Joins the lookup that is under way, or begins one. `on_done` is called when it has ended; it
    /// must not throw. Throws what the resolver throws.
    [[nodiscard]] std::shared_ptr<Wait const> look_up(std::function<void()> on_done);

    /// For one who cannot wait any longer: addresses that are not too old, whatever else is known
    /// of them.
    [[nodiscard]] Addresses last_resort() const;

    /// A connection to one of these was made: they may be used again without waiting.
    void trust(Addresses const& used) noexcept;
    /// No connection could be made to these.
    void distrust(Addresses const& used) noexcept;

    /// Nobody will ask any more.
    void close() noexcept;

private:
    /// One question to the resolver, which may look at the signal as long as it has the handler.
    struct Question {
        boost::asio::cancellation_signal cancel{};
        Clock::TimePoint asked{};
    };

    void ask_if_needed(Clock::TimePoint now);
    void ask(Clock::TimePoint now);
    void on_answer(
        Question const& question,
        boost::system::error_code error,
        NameResolver::Endpoints const& found
    );
    void tell_all(boost::system::error_code error);

    boost::asio::any_io_executor executor_;
    std::shared_ptr<NameResolver> resolver_;
    std::shared_ptr<Clock> clock_;
    std::string host_;
    std::uint16_t port_;
    /// Null if the host is a name.
    Addresses literal_;
    Addresses known_;
    Clock::TimePoint found_at_{};
    bool trusted_{false};
    /// The one whose answer is awaited.
    std::shared_ptr<Question> question_;
    std::vector<std::weak_ptr<Wait>> waits_;
};

}  // namespace otp::http
