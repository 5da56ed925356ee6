#pragma once

#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/undocumented_refusal.hpp>
#include <otp/export.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

namespace OTP_EXPORT otp {

/// One thing that must hold of an answer, or else it is no success. `Answer` is what the adapter
/// lays out for its rows: at least the members `response` (an `HttpResponse`) and `body` (a pointer
/// to its JSON object, null if there is none), and whom the request names.
template <class Answer>
struct SuccessPredicate {
    /// What is wrong if it does not hold, in our own words: `customerId is missing or another one`.
    std::string_view problem;
    bool (*holds)(Answer const& answer);
    /// The document that the row follows.
    std::string_view document;
};

/// How an adapter decides whether an answer is the documented success, as data: one table for a
/// send and one for a verify.
template <class Answer>
struct SuccessTable {
    /// The documented HTTP statuses; no other one is a success, in the class of 2xx or not.
    std::span<int const> statuses;
    std::span<SuccessPredicate<Answer> const> predicates;
    /// For `find_contradiction`.
    std::span<std::string_view const> documented;
    /// For `find_undocumented_refusal`, which is not asked if there is no list: all members that
    /// the vendor documents.
    std::optional<std::span<std::string_view const>> members{};
};

/// Why `answer` is no success; empty if it is one: its status is documented,
/// every predicate holds, and nothing at any depth speaks or may speak against it.
template <class Answer>
[[nodiscard]] AnswerProblem problem_of(Answer const& answer, SuccessTable<Answer> const& table) {
    auto const& statuses = table.statuses;
    if (std::find(statuses.begin(), statuses.end(), answer.response.status) == statuses.end()) {
        return {"its status is not the documented one"};
    }
    for (auto const& row : table.predicates) {
        if (!row.holds(answer)) return {row.problem};
    }
    if (answer.body == nullptr) return {};
    auto contradiction = find_contradiction(*answer.body, answer.response.status, table.documented);
    if (!contradiction.empty() || !table.members) return contradiction;
    return find_undocumented_refusal(*answer.body, *table.members);
}

}  // namespace otp
