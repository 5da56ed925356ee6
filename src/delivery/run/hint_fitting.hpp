#pragma once

#include <otp/adapter/hints.hpp>
#include <otp/adapter/provider_adapter.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace otp::delivery {

/// Fits the hints of an operation's request to each instance that it is offered to. For a request
/// without hints, as most are, nothing is kept and nothing done.
template <class Request>
class HintFitting {
public:
    explicit HintFitting(Request const& request) {
        if (has_hints(request)) kept_.emplace(request);
    }

    /// Replaces the hints of `request`, which is the one that was given to the constructor. Gives
    /// the refusal if one of them cannot be meant: then nothing is asked of the instance.
    [[nodiscard]] std::optional<Error> fit(Request& request, ProviderAdapter const& adapter) {
        if (!kept_) return std::nullopt;
        // Encoded again with a token, the request stays as it is.
        if (kept_->adapter == &adapter) return std::nullopt;
        // The first time the request still has the hints that it came with.
        if (std::exchange(kept_->fitted_before, true)) set_hints(request, kept_->wanted);
        kept_->adapter = &adapter;
        auto fitted = fit_hints(request, adapter.vendor());
        set_hints(request, std::move(fitted.used));
        kept_->applied = std::move(fitted.applied);
        return std::move(fitted.refusal);
    }

    /// What became of the hints since they were fitted last: for one attempt. A further attempt
    /// fits them anew.
    [[nodiscard]] std::vector<AppliedHint> take_applied() {
        if (!kept_) return {};
        kept_->adapter = nullptr;
        return std::move(kept_->applied);
    }

private:
    struct Kept {
        explicit Kept(Request const& request) : wanted(hints_of(request)) {}

        Hints wanted;
        std::vector<AppliedHint> applied;
        ProviderAdapter const* adapter{nullptr};
        bool fitted_before{false};
    };

    std::optional<Kept> kept_;
};

}  // namespace otp::delivery
