#pragma once

#include <otp/adapter/answer_problem.hpp>
#include <otp/export.hpp>

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace OTP_EXPORT otp {

/// Whether a member of this name can speak against a success, whatever its value:
/// `find_contradiction` looks at it.
[[nodiscard]] bool may_contradict(std::string_view name);

/// What in the body of an answer speaks against a success, and where; empty if nothing does.
/// An adapter asks it after it found the documented success: an answer that says yes and no at once
/// is no yes.
///
/// Members are looked at in objects and arrays at any depth. Their names compare without regard to
/// ASCII case, `_` and `-`:
///
/// - `error` anywhere in the name or `err` at its beginning, and the members of error reports
///   (`code`, `detail`, `title`, `type`, `traceId`, `invalid_params`, …; RFC 9457 and its
///   relatives): any value but null;
/// - a failure anywhere in the name (`fail`, `reject`, `expired`, `invalid`, `wrong`, …): any value
///   but null, false and 0;
/// - names that end in a verdict (`success`, `verified`, `valid`, `approved`, …), ask for one
///   (`isValidCode`) or deny a failure (`notExpired`), and `ok`: any value but true;
/// - names that end in `result`, `verdict`, `status`, `state` and the like: false, texts that say
///   no, numbers but 1 and `http_status`; of a result null, too;
/// - `result_code`, `response_code` and the like: any value but 0, `http_status` and good words;
/// - `status`, `status_code` and the like: any value but the number `http_status`;
/// - names that end in `message`, `reason` and the like: texts that tell of a failure in one of the
///   usual English words (`invalid`, `wrong`, `expired`, `not found`, …).
///
/// `documented` lists, as JSON pointers, the members that the vendor documents for this success
/// under such a name, and which the adapter judges itself: `/status`. `/user/*` stands for all
/// members below `/user`, which tell of something else than this answer; an `error` below counts
/// all the same. `/user/metadata/**` is not looked into at all.
[[nodiscard]] AnswerProblem find_contradiction(
    boost::json::object const& body,
    int http_status,
    std::span<std::string_view const> documented = {}
);

}  // namespace otp
