#pragma once

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
    /// Forgets everything but the account.
    virtual void forget() = 0;
    /// Makes the vendor refuse the access tokens that it handed out, if it hands any out.
    virtual void revoke_tokens() = 0;
};

/// How each vendor's function looks.
template <typename State>
using AnswerFunction = VendorAnswer (*)(MockRequest const&, State&, VendorContext const&);

/// A vendor whose state is a value with `forget()` and, if it hands out access tokens, `tokens`.
template <typename State>
class VendorWith final : public Vendor {
public:
    VendorWith(std::string_view name, State state, AnswerFunction<State> function)
        : name_(name), state_(std::move(state)), function_(function) {}

    [[nodiscard]] std::string_view name() const noexcept override { return name_; }
    [[nodiscard]] VendorAnswer answer(MockRequest const& request, VendorContext const& context)
        override {
        return function_(request, state_, context);
    }
    void forget() override { state_.forget(); }
    void revoke_tokens() override {
        if constexpr (requires { state_.tokens; }) state_.tokens.clear();
    }

private:
    std::string name_;
    State state_;
    AnswerFunction<State> function_;
};

template <typename State>
[[nodiscard]] std::unique_ptr<Vendor> make_vendor(
    std::string_view name, State state, AnswerFunction<State> function
) {
    return std::make_unique<VendorWith<State>>(name, std::move(state), function);
}

}  // namespace otp::mocks
