#pragma once

/// Matchers of GoogleMock for what a client returns (docs/testing-offline.md):
///
/// ```
/// EXPECT_THAT(sent, IsAccepted());
/// EXPECT_THAT(sent, FailedWith(ErrorCategory::connection_lost, Delivery::unknown));
/// EXPECT_THAT(checked, WasApproved());
/// EXPECT_THAT(checked, WasDenied(VerificationOutcome::wrong_code));
/// ```
///
/// They take `Result<SendReceipt>` and `Result<Verification>`, can be negated and combined, and say
/// why they do not match: category, delivery, attempts, the reason of the end. No text shows a
/// secret, a code or a number (otp/testing/printing.hpp).
///
/// The one header of `OtpClient::testing` that needs GoogleMock: link `GTest::gmock`.

#include <otp/testing/printing.hpp>

#include <gmock/gmock.h>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

namespace otp::testing {

/// What `IsAccepted` makes.
class AcceptedMatcher {
public:
    using is_gtest_matcher = void;

    AcceptedMatcher() = default;
    explicit AcceptedMatcher(::testing::Matcher<SendReceipt const&> receipt)
        : receipt_(std::move(receipt)) {}

    // The members that GoogleMock calls. NOLINTBEGIN(readability-identifier-naming)
    bool MatchAndExplain(Result<SendReceipt> const& sent, ::testing::MatchResultListener* listener)
        const {
        if (!sent || !receipt_) return sent.has_value();
        ::testing::StringMatchResultListener why;
        bool const matches = receipt_->MatchAndExplain(*sent, &why);
        if (!why.str().empty()) *listener << "which is a receipt " << why.str();
        return matches;
    }

    void DescribeTo(std::ostream* out) const {
        *out << "accepted by a vendor";
        if (receipt_) receipt_->DescribeTo(&(*out << ", and the receipt "));
    }

    void DescribeNegationTo(std::ostream* out) const {
        *out << "not accepted by a vendor";
        if (receipt_) receipt_->DescribeNegationTo(&(*out << ", or the receipt "));
    }
    // NOLINTEND(readability-identifier-naming)

private:
    std::optional<::testing::Matcher<SendReceipt const&>> receipt_;
};

/// What `FailedWith` makes. It takes a `Result` of any value.
class FailedMatcher {
public:
    using is_gtest_matcher = void;

    FailedMatcher(ErrorCategory category, std::optional<Delivery> delivery)
        : category_(category), delivery_(delivery) {}

    // NOLINTBEGIN(readability-identifier-naming)
    template <class Value>
    bool MatchAndExplain(Result<Value> const& result, ::testing::MatchResultListener* listener)
        const {
        if (result) {
            *listener << "which is no failure" << advice(*result);
            return false;
        }
        auto const& error = result.error();
        bool const same_category = error.category == category_;
        bool const same_delivery = !delivery_ || error.delivery == *delivery_;
        if (!same_category) {
            *listener << "whose category is " << to_string(error.category) << " and not "
                      << to_string(category_);
        }
        if (!same_delivery) {
            *listener << (same_category ? "" : ", and ") << "whose delivery is "
                      << to_string(error.delivery) << " and not " << to_string(*delivery_);
        }
        return same_category && same_delivery;
    }

    void DescribeTo(std::ostream* out) const { describe(*out << "failed"); }
    void DescribeNegationTo(std::ostream* out) const { describe(*out << "not failed"); }
    // NOLINTEND(readability-identifier-naming)

private:
    void describe(std::ostream& out) const {
        out << " with " << to_string(category_);
        if (delivery_) out << ", " << to_string(*delivery_);
    }

    template <class Value>
    static std::string advice(Value const&) {
        return "";
    }
    static std::string advice(Verification const& verification) {
        if (verification.approved()) return "";
        return ": a code that the vendor does not approve is an answer (WasDenied)";
    }

    ErrorCategory category_;
    std::optional<Delivery> delivery_;
};

/// What `WasApproved` and `WasDenied` make.
class CheckedMatcher {
public:
    using is_gtest_matcher = void;

    /// Nothing: any outcome but `approved`.
    explicit CheckedMatcher(std::optional<VerificationOutcome> outcome) : outcome_(outcome) {}

    // NOLINTBEGIN(readability-identifier-naming)
    bool MatchAndExplain(
        Result<Verification> const& checked, ::testing::MatchResultListener* listener
    ) const {
        if (checked) return outcome_ ? checked->outcome == *outcome_ : !checked->approved();
        *listener << "which is no answer of a vendor (FailedWith)";
        return false;
    }

    void DescribeTo(std::ostream* out) const { *out << expectation(); }
    void DescribeNegationTo(std::ostream* out) const { *out << "not " << expectation(); }
    // NOLINTEND(readability-identifier-naming)

private:
    [[nodiscard]] std::string expectation() const {
        if (!outcome_) return "answered with any outcome but approved";
        return "answered with " + std::string(to_string(*outcome_));
    }

    std::optional<VerificationOutcome> outcome_;
};

// Named as GoogleMock's own. NOLINTBEGIN(readability-identifier-naming)

/// A send that a vendor accepted.
[[nodiscard]] inline AcceptedMatcher IsAccepted() {
    return AcceptedMatcher();
}

/// A send that a vendor accepted with a receipt that matches:
/// `IsAccepted(Field(&SendReceipt::attempts, SizeIs(2)))`.
template <class ReceiptMatcher>
[[nodiscard]] AcceptedMatcher IsAccepted(ReceiptMatcher const& receipt) {
    return AcceptedMatcher(::testing::SafeMatcherCast<SendReceipt const&>(receipt));
}

/// A send or a check that failed with this category, whether or not a code may be on its way. A
/// wrong code is no failure.
[[nodiscard]] inline FailedMatcher FailedWith(ErrorCategory category) {
    return {category, std::nullopt};
}

/// A send or a check that failed with this category and this certainty: of a send whether a code
/// may be on its way, of a check whether it was counted.
[[nodiscard]] inline FailedMatcher FailedWith(ErrorCategory category, Delivery delivery) {
    return {category, delivery};
}

/// A check that the vendor answered with yes.
[[nodiscard]] inline CheckedMatcher WasApproved() {
    return CheckedMatcher(VerificationOutcome::approved);
}

/// A check that the vendor answered, whatever it has against the code.
[[nodiscard]] inline CheckedMatcher WasDenied() {
    return CheckedMatcher(std::nullopt);
}

/// A check that the vendor answered with this outcome; `expired` is what a code is that was used
/// already, too. Throws `std::invalid_argument` for `approved`.
[[nodiscard]] inline CheckedMatcher WasDenied(VerificationOutcome outcome) {
    if (outcome == VerificationOutcome::approved) {
        throw std::invalid_argument("approved is no denial: use WasApproved()");
    }
    return CheckedMatcher(outcome);
}

// NOLINTEND(readability-identifier-naming)

}  // namespace otp::testing
