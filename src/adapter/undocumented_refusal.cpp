#include "adapter/member_names.hpp"
#include "adapter/member_place.hpp"
#include "adapter/words_of_failure.hpp"
#include "model/ascii.hpp"

#include <otp/adapter/undocumented_refusal.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace otp {
namespace {

namespace json = boost::json;

/// What texts for people stand under, beside `message` and its like; some in other languages. The
/// last word of a name, or the whole of it.
constexpr std::array further_names_of_texts = std::to_array<std::string_view>(
    {"note",        "notes",       "notice",        "comment",     "remark",    "info",
     "information", "warning",     "warnings",      "explanation", "issues",    "problems",
     "details",     "mensaje",     "mensagem",      "motivo",      "aviso",     "messaggio",
     "errore",      "erreur",      "fehler",        "nachricht",   "meldung",   "hinweis",
     "grund",       "resultado",   "ergebnis",      "fault",       "faultcode", "problem",
     "problemtype", "faultstring", "exceptionname", "stacktrace",  "subcode",   "reasoncode"}
);
constexpr std::array names_of_groups =
    std::to_array<std::string_view>({"info", "information", "details"});
constexpr std::array calls_for_more = std::to_array<std::string_view>(
    {"pending",
     "challenge",
     "require",
     "requires",
     "required",
     "requirement",
     "needs",
     "mfa",
     "2fa",
     "twofactor",
     "stepup",
     "review",
     "hold",
     "onhold"}
);
/// How names of numbers end: `pendingPoints`, `reviewCount`.
constexpr std::array names_of_amounts = std::to_array<std::string_view>(
    {"count", "total", "points", "ttl", "seconds", "minutes", "days", "limit", "amount", "number"}
);
/// Longer ones are no names that anybody documents, and would cost time.
constexpr std::size_t longest_name = 128;
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
/// Those of them that good news have not either, in a sentence.
constexpr std::array words_of_refusal_in_sentences = std::to_array<std::string_view>(
    {"deny",
     "decline",
     "refuse",
     "pending",
     "challenge",
     "locked",
     "suspended",
     "revoked",
     "forbidden",
     "cancelled",
     "canceled",
     "timeout",
     "unauthorized",
     "unapproved",
     "unmatched"}
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
/// Without digits, as a number may be of anything.
constexpr std::array good_results = std::to_array<std::string_view>(
    {"ok",         "okay",      "yes",      "true",       "success",
     "successful", "succeeded", "approved", "accepted",   "verified",
     "valid",      "validated", "match",    "matched",    "passed",
     "pass",       "confirmed", "complete", "completed",  "done",
     "allow",      "allowed",   "granted",  "positive",   "authenticated",
     "authorized", "active",    "correct",  "authorised", "consumed"}
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
                                     "otpcode",  "mfa",        "challenge",
                                     "review",   "phonenumber"});
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

template <class Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Texts>
bool has_one_of(Texts const& texts, std::string_view in) {
    return std::any_of(texts.begin(), texts.end(), [in](std::string_view text) {
        return in.find(text) != in.npos;
    });
}

/// A member's name, taken apart once for the member and all elements of its list.
struct Name {
    explicit Name(std::string_view name) {
        can_be_read =
            name.size() <= longest_name &&
            std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~'; });
        if (!can_be_read) return;
        plain = adapter::PlainMemberName(name).text();
        words = adapter::words_of_name(name);
    }

    [[nodiscard]] std::string_view last_word() const {
        return words.empty() ? std::string_view() : std::string_view(words.back());
    }
    /// Whether the last word, or the name as a whole, is one of these.
    template <class Words>
    [[nodiscard]] bool ends_with_one_of(Words const& ends) const {
        return is_one_of(ends, last_word()) || is_one_of(ends, plain);
    }

