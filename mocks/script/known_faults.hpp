#pragma once

#include "vendor/vendor_answer.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <optional>
#include <string>
#include <vector>

namespace otp::mocks {

/// Something that can go wrong, to be played for any recipient.
struct KnownFault {
    /// Lower case and `_`; for a vendor and a step there is one fault of a name, those of all
    /// vendors among them.
    std::string name;
    /// Empty: all vendors.
    std::string vendor;
    /// Nothing: both.
    std::optional<MockStep> step{};
    /// The status that a client sees; nothing if it sees none, or the vendor's own.
    std::optional<int> status{};
    /// One line for people.
    std::string title;
    /// What is answered.
    MockResponse response{};
    /// The request is obeyed and its own answer sent; of `response` only `transfer` counts.
    bool obeyed{false};
    /// Of a refusal.
    std::optional<Explanation> why{};
};

/// Every documented answer of the vendors' reserved recipients that is not obeyed, by vendor and
/// step; then what can befall an exchange with any vendor, of both steps.
[[nodiscard]] std::vector<KnownFault> const& known_faults();

}  // namespace otp::mocks
