#include "frame/summary.hpp"
#include "observe.hpp"

#include <otp/conformance/check_conformance.hpp>

namespace otp::conformance {

std::vector<Failure> check_conformance(AdapterUnderTest const& subject) {
    return summarize(observe(subject));
}

std::vector<Failure> check_successes(AdapterUnderTest const& subject) {
    return summarize(observe_successes(subject));
}

}  // namespace otp::conformance
