#pragma once

#include <otp/adapter/http_message.hpp>

#include <string>
#include <utility>
#include <vector>

namespace otp::conformance {

/// What a vendor documents about the answers to one operation: the material that is spoilt in every
/// way to see what the adapter makes of it. Some success must have each member that is named.
struct DocumentedAnswers {
    /// Answers to exactly the request under test that are successes. At least one.
    std::vector<HttpResponse> successes{};
    /// Answers that are not: errors, and for a verify also wrong codes.
    std::vector<HttpResponse> refusals{};
    /// JSON pointers of the members of a success that decide: without one of them, or with another
    /// type, the answer must not pass for a success.
    std::vector<std::string> decisive{};
    /// JSON pointers of the members of a success that may be missing or null, but of no other type:
    /// what they say would be lost.
    std::vector<std::string> of_one_type{};
    /// JSON pointers of the members of a success whose good values the vendor documents completely,
    /// such as a number of status: with another value the answer must not pass for a success.
    std::vector<std::string> all_values_documented{};
    /// Values, as JSON texts, that only failures have, each with the JSON pointer of its member:
    /// with one of them the answer must not pass for a success.
    std::vector<std::pair<std::string, std::string>> values_of_failure{};
    /// JSON pointers of the members of a success that repeat whom the request is about, where the
    /// repeated text is not the request's own (another spelling of the number, say). Those that are
    /// are found by themselves.
    std::vector<std::string> echoed{};
    /// JSON pointers of objects of a success that tell of other things than this answer: a profile
    /// with the states of all its addresses, say. Only an error in them speaks against the answer,
    /// and whom they name is not compared.
    std::vector<std::string> about_other_things{};
    /// An answer without a body, or with `{}`, and the status of one of `successes` is a documented
    /// success, if it tells its length.
    bool empty_success{false};
};

}  // namespace otp::conformance
