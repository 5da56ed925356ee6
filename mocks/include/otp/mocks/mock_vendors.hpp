#pragma once

#include <otp/mocks/reserved_recipients.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace otp::mocks {

/// The vendors' names: `spherepay`, `loyaltydog`, `10npay`, `eko`, `stytch`. Wherever the vendors
/// have an order, as in `MockOptions::vendor_ports_from`, it is this one.
[[nodiscard]] std::vector<std::string> const& vendor_names();

/// Throws `std::invalid_argument` for any other name; the text says which one is near.
void require_vendor_name(std::string_view name);

/// What the mock vendors accept. All of it is fake.
struct MockCredentials {
    std::string spherepay_api_key{"mock-spherepay-api-key"};
    /// For `POST /v2/token`. The username `mfa-pending@example.com` is asked for a second factor.
    std::string loyaltydog_username{"mock-merchant@example.com"};
    std::string loyaltydog_password{"mock-loyaltydog-password"};
    /// A token that is accepted without a grant.
    std::string loyaltydog_token{"mock-loyaltydog-token"};
    /// For `POST /connect/token`.
    std::string ten_n_pay_client_id{"mock-10npay-client"};
    std::string ten_n_pay_client_secret{"mock-10npay-client-secret"};
    /// A token that is accepted without a grant.
    std::string ten_n_pay_access_token{"mock-10npay-access-token"};
    std::string eko_developer_key{"mock-eko-developer-key"};
    std::string eko_access_key{"mock-eko-access-key"};
    std::string eko_initiator_id{"9962981729"};
    std::string stytch_project_id{"project-test-00000000-0000-0000-0000-000000000000"};
    std::string stytch_secret{"mock-stytch-secret"};
};

/// A server certificate and its key, PEM files.
struct MockTls {
    std::filesystem::path certificate;
    std::filesystem::path key;
    /// What clients have to trust. Empty: the certificate file itself, which is right for one that
    /// signed itself and for a file that holds the whole chain.
    std::filesystem::path authority{};
};

struct MockOptions {
    using Time = std::chrono::sys_time<std::chrono::milliseconds>;

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

/// A message that a mock vendor "delivered".
struct MockMessage {
    std::string id;
    std::string vendor;
    /// `sms`, `email`, `whatsapp`.
    std::string channel;
    /// Phone number (E.164) or email address; SpherePay: the customer id, because the vendor alone
    /// knows the address.
    std::string to;
    std::string code;
    MockOptions::Time sent_at;
    /// `pending`, `verified`, `expired`, `superseded`, `locked`.
    std::string state;
};

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
/// origin, which tells what was sent (docs/testing-offline.md).
///
/// - Vendors: `vendor_names`. Members that take a vendor's name throw `std::invalid_argument`,
/// which
///   names the nearest one, for any other.
/// - Thread safety: all members may be called from several threads, except the destructor.
/// - The process ignores SIGPIPE from the first server on.
class MockVendors {
public:
    /// Listens when it returns, on all ports or on none. Throws `CannotListen`, a
    /// `std::runtime_error` if the certificate cannot be used, and `std::invalid_argument` for a
    /// vendor that does not exist, ports above 65535 or a clock outside the years 1970 to 9000.
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
    /// and the vendor's prefix.
    [[nodiscard]] std::string base_url(std::string_view vendor) const;
    /// The configuration (JSON text) that points at this server: each instance at its `base_url`.
    [[nodiscard]] std::string example_config() const;

    /// What was sent, newest first. An empty text matches everything. A phone number or an email
    /// address may be spelled as `PhoneNumber::parse` and `EmailAddress::parse` take it, and Eko's
    /// numbers are also found by their 10 digits.
    [[nodiscard]] std::vector<MockMessage> messages(
        std::string_view vendor = {}, std::string_view to = {}
    ) const;
    /// The newest of these messages as soon as there is one; nothing if none comes within
    /// `patience` of real time.
    [[nodiscard]] std::optional<MockMessage> wait_for_message(
        std::string_view vendor = {},
        std::string_view to = {},
        std::chrono::milliseconds patience = std::chrono::seconds(10)
    ) const;
    /// Forgets messages, their codes, limits, known users and tokens.
    void clear();
    /// Makes the vendors refuse the access tokens that they handed out, so that the next request
    /// gets a 401. Tokens that are part of the credentials stay good.
    void revoke_tokens();

    /// The time by which codes, limits and tokens age. It goes on from wherever it was put.
    ///
    /// Eko's signature carries the client's time. It is compared with the clock of the options,
    /// which the members below leave alone: the client's clock does not go along.
    [[nodiscard]] MockOptions::Time now() const;
    /// Throws `std::invalid_argument` outside the years 1970 to 9000, as the next one does.
    void set_clock(MockOptions::Time now);
    /// Less than 0 turns it back.
    void advance_clock(std::chrono::milliseconds by);
    /// As it was at the beginning.
    void reset_clock();

    /// Waits until at least `count` answers are held; false if that takes longer than `patience`.
    [[nodiscard]] bool wait_until_held(
        std::size_t count, std::chrono::milliseconds patience = std::chrono::seconds(10)
    );
    /// Lets go of all answers that are held now.
    void release_held();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Configuration text for the mock vendors at `origin`: an instance and a route for each vendor, by
/// its name, and the route `login` that uses all five. LoyaltyDog and 10nPay get the credentials
/// that need a token grant; Stytch creates unknown users.
///
/// `ca_file`: the PEM file that the instances trust instead of the system's roots, for `https`.
[[nodiscard]] std::string example_config(
    std::string_view origin,
    std::optional<std::filesystem::path> const& ca_file = {},
    MockCredentials const& credentials = {}
);

/// The same with a base URL for each vendor of `vendor_names`; throws `std::out_of_range` if one is
/// missing.
[[nodiscard]] std::string example_config(
    std::map<std::string, std::string> const& base_urls,
    std::optional<std::filesystem::path> const& ca_file = {},
    MockCredentials const& credentials = {}
);

}  // namespace otp::mocks
