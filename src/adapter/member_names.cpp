#include "adapter/member_names.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <array>

namespace otp::adapter {

using model::is_alphanumeric;
using model::is_capital;
using model::is_digit;
using model::is_letter;
using model::to_lower;

namespace {

constexpr std::array<std::string_view, 7> message_ends{
    "message", "messages", "msg", "reason", "description", "remarks", "statustext"};
constexpr std::array<std::string_view, 17> verdicts{
    "success",
    "successful",
    "succeeded",
    "verified",
    "verify",
    "valid",
    "validated",
    "approved",
    "accepted",
    "authenticated",
    "authorized",
    "confirmed",
    "passed",
    "match",
    "matches",
    "matched",
    "correct"};

/// Anywhere in a name: `failureReason`, `rejectedChecks`, `isInvalidCode`.
constexpr std::array<std::string_view, 22> failures{
    "fail",        "reject",     "decline",    "denied",       "refuse",       "mismatch",
    "wrong",       "expired",    "blocked",    "locked",       "forbidden",    "invalid",
    "incorrect",   "unverified", "unapproved", "unsuccessful", "unauthorized", "unauthenticated",
    "unconfirmed", "unaccepted", "unmatched",  "disapproved"};

}  // namespace

std::string plain_member_name(std::string_view name) {
    std::string plain;
    plain.reserve(name.size());
    for (char const c : name) {
        if (c != '_' && c != '-') plain += to_lower(c);
    }
    return plain;
}

std::optional<std::string_view> verdict_in(std::string_view plain_name) {
    bool const asks = plain_name.starts_with("is") || plain_name.starts_with("was");
    auto const* const found =
        std::find_if(verdicts.begin(), verdicts.end(), [&](std::string_view verdict) {
            return asks ? plain_name.find(verdict) != plain_name.npos
                        : plain_name.ends_with(verdict);
        });
    return found == verdicts.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> words_of_name(std::string_view name) {
    std::vector<std::string> words(1);
    for (std::size_t at = 0; at < name.size(); ++at) {
        char const c = name[at];
        char const before = at > 0 ? name[at - 1] : '\0';
        char const behind = at + 1 < name.size() ? name[at + 1] : '\0';
        // `OTPVerified` is `OTP` and `Verified`.
        bool const ends_capitals =
            is_letter(before) && is_letter(behind) && to_lower(behind) == behind;
        bool const follows_other =
            is_letter(before) ? to_lower(before) == before : is_digit(before);
        bool const separates = !is_alphanumeric(c);
        bool const begins = separates || (is_capital(c) && (follows_other || ends_capitals));
        if (begins && !words.back().empty()) words.emplace_back();
        if (!separates) words.back() += to_lower(c);
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::optional<NamedFailure> failure_in(std::string_view plain_name) {
    for (auto const failure : failures) {
        auto const place = plain_name.find(failure);
        if (place != plain_name.npos) return NamedFailure{failure, place};
    }
    return std::nullopt;
}

bool is_name_of_message(std::string_view plain_name) {
    return std::any_of(message_ends.begin(), message_ends.end(), [&](std::string_view end) {
        return plain_name.ends_with(end);
    });
}

}  // namespace otp::adapter
