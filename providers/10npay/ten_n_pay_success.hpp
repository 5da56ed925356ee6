#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/adapter/success_table.hpp>
#include <otp/result.hpp>
#include <otp/verify_otp.hpp>

#include <boost/json/object.hpp>

#include <string_view>

namespace otp::ten_n_pay {

/// An answer beside the user that the request or the handle names. Lives as long as what its
/// members refer to.
struct Answer {
    HttpResponse const& response;
    /// Null if the body is empty.
    boost::json::object const* body;
    std::string_view user_id;
};

/// https://developers.10npay.com/docs/send-verification-code: 204, or 200 with `{}` on older pages.
extern SuccessTable<Answer> const send_success;

/// https://developers.10npay.com/docs/resend-phone-verification-code-2/: 204.
extern SuccessTable<Answer> const resend_success;

/// https://developers.10npay.com/docs/verify-the-phone-number: exactly 200, without a body, or with
/// "a minimal confirmation object" whose members no document names.
extern SuccessTable<Answer> const verify_success;

/// https://developers.10npay.com/bg/docs/check-user-status/
extern SuccessTable<Answer> const status_success;

/// Why `response` is no success by `table`; empty if it is one.
[[nodiscard]] AnswerProblem problem_of_answer(
    HttpResponse const& response, std::string_view user_id, SuccessTable<Answer> const& table
);

/// Whether the answer to a check, which must be a success, says no yes of its own: it is empty, or
/// no member of it is true.
[[nodiscard]] bool says_nothing(HttpResponse const& response);

/// What the status of a user makes of the approval: `approved` only if their number is verified.
[[nodiscard]] Result<Verification> read_user_status(
    HttpResponse const& response, std::string_view user_id, SentTexts const& sent
);

}  // namespace otp::ten_n_pay
