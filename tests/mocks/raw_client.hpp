#pragma once

#include <otp/mocks/mock_vendors.hpp>

#include <boost/json/value.hpp>

#include <atomic>
#include <chrono>
#include <httplib.h>
#include <map>
#include <string>
#include <string_view>

namespace otp::mocks::test {

/// What came back; status 0 if no whole response did.
struct Answer {
    int status{0};
    std::string body;
    httplib::Headers headers;

    /// The body as JSON; throws if it is none.
    [[nodiscard]] boost::json::value json() const;
    /// The member at an RFC 6901 pointer as JSON text; empty if there is none.
    [[nodiscard]] std::string at(std::string_view pointer) const;
    [[nodiscard]] std::string header(std::string const& name) const;
};

/// A clock that stands until a test moves it; it starts at 2023-11-14T22:13:20Z.
class HandClock {
public:
    [[nodiscard]] MockOptions::Time now() const { return now_.load(); }
    void advance(std::chrono::milliseconds by) { now_ = now() + by; }

private:
    std::atomic<MockOptions::Time> now_{
        MockOptions::Time(std::chrono::milliseconds(1700000000000))};
};

/// The Eko headers for a body signed at `time`.
[[nodiscard]] httplib::Headers eko_headers(
    MockCredentials const& credentials, MockOptions::Time time
);

/// Mock vendors on a hand clock with a client that knows each vendor's documented requests.
class Bench {
public:
    explicit Bench(MockOptions options = {});

    HandClock clock;
    MockCredentials const credentials;
    MockVendors mock;

    /// Credentials of a vendor as request headers.
    [[nodiscard]] httplib::Headers authorization(std::string_view vendor) const;

    /// Any request; `path` with the vendor's prefix.
    Answer request(
        std::string const& method,
        std::string const& path,
        httplib::Headers const& headers,
        std::string const& body = {},
        std::string const& content_type = "application/json"
    );
    /// A request with the vendor's credentials and a JSON body.
    Answer call(
        std::string_view vendor,
        std::string const& method,
        std::string const& path,
        std::string const& body
    );

    /// A good send or verify as documented. Recipients as in `ReservedRecipient`; SpherePay sends
    /// to the phone.
    Answer send(std::string_view vendor, std::string const& recipient);
    Answer verify(std::string_view vendor, std::string const& recipient, std::string const& code);

    /// The code of the newest message of a vendor; fails the test if there is none.
    [[nodiscard]] std::string last_code(std::string_view vendor) const;
    [[nodiscard]] std::string last_state(std::string_view vendor) const;

private:
    httplib::Client client_;
    /// Stytch's method ids, by recipient.
    std::map<std::string, std::string> method_ids_;
};

/// A good recipient for each vendor.
[[nodiscard]] std::string good_recipient(std::string_view vendor);

/// A code that is well formed, and wrong.
[[nodiscard]] std::string wrong_code(std::string const& code);

}  // namespace otp::mocks::test
