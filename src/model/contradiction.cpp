#include "model/ascii.hpp"

#include <otp/contradiction.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace otp {
namespace {

namespace json = boost::json;

/// How a member's name says that its value matters.
enum class Concern {
    none,
    error,
    report,
    failure,
    verdict,
    result,
    state,
    status,
    result_code,
    message
};

// All names without `_` and `-`, in lower case.
constexpr std::array<std::string_view, 13> reports{
    "code",
    "detail",
    "title",
    "type",
    "traceid",
    "problem",
    "fault",
    "exception",
    "invalidparams",
    "invalidparameters",
    "invalidfields",
    "violations",
    "failures"};
constexpr std::array<std::string_view, 4> statuses{
    "status", "statuscode", "httpstatus", "httpstatuscode"};
constexpr std::array<std::string_view, 6> result_codes{
    "resultcode", "responsecode", "returncode", "respcode", "retcode", "replycode"};
constexpr std::array<std::string_view, 7> message_ends{
    "message", "messages", "msg", "reason", "description", "remarks", "statustext"};
constexpr std::array<std::string_view, 3> result_ends{"result", "verdict", "outcome"};
/// What is told with a word and not with true or false: `verificationStatus`.
constexpr std::array<std::string_view, 4> state_ends{"status", "statuscode", "state", "flag"};
constexpr std::array<std::string_view, 16> verdicts{
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
    "matched",
    "correct"};
/// Anywhere in a name: `failureReason`, `rejectedChecks`, `isInvalidCode`.
constexpr std::array<std::string_view, 22> failures{
    "fail",        "reject",     "decline",    "denied",       "refuse",       "mismatch",
    "wrong",       "expired",    "blocked",    "locked",       "forbidden",    "invalid",
    "incorrect",   "unverified", "unapproved", "unsuccessful", "unauthorized", "unauthenticated",
    "unconfirmed", "unaccepted", "unmatched",  "disapproved"};
/// What sentences of failure have in them, and good news have not.
constexpr std::array<std::string_view, 41> words_of_failure{
    "invalid",        "incorrect",    "wrong",          "mismatch",     "expired",
    "fail",           "unsuccessful", "unverified",     "unable",       "error",
    "denied",         "reject",       "decline",        "refused",      "exhausted",
    "exceeded",       "blocked",      "too many",       "already used", "timed out",
    "time out",       "not valid",    "not verif",      "not match",    "not found",
    "not exist",      "not allowed",  "not accepted",   "not approved", "not confirmed",
    "not successful", "not correct",  "not authorized", "could not",    "can not",
    "cannot",         "n't match",    "n't verif",      "n't exist",    "n't valid",
    "no such"};

std::string plain_name(std::string_view name) {
    std::string plain;
    plain.reserve(name.size());
    for (char const c : name) {
        if (c != '_' && c != '-') plain += model::to_lower(c);
    }
    return plain;
}

template <class Names>
bool is_one_of(Names const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// `notVerified` is the opposite of a verdict, and `notExpired` and `unlocked` of a failure.
bool is_negated(std::string_view before) {
    return before.ends_with("not") || before.ends_with("non");
}

template <class Names>
bool ends_with_one_of(Names const& ends, std::string_view name) {
    return std::any_of(ends.begin(), ends.end(), [name](std::string_view end) {
        return name.ends_with(end);
    });
}

template <class Words>
bool has_one_of(Words const& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
        return text.find(word) != text.npos;
    });
}

/// The verdict that a name is about: `verified` of `isPhoneVerified` and `isVerifiedPhone`; nothing
/// of `verifiedAt`.
std::optional<std::string_view> verdict_in(std::string_view name) {
    bool const asks = name.starts_with("is") || name.starts_with("was");
    auto const* const found =
        std::find_if(verdicts.begin(), verdicts.end(), [&](std::string_view verdict) {
            return asks ? name.find(verdict) != name.npos : name.ends_with(verdict);
        });
    return found == verdicts.end() ? std::nullopt : std::optional(*found);
}

/// Nothing if no failure is named.
std::optional<Concern> concern_of_failure(std::string_view name) {
    for (auto const failure : failures) {
        auto const found = name.find(failure);
        if (found == name.npos) continue;
        auto const before = name.substr(0, found);
        return is_negated(before) || before.ends_with("un") ? Concern::verdict : Concern::failure;
    }
    return std::nullopt;
}

Concern concern_of_plain(std::string_view name) {
    if (name.find("error") != name.npos || name.starts_with("err")) return Concern::error;
    if (is_one_of(reports, name)) return Concern::report;
    if (is_one_of(statuses, name)) return Concern::status;
    if (is_one_of(result_codes, name)) return Concern::result_code;
    if (auto const failure = concern_of_failure(name)) return *failure;
    if (name == "ok" || name == "isok") return Concern::verdict;
    if (auto const verdict = verdict_in(name)) {
        auto const before = name.substr(0, name.rfind(*verdict));
        return is_negated(before) ? Concern::failure : Concern::verdict;
    }
    if (ends_with_one_of(result_ends, name)) return Concern::result;
    if (ends_with_one_of(state_ends, name)) return Concern::state;
    return ends_with_one_of(message_ends, name) ? Concern::message : Concern::none;
}

Concern concern_of(std::string_view name) {
    return concern_of_plain(plain_name(name));
}

bool is_integer(json::value const& value, int expected) {
    auto const* const number = value.if_int64();
    return number != nullptr && *number == expected;
}

