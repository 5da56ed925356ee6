#include "adapter/member_names.hpp"
#include "adapter/member_place.hpp"
#include "adapter/word_list.hpp"
#include "adapter/words_of_failure.hpp"

#include <otp/adapter/contradiction.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace otp {
namespace {

namespace json = boost::json;

using adapter::WordList;

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
constexpr WordList errors(std::to_array<std::string_view>({"error"}));
constexpr WordList reports(std::to_array<std::string_view>({
    "violation",
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
    "failures",
}));
constexpr WordList statuses(
    std::to_array<std::string_view>({"status", "statuscode", "httpstatus", "httpstatuscode"})
);
constexpr WordList result_codes(std::to_array<std::string_view>(
    {"resultcode", "responsecode", "returncode", "respcode", "retcode", "replycode", "rc", "ret"}
));
constexpr WordList result_ends(
    std::to_array<std::string_view>({"result", "verdict", "outcome", "decision"})
);
/// What is said with a word and not with true or false: `verificationStatus`.
constexpr WordList state_ends(
    std::to_array<std::string_view>({"status", "statuscode", "state", "flag"})
);

/// `notVerified` is the opposite of a verdict, and `notExpired` and `unlocked` of a failure.
bool is_negated(std::string_view before) {
    return before.ends_with("not") || before.ends_with("non");
}

/// Nothing if no failure is named.
std::optional<Concern> concern_of_failure(std::string_view name) {
    auto const failure = adapter::failure_in(name);
    if (!failure) return std::nullopt;
    auto const before = name.substr(0, failure->place);
    return is_negated(before) || before.ends_with("un") ? Concern::verdict : Concern::failure;
}

Concern concern_of_plain(std::string_view name) {
    if (errors.find_in(name) || name.starts_with("err")) return Concern::error;
    if (reports.has(name)) return Concern::report;
    if (statuses.has(name)) return Concern::status;
    if (result_codes.has(name)) return Concern::result_code;
    if (auto const failure = concern_of_failure(name)) return *failure;
    if (name == "ok" || name == "isok") return Concern::verdict;
    if (auto const verdict = adapter::verdict_in(name)) {
        auto const before = name.substr(0, name.rfind(*verdict));
        return is_negated(before) ? Concern::failure : Concern::verdict;
    }
    if (result_ends.find_at_end_of(name)) return Concern::result;
    if (state_ends.find_at_end_of(name)) return Concern::state;
    return adapter::is_name_of_message(name) ? Concern::message : Concern::none;
}

Concern concern_of(std::string_view name) {
    return concern_of_plain(adapter::PlainMemberName(name).text());
}

bool is_integer(json::value const& value, int expected) {
    auto const* const number = value.if_int64();
    return number != nullptr && *number == expected;
}

bool is_truth(json::value const& value, bool expected) {
    auto const* const truth = value.if_bool();
    return truth != nullptr && *truth == expected;
}

bool is_number(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// Whether it says no in one of the usual words, or is a number but neither 1 nor the HTTP status.
bool is_bad_state(json::value const& value, int http_status) {
    if (value.is_string()) {
        static constexpr std::array<std::string_view, 5> words{"no", "false", "ko", "nok", "n"};
        auto const text = adapter::in_small_letters(value.get_string());
        if (is_number(text)) return text != "1" && text != std::to_string(http_status);
        return std::find(words.begin(), words.end(), text) != words.end() ||
               adapter::tells_of_failure(value);
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
            return adapter::tells_of_failure(value) ? "its message is one of a failure" : "";
    }
    return {};
}

class Search {
public:
    Search(int http_status, std::span<std::string_view const> documented)
        : http_status_(http_status), place_(documented) {}

    AnswerProblem in(json::object const& object, bool about_other_things) {
        for (auto const& member : object) {
            std::string_view const name(member.key().data(), member.key().size());
            auto found = place_.in(name, [&] {
                return of_member(name, member.value(), about_other_things);
            });
            if (!found.empty()) return found;
        }
        return {};
    }

private:
    AnswerProblem of_member(
        std::string_view name, json::value const& value, bool about_other_things
    ) {
        auto const concern = concern_of(name);
        bool const counts =
            concern == Concern::error || (concern != Concern::none && !about_other_things);
        if (counts && !place_.is_listed("")) {
            auto const text = objection(concern, value, http_status_);
            if (!text.empty()) return {text, place_.pointer()};
        }
        return below(value, about_other_things);
    }

    AnswerProblem below(json::value const& value, bool about_other_things) {
        if (!value.is_structured() || place_.is_listed("/**")) return {};
        about_other_things = about_other_things || place_.is_listed("/*");
        if (auto const* const object = value.if_object()) return in(*object, about_other_things);
        auto const& array = value.get_array();
        for (std::size_t index = 0; index < array.size(); ++index) {
            auto found = place_.in(std::to_string(index), [&] {
                return below(array[index], about_other_things);
            });
            if (!found.empty()) return found;
        }
        return {};
    }

    int http_status_;
    adapter::MemberPlace place_;
};

}  // namespace

bool may_contradict(std::string_view name) {
    return concern_of(name) != Concern::none;
}

AnswerProblem find_contradiction(
    json::object const& body, int http_status, std::span<std::string_view const> documented
) {
    return Search(http_status, documented).in(body, false);
}

}  // namespace otp
