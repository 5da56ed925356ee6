#pragma once

#include <otp/hints.hpp>
#include <otp/provider_adapter.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace otp {

/// Fits the hints of an operation's request to each instance that it is offered to. For a request
/// without hints, as most are, nothing is kept and nothing done.
template <class Request>
class HintFitting {
public:
    explicit HintFitting(Request const& request) {
        if (has_hints(request)) kept_ = std::make_unique<Kept>(hints_of(request));
    }

    /// Replaces the hints of `request`, which is the one that was given to the constructor. Gives
    /// the refusal if one of them cannot be meant.
    [[nodiscard]] std::optional<Error> fit(Request& request, ProviderAdapter const& adapter) {
        if (!kept_) return std::nullopt;
        // Encoded again with a token, the request stays as it is.
        if (kept_->adapter != &adapter) {
            kept_->adapter = &adapter;
            set_hints(request, kept_->wanted);
            kept_->fitted = fit_hints(request, adapter.vendor());
            set_hints(request, kept_->fitted.used);
        }
        return kept_->fitted.refusal;
    }

    /// What became of the hints at the instance that they were fitted to last.
    [[nodiscard]] std::vector<AppliedHint> applied() const {
        return kept_ ? kept_->fitted.applied : std::vector<AppliedHint>();
    }

private:
    struct Kept {
        explicit Kept(Hints hints) : wanted(std::move(hints)) {}

        Hints wanted;
        FittedHints fitted;
        ProviderAdapter const* adapter{nullptr};
    };

    std::unique_ptr<Kept> kept_;
};

}  // namespace otp
