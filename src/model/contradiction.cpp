#include "model/ascii.hpp"

#include <otp/contradiction.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace otp {
namespace {

namespace json = boost::json;

/// How a member's name says that its value matters.
enum class Concern { none, error, report, failure, verdict, status, message };

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
constexpr std::array<std::string_view, 7> messages{
    "message", "msg", "reason", "description", "statusmessage", "responsemessage", "statustext"};
/// What sentences of failure have in them, and good news have not.
constexpr std::array<std::string_view, 19> words_of_failure{
    "invalid",
    "not valid",
    "incorrect",
    "wrong",
    "mismatch",
    "not match",
    "expired",
    "fail",
    "unsuccessful",
    "error",
    "denied",
    "rejected",
    "declined",
    "refused",
    "not found",
    "not exist",
    "not allowed",
    "exhausted",
    "unable"};
constexpr std::array<std::string_view, 11> verdicts{
    "success",
    "successful",
    "succeeded",
    "verified",
    "valid",
    "approved",
    "accepted",
    "authenticated",
    "authorized",
    "confirmed",
    "passed"};
constexpr std::array<std::string_view, 18> failures{
    "failed",
    "failure",
    "rejected",
    "denied",
    "declined",
    "refused",
    "expired",
    "blocked",
    "forbidden",
    "invalid",
    "unverified",
    "unapproved",
    "unsuccessful",
    "unauthorized",
    "unauthenticated",
    "unconfirmed",
    "unaccepted",
    "disapproved"};

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

/// `notVerified` is the opposite of a verdict.
bool is_negated(std::string_view before_verdict) {
    return before_verdict.ends_with("not") || before_verdict.ends_with("non");
}

Concern concern_of(std::string_view name) {
    auto const plain = plain_name(name);
    if (plain.find("error") != plain.npos) return Concern::error;
    if (is_one_of(reports, plain)) return Concern::report;
    if (is_one_of(statuses, plain)) return Concern::status;
    if (is_one_of(messages, plain)) return Concern::message;
    auto const ends_with = [&plain](std::string_view end) { return plain.ends_with(end); };
    if (std::any_of(failures.begin(), failures.end(), ends_with)) return Concern::failure;
    if (plain == "ok" || plain == "isok") return Concern::verdict;
    auto const* const verdict = std::find_if(verdicts.begin(), verdicts.end(), ends_with);
    if (verdict == verdicts.end()) return Concern::none;
    bool const negated =
        is_negated(std::string_view(plain).substr(0, plain.size() - verdict->size()));
    return negated ? Concern::failure : Concern::verdict;
}

bool is_integer(json::value const& value, int expected) {
    auto const* const number = value.if_int64();
    return number != nullptr && *number == expected;
}

bool is_truth(json::value const& value, bool expected) {
    auto const* const truth = value.if_bool();
    return truth != nullptr && *truth == expected;
}

/// Whether it is a text with such a word, or a list with such a text.
bool tells_of_failure(json::value const& value) {
    if (auto const* const list = value.if_array())
        return std::any_of(list->begin(), list->end(), tells_of_failure);
    if (!value.is_string()) return false;
    std::string text(value.get_string());
    std::transform(text.begin(), text.end(), text.begin(), model::to_lower);
    return std::any_of(
        words_of_failure.begin(),
        words_of_failure.end(),
        [&text](std::string_view word) { return text.find(word) != text.npos; }
    );
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
