#pragma once

#include "inbox/inbox.hpp"
#include "inbox/message_filter.hpp"
#include "vendor/id_source.hpp"
#include "vendor/vendor.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/mock_time.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks::test {

/// When all tests begin: 2023-11-14T22:13:20Z.
inline constexpr MockTime first_moment{std::chrono::milliseconds(1700000000000)};

/// A vendor's function with its state, called as the server calls it, but without a server. The
/// time stands until a test moves it.
template <typename State>
class PlayedVendor {
public:
    PlayedVendor(std::string name, State given, AnswerFunction<State> function)
        : state(std::move(given)), name_(std::move(name)), function_(function) {}

    MockResponse answer(MockRequest const& request) {
        auto answer = function_(request, state, VendorContext{now, client_now, ids_});
        inbox_.record(name_, answer, now);
        return std::move(answer.response);
    }

    /// Of the newest message; empty if there is none.
    [[nodiscard]] std::string code() const { return newest().code; }
    [[nodiscard]] std::string code_state() const { return newest().state; }
    [[nodiscard]] std::string recipient() const { return newest().to; }

    State state;
    MockTime now{first_moment};
    MockTime client_now{first_moment};

private:
    [[nodiscard]] MockMessage newest() const {
        return inbox_.latest(MessageFilter(name_), now).value_or(MockMessage{});
    }

    std::string name_;
    AnswerFunction<State> function_;
    IdSource ids_{7};
    Inbox inbox_;
};

/// A request with a JSON body.
[[nodiscard]] MockRequest json_request(
    std::string method, std::string path, MockHeaders headers, std::string body
);

[[nodiscard]] MockHeaders bearer(std::string const& token);

/// Another code of as many digits.
[[nodiscard]] std::string wrong_code(std::string code);

/// The member at an RFC 6901 pointer of a JSON body, as JSON text; empty if there is none.
[[nodiscard]] std::string member(MockResponse const& response, std::string_view pointer);

}  // namespace otp::mocks::test
