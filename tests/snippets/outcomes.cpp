// What an application does with errors, outcomes and attempts.

#include <otp/otp.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

namespace asio = boost::asio;

namespace {

enum class Advice {
    try_again,
    wait,
    ask_for_the_code,
    offer_a_new_code,
    fix_the_input,
    call_an_operator
};

[[maybe_unused]]
// [snippet advice]
Advice
advice_for(otp::Error const& error) {
    if (error.delivery == otp::Delivery::unknown) {
        // Perhaps the code arrives; then `error.handle` checks it. A second send may make a second
        // code, so only the person asks for it.
        return error.handle ? Advice::ask_for_the_code : Advice::offer_a_new_code;
    }
    switch (error.category) {
        case otp::ErrorCategory::invalid_recipient:
        case otp::ErrorCategory::recipient_conflict:
        case otp::ErrorCategory::invalid_request:
            return Advice::fix_the_input;
        case otp::ErrorCategory::recipient_throttled:
        case otp::ErrorCategory::rate_limited:
        case otp::ErrorCategory::circuit_open:
            return Advice::wait;  // error.retry_after, if it is known
        case otp::ErrorCategory::connect_failed:
        case otp::ErrorCategory::unavailable:
        case otp::ErrorCategory::timeout:
            return Advice::try_again;  // nothing was sent, so there is no second code
        default:
            return Advice::call_an_operator;
    }
}
// [snippet end]

[[maybe_unused]]
// [snippet lost_answer]
std::optional<otp::VerificationHandle>
handle_of(otp::Result<otp::SendReceipt> const& sent) {
    if (sent) return sent->handle;
    return sent.error().handle;  // the answer was lost, and the code may arrive all the same
}
// [snippet end]

[[maybe_unused]]
// [snippet outcome]
std::string_view
answer_to(otp::Verification const& verification) {
    switch (verification.outcome) {
        case otp::Verification::Outcome::approved:
            return "welcome";
        case otp::Verification::Outcome::wrong_code:
            return "that is not the code; try again";
        case otp::Verification::Outcome::expired:
        case otp::Verification::Outcome::too_many_attempts:
            return "ask for a new code";
        case otp::Verification::Outcome::rejected:
            return "the code was not accepted; try again or ask for a new one";
    }
    return "the code was not accepted";
}
// [snippet end]

[[maybe_unused]]
// [snippet attempts]
void log_attempts(std::vector<otp::Attempt> const& attempts) {
    for (otp::Attempt const& attempt : attempts) {
        std::string_view result = "accepted";
        if (attempt.outcome) result = to_string(*attempt.outcome);  // of a check
        if (attempt.failure) result = to_string(*attempt.failure);
        std::clog << attempt.instance << ": " << result << ", " << attempt.latency.count()
                  << " us\n";
    }
}
// [snippet end]

[[maybe_unused]]
// [snippet warnings_of_receipt]
void log_warnings(otp::SendReceipt const& receipt) {
    for (std::string const& warning : receipt.warnings) {
        std::clog << receipt.handle.instance() << ": " << warning << '\n';
    }
}
// [snippet end]

// [snippet warnings]
class WarningLog final : public otp::Observer {
public:
    void on_warning(otp::Warning const& warning) noexcept override {
        std::clog << warning.instance << ": " << warning.message << '\n';
    }
};
// [snippet end]

[[maybe_unused]] otp::ClientOptions options_with_log() {
    otp::ClientOptions options;
    options.observers.push_back(std::make_shared<WarningLog>());
    return options;
}

[[maybe_unused]]
// [snippet cancel]
void send_until_cancelled(
    otp::OtpClient& client, otp::SendOtp request, asio::cancellation_signal& user_gave_up
) {
    request.deadline = std::chrono::seconds(5);  // instead of the configuration's
    client.async_send(
        "login",
        std::move(request),
        asio::bind_cancellation_slot(
            user_gave_up.slot(),
            [](otp::Result<otp::SendReceipt> const& sent) {
                if (!sent && sent.error().category == otp::ErrorCategory::cancelled) {
                    std::clog << "cancelled: " << to_string(sent.error().delivery) << '\n';
                }
            }
        )
    );
}
// [snippet end]

[[maybe_unused]]
// [snippet named_objects]
asio::awaitable<bool>
log_in(otp::OtpClient& client, otp::PhoneNumber phone, otp::VerificationHandle& handle) {
    otp::SendOtp request(std::move(phone));  // named, then awaited
    request.locale = "en";
    auto sent = co_await client.async_send("login", request, asio::use_awaitable);
    if (sent) handle = sent->handle;
    co_return sent.has_value();
}
// [snippet end]

}  // namespace
