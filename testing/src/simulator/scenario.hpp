#pragma once

#include <otp/delivery.hpp>
#include <otp/error.hpp>
#include <otp/error_category.hpp>
#include <otp/result.hpp>
#include <otp/verification_outcome.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing::simulator {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// How one send or one check goes. By default it goes well, at once.
struct Step {
    /// Why it fails; nothing: it does not.
    std::optional<ErrorCategory> failure{};
    /// Of a failure: `not_sent` or `unknown`.
    Delivery delivery{Delivery::not_sent};
    /// Of a send: whether the person gets the code, whatever the answer says.
    bool code_arrives{true};
    /// Of a send: how long after the request.
    std::chrono::milliseconds arrives_after{0};
    /// Of a check: what is answered whatever the code; nothing: what the code deserves.
    std::optional<VerificationOutcome> outcome{};
    /// How long the answer takes.
    std::chrono::milliseconds delay{0};
    std::optional<std::chrono::seconds> retry_after{};
};

/// What holds of one recipient. What is not said is taken from the next one that matches.
struct Rule {
    /// The first step for the first send, and so on; the last one for all further ones. Empty: not
    /// said.
    std::vector<Step> send{};
    std::vector<Step> verify{};
    /// The code of every message, until `valid_until`; from then on codes are made.
    std::optional<std::string> code{};
    std::optional<UtcTime> valid_until{};
    /// Nothing: as the request wishes.
    std::optional<std::chrono::milliseconds> expires_in{};
    std::optional<int> wrong_codes{};
    std::optional<int> code_length{};
};

/// What the simulator does with whom.
class Scenario {
public:
    /// Recipients as in the file: a number, an address, or one of them with a `*` at its beginning
    /// or end.
    using Rules = std::vector<std::pair<std::string, Rule>>;

    /// The scenario without a file: the reserved recipients.
    [[nodiscard]] static Scenario const& built_in();

    /// What is said of `to`; complete but for what may be left open.
    [[nodiscard]] Rule rule_for(std::string_view to) const;

    /// Codes that are made follow from it; nothing: nobody can tell them in advance.
    std::optional<std::uint64_t> seed{};
    bool reserved_recipients{true};
    Rule defaults{};
    Rules recipients{};
};

/// Whether a code that stands in a scenario needs a `valid_until`: one that is valid for ever is a
/// door that somebody forgets.
enum class FixedCodes { must_end, may_last };

/// Reads the text of a scenario file (docs/vendors/simulator.md, schema/otp-scenario.schema.json).
/// Errors: `config_invalid` with a violation for each mistake, whose pointer leads into the text.
[[nodiscard]] Result<Scenario> parse_scenario(
    std::string_view text, FixedCodes fixed_codes = FixedCodes::must_end
);

/// The same of a file. Errors: also where it cannot be read, without a pointer.
[[nodiscard]] Result<Scenario> read_scenario(std::string const& file);

}  // namespace otp::testing::simulator
