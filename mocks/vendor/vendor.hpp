#pragma once

#include "vendor/request_subject.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {

/// One mock vendor: its state, and the function that answers its requests. It does not know who
/// carries them. Not thread-safe.
class Vendor {
public:
    Vendor() = default;
    Vendor(Vendor const&) = delete;
    Vendor& operator=(Vendor const&) = delete;
    virtual ~Vendor() = default;

    /// The vendor's name in configurations; also its path prefix.
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    /// Answers a request whose path has no prefix.
    [[nodiscard]] virtual VendorAnswer answer(
        MockRequest const& request, VendorContext const& context
    ) = 0;
    /// What a request whose path has no prefix is about. Garbage is about nothing.
    [[nodiscard]] virtual RequestSubject subject(MockRequest const& request) const = 0;
    /// Forgets everything but the account.
    virtual void forget() = 0;
    /// Makes the vendor refuse the access tokens that it handed out, if it hands any out.
    virtual void revoke_tokens() = 0;
};

/// How each vendor's function looks.
template <typename State>
using AnswerFunction = VendorAnswer (*)(MockRequest const&, State&, VendorContext const&);

/// How each vendor's function looks that tells what a request is about.
template <typename State>
using SubjectFunction = RequestSubject (*)(MockRequest const&, State const&);

/// A vendor whose state is a value with `forget()` and, if it hands out access tokens, `tokens`.
template <typename State>
class VendorWith final : public Vendor {
public:
    /// Without a subject function all requests are about nothing.
    VendorWith(
        std::string_view name,
        State state,
        AnswerFunction<State> function,
        SubjectFunction<State> subject_function = nullptr
    )
        : name_(name),
          state_(std::move(state)),
          function_(function),
          subject_function_(subject_function) {}

    [[nodiscard]] std::string_view name() const noexcept override { return name_; }
    [[nodiscard]] VendorAnswer answer(MockRequest const& request, VendorContext const& context)
        override {
        return function_(request, state_, context);
    }
    [[nodiscard]] RequestSubject subject(MockRequest const& request) const override {
        return subject_function_ == nullptr ? RequestSubject() : subject_function_(request, state_);
    }
    void forget() override { state_.forget(); }
    void revoke_tokens() override {
        if constexpr (requires { state_.tokens; }) state_.tokens.clear();
    }

private:
    std::string name_;
    State state_;
    AnswerFunction<State> function_;
    SubjectFunction<State> subject_function_;
};

template <typename State>
[[nodiscard]] std::unique_ptr<Vendor> make_vendor(
    std::string_view name,
    State state,
    AnswerFunction<State> function,
    SubjectFunction<State> subject_function = nullptr
) {
    return std::make_unique<VendorWith<State>>(name, std::move(state), function, subject_function);
}

}  // namespace otp::mocks