bool is_truth(json::value const& value, bool expected) {
    auto const* const truth = value.if_bool();
    return truth != nullptr && *truth == expected;
}

std::string in_small_letters(json::string const& text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), model::to_lower);
    return small;
}

/// Whether there is such a text in the value, at any depth.
bool tells_of_failure(json::value const& value) {
    if (auto const* const list = value.if_array()) {
        return std::any_of(list->begin(), list->end(), tells_of_failure);
    }
    if (auto const* const object = value.if_object()) {
        return std::any_of(object->begin(), object->end(), [](auto const& member) {
            return tells_of_failure(member.value());
        });
    }
    return value.is_string() && has_one_of(words_of_failure, in_small_letters(value.get_string()));
}

bool is_number(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// Whether it says no in one of the usual words, or is a number but neither 1 nor the HTTP status.
bool is_bad_state(json::value const& value, int http_status) {
    if (value.is_string()) {
        static constexpr std::array<std::string_view, 5> words{"no", "false", "ko", "nok", "n"};
        auto const text = in_small_letters(value.get_string());
        if (is_number(text)) return text != "1" && text != std::to_string(http_status);
        return is_one_of(words, text) || tells_of_failure(value);
    }
    if (value.is_number()) return !is_integer(value, 1) && !is_integer(value, http_status);
    return is_truth(value, false);
}

/// Whether it is neither 0, in digits of any number, nor the HTTP status, nor a good word.
bool is_bad_result_code(json::value const& value, int http_status) {
    if (value.is_null() || is_integer(value, 0) || is_integer(value, http_status)) return false;
    if (!value.is_string()) return true;
    std::string_view const text(value.get_string().data(), value.get_string().size());
    bool const is_zero = text.find_first_not_of('0') == text.npos;
    if (is_number(text)) return !is_zero && text != std::to_string(http_status);
    return is_bad_state(value, http_status);
}

std::string_view objection(Concern concern, json::value const& value, int http_status) {
    switch (concern) {
        case Concern::none:
            return {};
        case Concern::error:
            return value.is_null() ? "" : "it names an error";
        case Concern::report:
            return value.is_null() ? "" : "it has a member of an error report";
        case Concern::failure: {
            bool const silent = value.is_null() || is_truth(value, false) || is_integer(value, 0);
            return silent ? "" : "it says that something failed";
        }
        case Concern::verdict:
            return is_truth(value, true) ? "" : "a verdict in it is not true";
        case Concern::status:
            return is_integer(value, http_status) ? "" : "its status is not the HTTP status";
        case Concern::result:
            return value.is_null() || is_bad_state(value, http_status)
                       ? "its result is none of a success"
                       : "";
        case Concern::state:
            return is_bad_state(value, http_status) ? "its state is none of a success" : "";
        case Concern::result_code:
            return is_bad_result_code(value, http_status) ? "its code is that of a failure" : "";
        case Concern::message:
            return tells_of_failure(value) ? "its message is one of a failure" : "";
    }
    return {};
}

class Search {
public:
    Search(int http_status, std::span<std::string_view const> documented)
        : http_status_(http_status), documented_(documented) {}

    std::string_view in(json::object const& object, bool about_other_things) {
        for (auto const& member : object) {
            std::string_view const name(member.key().data(), member.key().size());
            auto const found =
                in_place(name, [&] { return of_member(name, member.value(), about_other_things); });
            if (!found.empty()) return found;
        }
        return {};
    }

private:
    /// What `look` finds with `token` at the end of the pointer.
    template <class Look>
    std::string_view in_place(std::string_view token, Look look) {
        auto const size = pointer_.size();
        pointer_ = append_json_pointer(pointer_, token);
        auto const found = look();
        pointer_.resize(size);
        return found;
    }

    std::string_view of_member(
        std::string_view name, json::value const& value, bool about_other_things
    ) {
        auto const concern = concern_of(name);
        bool const counts =
            concern == Concern::error || (concern != Concern::none && !about_other_things);
        if (counts && !is_documented("")) {
            auto const found = objection(concern, value, http_status_);
            if (!found.empty()) return found;
        }
        return below(value, about_other_things);
    }

    std::string_view below(json::value const& value, bool about_other_things) {
        if (!value.is_structured() || is_documented("/**")) return {};
        about_other_things = about_other_things || is_documented("/*");
        if (auto const* const object = value.if_object()) return in(*object, about_other_things);
        auto const& array = value.get_array();
        for (std::size_t index = 0; index < array.size(); ++index) {
            auto const found = in_place(std::to_string(index), [&] {
                return below(array[index], about_other_things);
            });
            if (!found.empty()) return found;
        }
        return {};
    }

    /// Whether the place is listed with `ending` behind it.
    [[nodiscard]] bool is_documented(std::string_view ending) const {
        return std::any_of(documented_.begin(), documented_.end(), [&](std::string_view listed) {
            return listed.size() == pointer_.size() + ending.size() &&
                   listed.starts_with(pointer_) && listed.ends_with(ending);
        });
    }

    int http_status_;
    std::span<std::string_view const> documented_;
    std::string pointer_;
};

}  // namespace

bool may_contradict(std::string_view name) {
    return concern_of(name) != Concern::none;
}

std::string_view find_contradiction(
    json::object const& body, int http_status, std::span<std::string_view const> documented
) {
    return Search(http_status, documented).in(body, false);
}

}  // namespace otp
