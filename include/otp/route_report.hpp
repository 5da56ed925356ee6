#pragma once

#include <otp/decision.hpp>
#include <otp/export.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace OTP_EXPORT otp {

/// One instance that a request may go to.
struct CandidateReport {
    std::string instance;
    std::string vendor;
    /// Why it would not be asked now; nothing: it would be.
    std::optional<DecisionReason> reason;
    /// What that means here, for a person: what the vendor cannot do, or for how long. Safe to log.
    std::string explanation;
};

/// Who would be asked for a request, and in which order. Safe to log.
struct RouteReport {
    /// The route, or the instance if one was named.
    std::string target;
    /// Which of the route's rules decides, from 0 on; nothing: its `use`.
    std::optional<std::size_t> rule;
    /// The first is asked first, but for those that have a reason.
    std::vector<CandidateReport> candidates;
};

}  // namespace otp
