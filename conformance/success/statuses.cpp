#include "success/success_checks.hpp"

#include <string>

namespace otp::conformance {

void check_other_success_statuses(OperationCheck& check) {
    constexpr Check name{"another 2xx", Cause::takes_other_2xx};
    for (auto const& success : check.answers().successes) {
        for (int status = 200; status <= 299; ++status) {
            if (check.is_success_status(status)) continue;
            auto response = success;
            response.status = status;
            check.expect_not_understood({name, std::to_string(status)}, response);
        }
    }
}

void check_successes_with_failing_statuses(OperationCheck& check) {
    constexpr auto name = "success with a failing status";
    constexpr Check believed{name, Cause::ignores_status};
    constexpr Check no_outcome{name, Cause::believes_redirect};
    constexpr Check of_server{name, Cause::believes_failing_server};
    for (auto const& success : check.answers().successes) {
        for (int status = 300; status <= 599; ++status) {
            auto response = success;
            response.status = status;
            auto const input = std::to_string(status);
            auto const seen = check.see({believed, input}, response);
            bool const may_be_outcome = status >= 400 && status <= 499;
            if (seen.success) {
                check.fail({believed, input}, seen.describe());
            } else if (!may_be_outcome && !seen.error) {
                check.fail({status < 400 ? no_outcome : of_server, input}, seen.describe());
            }
        }
    }
}

}  // namespace otp::conformance
