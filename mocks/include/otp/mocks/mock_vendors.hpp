#pragma once

#include <otp/mocks/reserved_recipients.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

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
};

struct MockOptions {
    using Time = std::chrono::sys_time<std::chrono::milliseconds>;

    /// A numeric address or a name to listen on.
    std::string host{"127.0.0.1"};
    /// 0 takes a free one.
    std::uint16_t port{0};
    /// Nothing: plain HTTP.
    std::optional<MockTls> tls;
    /// The same seed gives the same codes and ids, in order. Nothing: random.
    std::optional<std::uint32_t> seed;
    /// The vendors' clock. Empty: the machine's. Called from several threads.
    std::function<Time()> now;
    /// LoyaltyDog answers a send with `mockCode`, and Eko with `data.otp`.
    bool development_mode{false};
    /// Connections served at once; each idle one takes a thread. At least 1.
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

/// Five strict, stateful mock vendors on one port, each below its own path prefix, and a small JSON
/// API that tells what was sent (docs/testing.md).
///
/// - Vendors: `spherepay`, `loyaltydog`, `10npay`, `eko`, `stytch`.
/// - `GET /api/messages?vendor=...&to=...` answers an array of messages, newest first.
///   `DELETE /api/messages` makes the vendors forget everything, as `clear` does.
///   `DELETE /api/tokens` does what `revoke_tokens` does.
/// - Thread safety: all members may be called from several threads, except the destructor.
/// - The process ignores SIGPIPE from the first server on.
class MockVendors {
public:
    /// Listens when it returns. Throws `std::runtime_error` if the port is taken or the certificate
    /// cannot be used.
    explicit MockVendors(MockOptions options = {});
    MockVendors(MockVendors const&) = delete;
    MockVendors& operator=(MockVendors const&) = delete;
    /// Closes all connections and joins all threads.
    ~MockVendors();

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// `http://HOST:PORT` or `https://HOST:PORT`.
    [[nodiscard]] std::string origin() const;
    /// What an instance's `base_url` has to be.
    [[nodiscard]] std::string base_url(std::string_view vendor) const;
    /// The configuration (JSON text) that points at this server; see the function below.
    [[nodiscard]] std::string example_config() const;

    /// What was sent, newest first. An empty text matches everything. Eko's numbers are also found
    /// by their 10 digits.
    [[nodiscard]] std::vector<MockMessage> messages(
        std::string_view vendor = {}, std::string_view to = {}
    ) const;
    /// Forgets messages, their codes, limits, known users and tokens.
    void clear();
    /// Makes the vendors refuse the access tokens that they handed out, so that the next request
    /// gets a 401. Tokens that are part of the credentials stay good.
    void revoke_tokens();

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

}  // namespace otp::mocks
