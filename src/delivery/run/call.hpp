#pragma once

#include "delivery/guard/guard.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/applied_hint.hpp>
#include <otp/attempt.hpp>
#include <otp/observer.hpp>
#include <otp/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::delivery {

/// What is asked of a vendor, in the words of whichever adapter the loop turns to: a send, or the
/// check of a code. Keeps the outcome of the attempt that succeeds.
class Call {
public:
    Call() = default;
    Call(Call const&) = delete;
    Call& operator=(Call const&) = delete;
    virtual ~Call() = default;

    [[nodiscard]] virtual OperationKind kind() const noexcept = 0;
    /// Valid as long as the call.
    [[nodiscard]] virtual Guard::Request guard_request(std::string_view target) const noexcept = 0;
    /// The caller's place in a trace; empty if it gave none that is one.
    [[nodiscard]] virtual std::string_view traceparent() const noexcept = 0;

    [[nodiscard]] virtual Result<HttpRequest> encode(
        ProviderAdapter const& adapter, AttemptContext const& context
    ) = 0;
    /// Keeps the outcome if the answer is a success; else says why it is none.
    [[nodiscard]] virtual std::optional<Error> decode(
        ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
    ) = 0;

    /// A question that settles the success which `decode` has just kept. Asked for once at most.
    [[nodiscard]] virtual std::optional<HttpRequest> encode_confirmation(
        ProviderAdapter const& /*adapter*/,
        HttpResponse const& /*response*/,
        AttemptContext const& /*context*/
    ) {
        return std::nullopt;
    }
    /// As `decode`, of the answer to that question: its outcome takes the place of the one before.
    [[nodiscard]] virtual std::optional<Error> decode_confirmation(
        ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
    ) {
        return decode(adapter, response, context);
    }

    /// With what a code can be checked although the answer of this attempt is lost.
    [[nodiscard]] virtual std::optional<VerificationHandle> handle_before_answer(
        ProviderAdapter const& /*adapter*/, AttemptContext const& /*context*/
    ) const {
        return std::nullopt;
    }
    /// What the request brings along, for an attempt at `instance`.
    [[nodiscard]] virtual SentTexts sent_texts(InstanceConfig const& instance) const = 0;
    /// What the instance made of the request's hints.
    [[nodiscard]] virtual std::vector<AppliedHint> take_applied_hints() = 0;
    /// Adds to the attempt that succeeded what its outcome says.
    virtual void describe_success(Attempt& attempt) = 0;
    /// An attempt before the one that succeeded may have sent a code, too.
    virtual void may_have_sent_more() {}
    /// What the vendor said beside the success; the loop reports it.
    [[nodiscard]] virtual std::vector<std::string> const* warnings() const noexcept {
        return nullptr;
    }
};

/// Takes the end of an operation: one of the two, once.
class Completion {
public:
    Completion() = default;
    Completion(Completion const&) = delete;
    Completion& operator=(Completion const&) = delete;
    virtual ~Completion() = default;

    /// The call has the outcome.
    virtual void succeed(std::vector<Attempt> attempts) = 0;
    virtual void fail(Error error) = 0;
};

}  // namespace otp::delivery
