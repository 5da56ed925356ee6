#pragma once

#include <otp/adapter/answer_problem.hpp>
#include <otp/export.hpp>

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace OTP_EXPORT otp {

/// What may be a no among the members of an answer that the vendor does not document, and where;
/// empty if nothing may be. For the answer to a code: a yes that is none lets somebody in,
/// and a vendor may say no under a name that nobody has heard of.
///
/// `find_contradiction` knows the names that speak against a success; this goes by the values, and
/// looks at every member, at any depth, whose place is not in `documented`:
///
/// - `false`, unless the name tells of a failure or of something more to be done (`expired`,
///   `mfa_required`); negative integers (`rc`);
/// - `true` under a name that tells bad news (`alreadyUsed`), denies a verdict (`noMatch`) or has
///   other words beside one than what it is about (`kycVerified`);
/// - under the name of a message (`message`, `note`, `warnings`, …): anything but null and what is
///   empty, as no document says which texts are good news;
/// - under a name that asks for something more (`pending`, `challenge`, `requires_2fa`, …):
///   anything but null, 0, amounts (`pendingPoints`) and what is empty;
/// - names that end in `granted`, `allowed`, `completed` and the like: anything but true and a good
///   word; names that end in `result`, `outcome`, `decision` and the like: a text that is none;
/// - under the name of the time or target of a verdict (`verified_at`): null;
/// - texts that are a word of refusal (`deny`, `pending`, `BLOCKED`) or a sentence with one. A text
///   of one word with digits in it is an id or a token, and `NO` is no refusal under the name of a
///   country or language;
/// - anything under a name of over 128 octets or with others than printable ASCII in it.
///
/// Other members that a vendor adds one day do no harm: times, ids, texts, amounts, objects.
///
/// `documented` lists all members that the vendor documents for this success, as JSON pointers;
/// `/user/**` stands for all that is below `/user`.
[[nodiscard]] AnswerProblem find_undocumented_refusal(
    boost::json::object const& body, std::span<std::string_view const> documented
);

}  // namespace otp
