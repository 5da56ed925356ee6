#pragma once

#include <otp/adapter/answer_problem.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>

#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {
namespace adapter {

/// What must stand under one member of an answer that is a success.
struct NeededMember {
    enum class Value {
        id,     ///< A text that is the vendor's id (`is_vendor_id`).
        truth,  ///< true
        same,   ///< The text `expected`: whom the request names.
    };

    std::string_view name;
    Value value{Value::id};
    std::string_view expected{};
};

/// The documented success of a vendor whose answers need no more than a look at a few members of
/// the body; others have a `SuccessTable`.
struct FlatSuccess {
    int http_status{200};
    std::vector<NeededMember> members{};
    /// For the answer to a code: whatever else is in the body may be a no
    /// (`find_undocumented_refusal`).
    bool members_are_all{false};
};

/// Why an answer with that body is not that success; empty if it is, and nothing in the body speaks
/// against it. For vendors that say no with the status of the success, too: read the body, look for
/// the no, then ask this.
[[nodiscard]] AnswerProblem problem_of(
    HttpResponse const& response, JsonObject const& body, FlatSuccess const& success
);

/// The body of `response`, which must be that success, and in which nothing speaks against it.
/// Errors: `bad_response` (`not_understood`).
[[nodiscard]] Result<JsonObject> read_success(
    HttpResponse const& response,
    FlatSuccess const& success,
    AttemptContext const& context,
    JsonMemory& memory
);

}  // namespace adapter
}  // namespace otp
