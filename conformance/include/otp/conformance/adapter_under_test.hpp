#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/conformance/documented_answers.hpp>
#include <otp/send_otp.hpp>
#include <otp/vendor_registry.hpp>
#include <otp/verify_otp.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {

/// An adapter, and what the suite must know about it: an instance's configuration, two requests and
/// the documented answers to them. All else has a default.
///
/// Thread safety: none; each check reads it, and calls the adapter from several threads.
class AdapterUnderTest {
private:
    // First, as what is public looks at them.
    std::unique_ptr<InstanceConfig const> own_instance_;
    std::unique_ptr<ProviderAdapter const> own_adapter_;

public:
    /// The adapter that `vendors` makes of the configuration, as it does for a client. `send_otp`
    /// and `verify_otp` are requests that it can encode; the handle's references are what it kept
    /// of the first success of `send_answers`. Throws `ErrorException` if the configuration is
    /// refused.
    AdapterUnderTest(
        VendorRegistry const& vendors,
        InstanceConfig configured,
        SendOtp send_otp,
        VerifyOtp verify_otp
    );

    /// The same with an adapter that is there already. It must outlive the object.
    AdapterUnderTest(
        ProviderAdapter const& provider_adapter, SendOtp send_otp, VerifyOtp verify_otp
    );

    ProviderAdapter const& adapter;
    /// What the adapter was made from: its credentials are looked for in what is kept of an answer.
    /// Null: not known. What is set must outlive the object.
    InstanceConfig const* instance{nullptr};
    /// Requests that the adapter can encode.
    SendOtp send;
    VerifyOtp verify;
    /// Default: the instance's name, 2026-01-01T00:00:00Z and a reference of 20 characters.
    AttemptContext context;
    /// The token that the client would add, if the adapter has a `token_grant()`; empty: none. Must
    /// outlive the object.
    std::string_view access_token;
    DocumentedAnswers send_answers;
    DocumentedAnswers verify_answers;
    /// Answers to the question of `encode_confirmation`, which must follow one of the successes of
    /// `verify_answers`. Empty if the adapter never asks.
    DocumentedAnswers confirmation_answers;
    /// Texts that no error may show, as they stand in the requests, and long enough not to occur by
    /// chance. Default: the recipient's number and address, the code, and the instance's
    /// credentials of 8 characters or more.
    std::vector<std::string> canaries;
    /// Names of members of a refusal that hold a code, an id or a link and not a text for people.
    /// Errors keep them, so that of the canaries only those that the request itself takes along are
    /// put there. Default: those whose documented value is one word.
    std::vector<std::string> identifiers;
};

}  // namespace otp::conformance
