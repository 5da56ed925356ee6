#include "attempt_text.hpp"

#include <chrono>
#include <cstdint>
#include <ratio>
#include <string_view>
#include <vector>

namespace otp::cli {

namespace {

/// What the vendor did not take as it was given.
[[nodiscard]] std::string describe_hints(std::vector<AppliedHint> const& hints) {
    std::string changed;
    std::vector<std::string> left_out;
    for (auto const& hint : hints) {
        if (!hint.used) {
            left_out.push_back(hint.name);
        } else if (*hint.used != hint.wanted) {
            changed += ", " + hint.name + ' ' + *hint.used + " for " + hint.wanted;
        }
    }
    return left_out.empty() ? changed : changed + ", without " + join(left_out);
}

/// What a failed attempt means for what was asked for.
[[nodiscard]] std::string_view describe_delivery(Delivery delivery, Step step) noexcept {
    if (step == Step::send) return to_string(delivery);
    return delivery == Delivery::not_sent ? "the check was not counted"
                                          : "the check may have been counted";
}

[[nodiscard]] std::string describe_result(Attempt const& attempt, Step step) {
    if (attempt.outcome) return std::string(to_string(*attempt.outcome));
    if (!attempt.failure) return "accepted";
    std::string text(to_string(*attempt.failure));
    text += ", ";
    return text += describe_delivery(attempt.delivery, step);
}

/// The HTTP status says more of an answered attempt than that it was done.
[[nodiscard]] std::string describe_phase(Attempt const& attempt) {
    auto const& phase = attempt.phase;
    if (!attempt.failure || !phase || *phase == ExchangePhase::done) return "";
    return ", while " + std::string(to_string(*phase));
}

[[nodiscard]] std::string describe_answer(Attempt const& attempt) {
    std::string text;
    if (attempt.http_status != 0) text = ", HTTP " + std::to_string(attempt.http_status);
    auto const& code = attempt.vendor_code;
    if (code.empty()) return text;
    bool const is_number = code.find_first_not_of("-0123456789") == code.npos;
    if (text.empty()) return ", code " + code;
    return text + (is_number ? " code " : " ") + code;
}

/// Why it was not asked. What the vendor lacks is more than that it cannot serve; all else that
/// the category says, the reason says better.
[[nodiscard]] std::string describe_skip(Attempt const& attempt) {
    std::string text(describe(attempt.reason));
    bool const says_more = attempt.reason == DecisionReason::cannot_serve && attempt.failure;
    return says_more ? text + " (" + std::string(to_string(*attempt.failure)) + ')' : text;
}

[[nodiscard]] std::string describe_wait_before(Attempt const& attempt) {
    if (attempt.waited_before.count() == 0) return "";
    return ", after a wait of " + describe_wait(attempt.waited_before);
}

[[nodiscard]] std::string_view describe_decision(Decision decision) noexcept {
    switch (decision) {
        case Decision::finish:
        case Decision::skip:
            return "";
        case Decision::retry:
            return ", then the same instance again";
        case Decision::renew_token:
            return ", then with a new access token";
        case Decision::next_instance:
            return ", then the next instance";
        case Decision::confirm:
            return ", then the question whether that is true";
    }
    return "";
}

}  // namespace

std::string describe_attempt(Attempt const& attempt, Step step) {
    auto text = describe_instance(attempt.instance, attempt.vendor) + ": ";
    if (attempt.decision == Decision::skip) return text += "skipped, " + describe_skip(attempt);
    text += describe_result(attempt, step);
    text += describe_phase(attempt);
    text += describe_answer(attempt);
    auto const elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(attempt.latency);
    text += ", " + std::to_string(elapsed.count()) + " ms";
    text += describe_wait_before(attempt);
    text += describe_hints(attempt.hints);
    return text += describe_decision(attempt.decision);
}

std::string describe_wait(std::chrono::milliseconds wait) {
    if (wait < std::chrono::seconds(1)) return std::to_string(wait.count()) + " ms";
    auto const tenths = std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(wait);
    return std::to_string(tenths.count() / 10) + '.' + std::to_string(tenths.count() % 10) + " s";
}

std::string describe_instance(std::string const& instance, std::string const& vendor) {
    if (instance.empty() || instance == vendor) return vendor;
    return vendor.empty() ? instance : instance + " (" + vendor + ")";
}

}  // namespace otp::cli
