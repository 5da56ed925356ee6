#include "model/ascii.hpp"
#include "model/member_names.hpp"
#include "model/member_place.hpp"
#include "model/words_of_failure.hpp"

#include <otp/undocumented_refusal.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace otp {
namespace {

namespace json = boost::json;

/// What texts for people stand under, beside `message` and its like; some in other languages.
constexpr std::array further_message_ends = std::to_array<std::string_view>(
    {"note",        "notes",       "notice",        "comment",     "remark",    "info",
     "information", "warning",     "warnings",      "explanation", "issues",    "problems",
     "details",     "mensaje",     "mensagem",      "motivo",      "aviso",     "messaggio",
     "errore",      "erreur",      "fehler",        "nachricht",   "meldung",   "hinweis",
     "grund",       "resultado",   "ergebnis",      "fault",       "faultcode", "problem",
     "problemtype", "faultstring", "exceptionname", "stacktrace",  "subcode",   "reasoncode"}
);
constexpr std::array calls_for_more = std::to_array<std::string_view>(
    {"pending",
     "challenge",
     "require",
     "needs",
     "mfa",
     "2fa",
     "twofactor",
     "stepup",
     "review",
     "onhold"}
);
constexpr std::array ends_after_a_verdict =
    std::to_array<std::string_view>({"at", "on", "time", "date", "target"});
constexpr std::array names_of_codes_like_no =
    std::to_array<std::string_view>({"country", "lang", "locale", "region", "nation", "currency"});
/// As a text of their own; sentences and stems are found by `tells_of_failure`.
constexpr std::array words_of_refusal = std::to_array<std::string_view>(
    {"no",           "not",        "n",          "ko",        "nok",      "false",
     "none",         "never",      "deny",       "block",     "decline",  "refuse",
     "pending",      "challenge",  "challenged", "review",    "hold",     "locked",
     "suspended",    "revoked",    "forbidden",  "cancelled", "canceled", "timeout",
     "unauthorized", "unapproved", "unmatched",  "negative",  "bad",      "used"}
);
/// Beside the verdicts that `find_contradiction` knows.
constexpr std::array further_verdicts = std::to_array<std::string_view>(
    {"granted",
     "allowed",
     "permitted",
     "authorised",
     "recognised",
     "recognized",
     "pass",
     "complete",
     "completed",
     "done",
     "finished",
     "access"}
);
constexpr std::array names_of_results =
    std::to_array<std::string_view>({"result", "verdict", "outcome", "decision"});
constexpr std::array good_results = std::to_array<std::string_view>(
    {"ok",         "okay",      "yes",      "true",       "success",
     "successful", "succeeded", "approved", "accepted",   "verified",
     "valid",      "validated", "match",    "matched",    "passed",
     "pass",       "confirmed", "complete", "completed",  "done",
     "allow",      "allowed",   "granted",  "positive",   "authenticated",
     "authorized", "active",    "correct",  "authorised", "200",
     "0",          "1",         "consumed"}
);
/// What the name of a verdict may have beside it: `isPhoneNumberVerified`.
constexpr std::array subjects_of_a_verdict =
    std::to_array<std::string_view>({"is",       "was",        "has",
                                     "been",     "are",        "the",
                                     "phone",    "number",     "email",
                                     "mail",     "address",    "mobile",
                                     "sms",      "code",       "codes",
                                     "otp",      "passcode",   "user",
                                     "account",  "customer",   "identity",
                                     "target",   "contact",    "person",
                                     "check",    "request",    "operation",
                                     "response", "result",     "verification",
                                     "login",    "auth",       "authentication",
                                     "factor",   "method",     "all",
                                     "otpcode",  "phonenumber"});
/// In the name of something that is true they say that something is wrong.
constexpr std::array words_of_bad_news = std::to_array<std::string_view>(
    {"no",           "not",       "non",      "never",     "none",      "too",       "already",
     "used",         "bad",       "limit",    "limited",   "exceeded",  "exhausted", "lockout",
     "lock",         "block",     "revoked",  "malformed", "skipped",   "skip",      "simulated",
     "dry",          "bypass",    "bypassed", "missing",   "cannot",    "cant",      "unable",
     "insufficient", "must",      "doesnt",   "isnt",      "hasnt",     "wasnt",     "denied",
     "deny",         "suspended", "banned",   "disabled",  "cancelled", "canceled",  "aborted",
     "timeout",      "timedout",  "stale",    "replayed",  "duplicate", "fraud",     "suspicious"}
);

template <class Texts>
bool has_one_of(Texts const& texts, std::string_view in) {
    return std::any_of(texts.begin(), texts.end(), [in](std::string_view text) {
        return in.find(text) != in.npos;
    });
}

template <class Ends>
bool ends_with_one_of(Ends const& ends, std::string_view name) {
    return std::any_of(ends.begin(), ends.end(), [name](std::string_view end) {
        return name.ends_with(end);
    });
}

bool is_empty(json::value const& value) {
    if (auto const* const text = value.if_string()) return text->empty();
    if (auto const* const list = value.if_array()) return list->empty();
    auto const* const object = value.if_object();
    return value.is_null() || (object != nullptr && object->empty());
}

bool is_negative(json::value const& value) {
    auto const* const number = value.if_int64();
    return number != nullptr && *number < 0;
}

bool is_truth(json::value const& value, bool expected) {
    auto const* const truth = value.if_bool();
    return truth != nullptr && *truth == expected;
}

template <class Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// `unvalidated`, `disapproved`: a participle that its beginning turns round.
bool is_turned_round(std::string_view word) {
    return (word.starts_with("un") || word.starts_with("dis")) && word.ends_with("ed") &&
           word != "unlocked" && word != "unblocked";
}

/// Whether something that is true under this name is good news, or none at all: no word in it
/// denies anything, and a verdict in it has nothing beside it but what it is about.
bool is_good_if_true(std::string_view name, std::string_view plain_name) {
    auto const words = model::words_of_name(name);
    bool has_verdict = false;
    bool has_other_words = false;
    for (auto const& word : words) {
        if (is_one_of(words_of_bad_news, word) || is_turned_round(word)) return false;
        bool const is_verdict = model::verdict_in(word) == word;
        has_verdict = has_verdict || is_verdict;
        has_other_words =
            has_other_words || (!is_verdict && !is_one_of(subjects_of_a_verdict, word));
    }
    if (has_verdict) return !has_other_words;
    // `nomatch` is one word.
    auto const hidden = model::verdict_in(plain_name);
    return !hidden ||
           is_one_of(subjects_of_a_verdict, plain_name.substr(0, plain_name.rfind(*hidden)));
}

bool is_name_of_text_for_people(std::string_view plain_name) {
    return model::is_name_of_message(plain_name) ||
           ends_with_one_of(further_message_ends, plain_name);
}

bool belongs_to_a_verdict(std::string_view plain_name) {
    return std::any_of(
        ends_after_a_verdict.begin(),
        ends_after_a_verdict.end(),
        [plain_name](std::string_view end) {
            return plain_name.ends_with(end) &&
                   model::verdict_in(plain_name.substr(0, plain_name.size() - end.size()));
        }
    );
}

/// Whether one of the words of an identifier (`NOT_VERIFIED`, `pending-review`) is one of refusal.
bool has_word_of_refusal(std::string_view text) {
    std::string word;
    auto const is_refusal = [&word] {
        return std::find(words_of_refusal.begin(), words_of_refusal.end(), word) !=
               words_of_refusal.end();
    };
    for (char const c : text) {
        if (model::is_letter(c)) {
            word += model::to_lower(c);
            continue;
        }
        if (is_refusal()) return true;
        word.clear();
    }
    return is_refusal();
}

bool is_text_of_refusal(std::string_view plain_name, json::string const& value) {
    std::string_view const text(value.data(), value.size());
    bool const has_blank = text.find(' ') != text.npos;
    bool const has_digit = std::any_of(text.begin(), text.end(), model::is_digit);
    if (has_blank) return model::tells_of_failure(value);
    if (has_digit || has_one_of(names_of_codes_like_no, plain_name)) return false;
    return has_word_of_refusal(text) || model::tells_of_failure(value);
}

/// Whether the name can be read, and does not only look like one that is known.
bool is_plain_text(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// Something that failed or is still to be done, and that is denied, is good news.
bool is_good_if_false(std::string_view plain_name) {
    return model::failure_in(plain_name) || has_one_of(calls_for_more, plain_name);
}

bool is_good_result(json::value const& value) {
    if (value.is_structured() || value.is_null() || is_truth(value, true)) return true;
    if (value.is_number()) return true;
    return value.is_string() &&
           is_one_of(good_results, model::in_small_letters(value.get_string()));
}

std::string_view objection_to_verdict(std::string_view plain_name, json::value const& value) {
    bool const is_verdict =
        ends_with_one_of(further_verdicts, plain_name) && !value.is_structured();
    bool const is_good_text = value.is_string() && is_good_result(value);
    if (is_verdict && !is_truth(value, true) && !is_good_text) return "a verdict in it is not true";
    if (ends_with_one_of(names_of_results, plain_name) && !is_good_result(value)) {
        return "its result is none of a success";
    }
    return value.is_null() && belongs_to_a_verdict(plain_name) ? "a verdict in it is missing" : "";
}

std::string_view objection(std::string_view name, json::value const& value) {
    auto const plain_name = model::plain_member_name(name);
    if (!is_plain_text(name)) return is_empty(value) ? "" : "it has a name that cannot be read";
    if (is_truth(value, false)) {
        return is_good_if_false(plain_name) ? "" : "a member that is not documented says no";
    }
    if (is_negative(value)) return "a member that is not documented is negative";
    if (is_name_of_text_for_people(plain_name)) {
        return is_empty(value) ? "" : "it has a text that may mean anything";
    }
    if (has_one_of(calls_for_more, plain_name)) {
        return is_empty(value) || value.is_number() ? "" : "it asks for something more";
    }
    if (is_truth(value, true) && !is_good_if_true(name, plain_name)) {
        return "a member that is not documented says no";
    }
    if (auto const found = objection_to_verdict(plain_name, value); !found.empty()) return found;
    if (value.is_string() && is_text_of_refusal(plain_name, value.get_string())) {
        return "a text that is not documented says no";
    }
    return {};
}

class Search {
public:
    explicit Search(std::span<std::string_view const> documented) : place_(documented) {}

    AnswerProblem in(json::object const& object) {
        for (auto const& member : object) {
            std::string_view const name(member.key().data(), member.key().size());
            auto found = place_.in(name, [&] { return of(name, member.value()); });
            if (!found.empty()) return found;
        }
        return {};
    }

private:
    /// An element of a list stands under the list's name.
    AnswerProblem of(std::string_view name, json::value const& value) {
        if (!place_.is_listed("")) {
            auto const text = objection(name, value);
            if (!text.empty()) return {text, place_.pointer()};
        }
        if (!value.is_structured() || place_.is_listed("/**")) return {};
        if (auto const* const object = value.if_object()) return in(*object);
        auto const& list = value.get_array();
        for (std::size_t index = 0; index < list.size(); ++index) {
            auto found = place_.in(std::to_string(index), [&] { return of(name, list[index]); });
            if (!found.empty()) return found;
        }
        return {};
    }

    model::MemberPlace place_;
};

}  // namespace

AnswerProblem find_undocumented_refusal(
    json::object const& body, std::span<std::string_view const> documented
) {
    return Search(documented).in(body);
}

}  // namespace otp
