#pragma once

#include <otp/mocks/example_config.hpp>
#include <otp/mocks/mock_exchange.hpp>
#include <otp/mocks/mock_fault.hpp>
#include <otp/mocks/mock_message.hpp>
#include <otp/mocks/mock_options.hpp>
#include <otp/mocks/reserved_recipients.hpp>
#include <otp/mocks/vendor_names.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace otp::mocks {

/// Why there are no mock vendors: an address that cannot be listened on. `what()` has the address
/// and port, the vendor if the origin is its own, and the system's reason.
class CannotListen : public std::runtime_error {
public:
    CannotListen(std::string const& message, std::string vendor, std::error_code reason)
        : std::runtime_error(message), vendor_(std::move(vendor)), reason_(reason) {}

    /// The vendor whose own origin it would have been; empty for the shared one.
    [[nodiscard]] std::string const& vendor() const noexcept { return vendor_; }
    [[nodiscard]] std::error_code reason() const noexcept { return reason_; }

private:
    std::string vendor_;
    std::error_code reason_;
};

/// Five strict, stateful mock vendors on one port, each below its own path prefix and, if the
/// options say so, at the root of an origin of its own; and a small JSON API below `/api` of each
/// origin, which reports what was sent (docs/testing-offline.md).
///
/// - Vendors: `vendor_names`. Members that take a vendor's name throw `std::invalid_argument`,
/// which
///   names the nearest one, for any other.
/// - Sessions: tests that run at the same time do not disturb each other if each names a session of
///   its own, which has its own vendors, messages, exchanges, faults and clock. A session is made
///   when it is first used; of more than 1,000 the one that was used longest ago goes. Its name has
///   1 to 64 letters, digits, `.`, `_` and `-`, and members throw `std::invalid_argument` for any
///   other; the empty name is that of the session that all use who name none. Where a member takes
///   a session and gets none, it means all of them; members of the clock mean the one without a
///   name.
/// - Thread safety: all members may be called from several threads, except the destructor.
/// - The process ignores SIGPIPE from the first server on.
class MockVendors {
public:
    /// Listens when it returns, on all ports or on none. Throws `CannotListen`, a
    /// `std::runtime_error` if the certificate cannot be used, and `std::invalid_argument` for a
    /// vendor that does not exist, ports above 65535, a clock outside the years 1970 to 9000, a
    /// `keep` outside of its range, a token that is none, or a host that others reach without one.
    explicit MockVendors(MockOptions options = {});
    MockVendors(MockVendors const&) = delete;
    MockVendors& operator=(MockVendors const&) = delete;
    /// Closes all connections, ends the waits of those who ask over HTTP, and joins all threads.
    ~MockVendors();

    /// Of the origin that all vendors share.
    [[nodiscard]] std::uint16_t port() const noexcept;
    /// The same as `http://HOST:PORT` or `https://HOST:PORT`. A server that listens on all
    /// addresses is named by the loopback address.
    [[nodiscard]] std::string origin() const;
    /// The origin at whose root the vendor is; nothing if there is none.
    [[nodiscard]] std::optional<std::string> origin_of(std::string_view vendor) const;
    /// What an instance's `base_url` has to be: an origin of the vendor's own, or the shared one
    /// and the vendor's prefix; both with the prefix of `session`, if one is named.
    [[nodiscard]] std::string base_url(std::string_view vendor, std::string_view session = {})
        const;
    /// The configuration (JSON text) that points at this server: each instance at its `base_url`.
    [[nodiscard]] std::string example_config(std::string_view session = {}) const;

    /// What was sent, newest first. An empty text matches everything. A phone number or an email
    /// address may be spelled as `PhoneNumber::parse` and `EmailAddress::parse` take it, and Eko's
    /// numbers are also found by their 10 digits.
    [[nodiscard]] std::vector<MockMessage> messages(
        std::string_view vendor = {},
        std::string_view to = {},
        std::optional<std::string_view> session = {}
    ) const;
    /// The newest of these messages as soon as there is one; nothing if none comes within
    /// `timeout` of real time.
    [[nodiscard]] std::optional<MockMessage> wait_for_message(
        std::string_view vendor = {},
        std::string_view to = {},
        std::chrono::milliseconds timeout = std::chrono::seconds(10),
        std::optional<std::string_view> session = {}
    ) const;
    /// The requests that came and what they were answered, newest first; parameters as of
    /// `messages`.
    [[nodiscard]] std::vector<MockExchange> exchanges(
        std::string_view vendor = {},
        std::string_view to = {},
        std::optional<std::string_view> session = {}
    ) const;
    /// Forgets messages, their codes, limits, known users and tokens, and exchanges; faults and
    /// clocks stay.
    void clear(std::optional<std::string_view> session = {});
    /// Makes the vendors refuse the access tokens that they handed out, so that the next request
    /// gets a 401. Tokens that are part of the credentials stay good.
    void revoke_tokens(std::optional<std::string_view> session = {});

    /// Switches a fault on. The newest one that fits a request decides about its answer; a `delay`
    /// comes on top. Returns its id, `fault-2`. Throws `std::invalid_argument`, which says what is
    /// wrong and names the nearest fault.
    std::string add_fault(MockFault const& fault);
    /// Switches it off; false if it is off already.
    bool remove_fault(std::string_view id);
    /// Switches all faults off.
    void clear_faults(std::optional<std::string_view> session = {});

    /// Keeps the SDK's own view beside the exchanges: lines as `JsonLineObserver` writes them. Each
    /// that ends an attempt and has a `traceparent` finds the exchange with that trace; others are
    /// passed over.
    MockVerdicts take_verdicts(
        std::string_view json_lines, std::optional<std::string_view> session = {}
    );

    /// The time by which a session's codes, limits and tokens age. It goes on from wherever it was
    /// put.
    ///
    /// Eko's signature carries the client's time. It is compared with the clock of the options,
    /// which the members below leave alone: the client's clock does not go along.
    [[nodiscard]] MockTime now(std::string_view session = {}) const;
    /// Throws `std::invalid_argument` outside the years 1970 to 9000, as the next one does.
    void set_clock(MockTime now, std::string_view session = {});
    /// Less than 0 turns it back.
    void advance_clock(std::chrono::milliseconds by, std::string_view session = {});
    /// As it was at the beginning.
    void reset_clock(std::string_view session = {});

    /// Waits until at least `count` answers are held; false if that takes longer than `timeout`.
    [[nodiscard]] bool wait_until_held(
        std::size_t count, std::chrono::milliseconds timeout = std::chrono::seconds(10)
    );
    /// Lets go of all answers that are held now.
    void release_held();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace otp::mocks
