#include "adapter/member_names.hpp"

#include "adapter/word_list.hpp"
#include "model/ascii.hpp"

#include <array>

namespace otp::adapter {

using model::is_alphanumeric;
using model::is_capital;
using model::is_digit;
using model::is_letter;
using model::to_lower;

namespace {

constexpr WordList message_ends(std::to_array<std::string_view>(
    {"message", "messages", "msg", "reason", "description", "remarks", "statustext"}
));
constexpr WordList verdicts(std::to_array<std::string_view>({
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
    "correct",
}));

/// Anywhere in a name: `failureReason`, `rejectedChecks`, `isInvalidCode`.
constexpr WordList failures(std::to_array<std::string_view>({
    "fail",        "reject",     "decline",    "denied",       "refuse",       "mismatch",
    "wrong",       "expired",    "blocked",    "locked",       "forbidden",    "invalid",
    "incorrect",   "unverified", "unapproved", "unsuccessful", "unauthorized", "unauthenticated",
    "unconfirmed", "unaccepted", "unmatched",  "disapproved",
}));

}  // namespace

PlainMemberName::PlainMemberName(std::string_view name) {
    characters_.reserve(name.size());
    for (char const c : name) {
        if (c != '_' && c != '-') characters_.push_back(to_lower(c));
    }
}

std::optional<std::string_view> verdict_in(std::string_view plain_name) {
    bool const asks = plain_name.starts_with("is") || plain_name.starts_with("was");
    if (!asks) return verdicts.find_at_end_of(plain_name);
    auto const found = verdicts.find_in(plain_name);
    return found ? std::optional(found->word) : std::nullopt;
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

std::optional<FoundWord> failure_in(std::string_view plain_name) {
    return failures.find_in(plain_name);
}

bool is_name_of_message(std::string_view plain_name) {
    return message_ends.find_at_end_of(plain_name).has_value();
}

}  // namespace otp::adapter
