#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {

/// Whether the adapter is a pure function: the same input gives the same output, whatever was asked
/// before and however many ask, and nothing that it was given is changed. What it says is taken
/// down when the object is made, and held against what it says once all other checks have asked.
///
/// `subject` must outlive the object. Thread safety: none; `check` starts threads of its own.
class Purity {
public:
    explicit Purity(AdapterUnderTest const& subject);

    /// Whether the same request was encoded twice.
    [[nodiscard]] bool requests_repeat() const;

    /// Asks once more, in another order, and then from two threads.
    void check(Observations& observations) const;

private:
    /// A question to the adapter that has one answer.
    struct Question {
        std::string_view operation;
        /// `the request`, `success 0`, `refusal 3`.
        std::string input;
        std::function<std::string()> ask;
        /// The first answer.
        std::string answer;
        bool is_repeated;
    };

    void add(std::string_view operation, std::string input, std::function<std::string()> ask);
    void add_requests();
    void add_answers();
    [[nodiscard]] bool all_repeat() const;
    void ask_again(Observations& observations) const;
    void ask_from_threads(Observations& observations) const;

    AdapterUnderTest const& subject_;
    std::vector<Question> questions_;
    /// What the adapter may not change.
    std::string input_;
};

}  // namespace otp::conformance
