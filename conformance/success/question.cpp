#include "success/success_checks.hpp"

#include <algorithm>
#include <string>

namespace otp::conformance {

void check_question(OperationCheck& check) {
    static constexpr Check name{"question", Cause::unanswered_question};
    auto const& successes = check.answers().successes;
    bool const asks =
        std::any_of(successes.begin(), successes.end(), [&check](HttpResponse const& success) {
            return check.see({name, "a success"}, success).question.has_value();
        });
    bool const answered = !check.subject().confirmation_answers.successes.empty();
    if (asks && !answered) check.fail({name, "the test"}, "has no answer to it");
    if (answered && !asks) check.fail({name, "the adapter"}, "asks none after any success");
}

}  // namespace otp::conformance
