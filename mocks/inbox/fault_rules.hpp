#pragma once

#include "inbox/message_filter.hpp"
#include "script/known_faults.hpp"
#include "vendor/request_subject.hpp"

#include <otp/mocks/mock_fault.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// A fault that is switched on, and what became of it.
struct ActiveFault {
    /// `fault-2`.
    std::string id;
    MockFault fault;
    /// Of its `count`.
    std::optional<std::size_t> remaining{};
    std::uint64_t hits{0};
};

/// What the faults make of one request.
struct FaultDecision {
    /// Null: the vendor answers by itself.
    KnownFault const* fault{nullptr};
    std::chrono::milliseconds delay{0};
    /// The fault's id, or the delay's if there is no other; empty if none fits.
    std::string id{};
    /// Whether the list of faults is another one now.
    bool list_changed{false};
};

/// The faults of a session. Not thread-safe.
class FaultRules {
public:
    /// The same seed gives the same decisions, request by request.
    explicit FaultRules(std::uint32_t seed) : chance_(seed) {}

    /// `fault` has been checked (`check_fault`). False if there are too many already.
    [[nodiscard]] bool add(std::string id, MockFault fault);
    bool remove(std::string_view id);
    void clear() { rules_.clear(); }
    /// In the order in which they were added.
    [[nodiscard]] std::vector<ActiveFault> list() const;

    /// Counts the request. `to`: the recipient as messages name it, empty if nobody knows it.
    [[nodiscard]] FaultDecision decide(
        std::string_view vendor, RequestSubject const& subject, std::string_view to
    );

private:
    struct Rule {
        ActiveFault active;
        MessageFilter filter;
        std::optional<RequestSubject::Step> step;
    };

    [[nodiscard]] static bool fits(
        Rule const& rule,
        std::string_view vendor,
        RequestSubject const& subject,
        std::string_view to
    );
    /// Whether this time is one of its percentage.
    [[nodiscard]] bool is_due(Rule const& rule);
    static void hit(Rule& rule, FaultDecision& decision);

    std::vector<Rule> rules_;
    std::mt19937 chance_;
};

}  // namespace otp::mocks
