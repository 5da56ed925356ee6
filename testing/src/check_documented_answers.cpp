#include "conformance_checks.hpp"

#include <algorithm>
#include <string>

namespace otp::testing {

void check_documented_answers(OperationCheck& check) {
    constexpr auto name = "documented answer";
    if (check.answers().successes.empty()) check.fail(name, "the test", "names no success");
    for (std::size_t index = 0; index < check.answers().successes.size(); ++index) {
        auto const input = "success " + std::to_string(index);
        auto const seen = check.see(name, input, check.answers().successes[index]);
        if (!seen.success) check.fail(name, input, seen.describe());
    }
    for (std::size_t index = 0; index < check.answers().refusals.size(); ++index) {
        check.expect_no_success(
            name, "refusal " + std::to_string(index), check.answers().refusals[index]
        );
    }
    for (auto const& pointer : check.answers().decisive) {
        auto const holds_it = [&pointer](JsonAnswer const& success) {
            boost::system::error_code failure;
            return success.body.find_pointer(pointer, failure) != nullptr;
        };
        if (!std::any_of(check.successes().begin(), check.successes().end(), holds_it)) {
            check.fail(name, pointer, "is decisive and in no success");
        }
    }
}

}  // namespace otp::testing
