#pragma once

#include <otp/error.hpp>
#include <otp/result.hpp>

#include <optional>
#include <utility>

namespace otp::delivery {

/// The outcome of a call, made where it is to stay: every request passes here, and a receipt is
/// large.
template <class Value>
class KeptOutcome {
public:
    /// Keeps what `decode` makes of an answer, if it is a success; else gives its error.
    template <class Decode>
    [[nodiscard]] std::optional<Error> keep(Decode decode) {
        result_.emplace(MadeInPlace<Decode>{decode});
        if (result_->has_value()) return std::nullopt;
        std::optional<Error> error(std::move(*result_).error());
        result_.reset();
        return error;
    }

    /// Only after a success.
    [[nodiscard]] Value& value() { return **result_; }
    [[nodiscard]] Value const& value() const { return **result_; }
    [[nodiscard]] Result<Value>&& take() noexcept { return std::move(*result_); }

private:
    /// Becomes the result of a call.
    template <class Decode>
    struct MadeInPlace {
        Decode& decode;
        operator Result<Value>() const { return decode(); }
    };

    std::optional<Result<Value>> result_;
};

}  // namespace otp::delivery