    bool can_be_read{false};
    std::string plain;
    std::vector<std::string> words;
};

bool is_empty(json::value const& value) {
    if (auto const* const text = value.if_string()) return text->empty();
    if (auto const* const list = value.if_array()) return list->empty();
    auto const* const object = value.if_object();
    return value.is_null() || (object != nullptr && object->empty());
}

bool is_integer(json::value const& value, std::int64_t expected) {
    auto const* const number = value.if_int64();
    return number != nullptr && *number == expected;
}

bool is_negative(json::value const& value) {
    auto const* const number = value.if_int64();
    return number != nullptr && *number < 0;
}

bool is_truth(json::value const& value, bool expected) {
    auto const* const truth = value.if_bool();
    return truth != nullptr && *truth == expected;
}

bool is_further_verdict(Name const& name) {
    if (name.last_word() == "access") return name.words.size() == 1;
    return is_one_of(further_verdicts, name.last_word());
}

bool ends_in_a_verdict(Name const& name) {
    return is_further_verdict(name) || adapter::verdict_in(name.last_word());
}

/// `unvalidated`, `disapproved`: a verdict that its beginning turns round.
bool is_turned_round(std::string_view word) {
    for (std::string_view const beginning : {"un", "dis"}) {
        if (!word.starts_with(beginning)) continue;
        auto const rest = word.substr(beginning.size());
        if (adapter::verdict_in(rest) == rest || is_one_of(further_verdicts, rest)) return true;
    }
    return false;
}

/// With or without a number: `otp2`.
bool is_subject_of_a_verdict(std::string_view word) {
    auto const end = word.find_last_not_of("0123456789");
    return end != word.npos && is_one_of(subjects_of_a_verdict, word.substr(0, end + 1));
}

/// `nomatch` is one word; `isphoneverified` as well.
bool is_plain_verdict_in_one_word(std::string_view plain_name) {
    auto const verdict = adapter::verdict_in(plain_name);
    if (!verdict) return true;
    auto before = plain_name.substr(0, plain_name.rfind(*verdict));
    for (std::string_view const asking : {"is", "was", "has"}) {
        if (before.starts_with(asking)) {
            before.remove_prefix(asking.size());
            break;
        }
    }
    return before.empty() || is_one_of(subjects_of_a_verdict, before);
}

/// Whether something that is true under this name is good news, or none at all: no word in it
/// denies anything, and a verdict in it has nothing beside it but what it is about.
bool is_good_if_true(Name const& name) {
    bool has_verdict = false;
    bool has_other_words = false;
    for (auto const& word : name.words) {
        if (is_one_of(words_of_bad_news, word) || is_turned_round(word)) return false;
        bool const is_verdict = adapter::verdict_in(word) == word;
        has_verdict = has_verdict || is_verdict;
        has_other_words = has_other_words || (!is_verdict && !is_subject_of_a_verdict(word));
    }
    return has_verdict ? !has_other_words : is_plain_verdict_in_one_word(name.plain);
}

bool calls_for_something_more(Name const& name) {
    bool const has_word = std::any_of(name.words.begin(), name.words.end(), [](auto const& word) {
        return is_one_of(calls_for_more, word);
    });
    // Without capitals nothing tells where a word ends.
    bool const hides_word =
        name.words.size() == 1 && name.plain != "preview" && has_one_of(calls_for_more, name.plain);
    return has_word || hides_word || name.plain.find("twofactor") != std::string::npos ||
           name.plain.find("stepup") != std::string::npos;
}

/// Something that failed or is still to be done, and that is denied, is good news.
bool is_good_if_false(Name const& name) {
    if (ends_in_a_verdict(name)) return false;
    return adapter::failure_in(name.plain) || calls_for_something_more(name);
}

bool belongs_to_a_verdict(std::string_view plain_name) {
    return std::any_of(
        ends_after_a_verdict.begin(),
        ends_after_a_verdict.end(),
        [plain_name](std::string_view end) {
            return plain_name.ends_with(end) &&
                   adapter::verdict_in(plain_name.substr(0, plain_name.size() - end.size()));
        }
    );
}

/// Whether one of the words in the text (`NOT_VERIFIED`, `pending-review`) is one of these.
template <class Words>
bool has_one_of_the_words(std::string_view text, Words const& words) {
    std::string word;
    for (char const c : text) {
        if (model::is_letter(c)) {
            word += model::to_lower(c);
            continue;
        }
        if (is_one_of(words, word)) return true;
        word.clear();
    }
    return is_one_of(words, word);
}

bool is_text_of_refusal(Name const& name, json::string const& value) {
    std::string_view const text(value.data(), value.size());
    if (text.find(' ') != text.npos) {
        return adapter::tells_of_failure(value) ||
               has_one_of_the_words(text, words_of_refusal_in_sentences);
    }
    bool const has_digit = std::any_of(text.begin(), text.end(), model::is_digit);
    if (has_digit || has_one_of(names_of_codes_like_no, name.plain)) return false;
    return has_one_of_the_words(text, words_of_refusal) || adapter::tells_of_failure(value);
}

bool is_good_word(json::value const& value) {
    return value.is_string() &&
           is_one_of(good_results, adapter::in_small_letters(value.get_string()));
}

/// Of numbers `find_contradiction` has judged those that matter.
bool is_good_result(json::value const& value) {
    return value.is_structured() || value.is_null() || value.is_number() || is_truth(value, true) ||
           is_good_word(value) ||
           (value.is_string() && (value.get_string() == "200" || value.get_string() == "1"));
}

std::string_view objection_to_verdict(Name const& name, json::value const& value) {
    bool const is_verdict = is_further_verdict(name) && !value.is_structured();
    if (is_verdict && !is_truth(value, true) && !is_good_word(value)) {
        return "a verdict in it is not true";
    }
    if (name.ends_with_one_of(names_of_results) && !is_good_result(value)) {
        return "its result is none of a success";
    }
    return value.is_null() && belongs_to_a_verdict(name.plain) ? "a verdict in it is missing" : "";
}

std::string_view objection_to_text(Name const& name, json::value const& value) {
    constexpr std::string_view found = "it has a text that may mean anything";
    if (adapter::is_name_of_message(name.plain)) return is_empty(value) ? "" : found;
    if (!name.ends_with_one_of(further_names_of_texts) || is_empty(value)) return {};
    // `userInfo` holds members with names of their own.
    bool const is_about_something =
        name.words.size() > 1 && is_one_of(names_of_groups, name.last_word());
    return value.is_object() && is_about_something ? "" : found;
}

std::string_view objection_to_call(Name const& name, json::value const& value) {
    if (!calls_for_something_more(name) || ends_in_a_verdict(name)) return {};
    bool const is_amount = value.is_number() && is_one_of(names_of_amounts, name.last_word());
    bool const is_silent = is_empty(value) || is_integer(value, 0) || is_amount;
    return is_silent ? "" : "it asks for something more";
}

std::string_view objection(Name const& name, json::value const& value) {
    if (!name.can_be_read) return is_empty(value) ? "" : "it has a name that cannot be read";
    if (is_truth(value, false)) {
        return is_good_if_false(name) ? "" : "a member that is not documented says no";
    }
    if (is_negative(value)) return "a member that is not documented is negative";
    for (auto const look : {&objection_to_text, &objection_to_call, &objection_to_verdict}) {
        if (auto const found = look(name, value); !found.empty()) return found;
    }
    if (is_truth(value, true) && !is_good_if_true(name)) {
        return "a member that is not documented says no";
    }
    if (value.is_string() && is_text_of_refusal(name, value.get_string())) {
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
            Name const taken_apart(name);
            auto found = place_.in(name, [&] { return of(taken_apart, member.value()); });
            if (!found.empty()) return found;
        }
        return {};
    }

private:
    /// An element of a list stands under the list's name.
    AnswerProblem of(Name const& name, json::value const& value) {
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

    adapter::MemberPlace place_;
};

}  // namespace

AnswerProblem find_undocumented_refusal(
    json::object const& body, std::span<std::string_view const> documented
) {
    return Search(documented).in(body);
}

}  // namespace otp
