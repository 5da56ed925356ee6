#include "success/success_checks.hpp"

#include <string>
#include <string_view>

namespace otp::conformance {
namespace {

constexpr Check name_of_check{"documented answer", Cause::no_success};
constexpr Check material{"documented answer", Cause::wrong_material};
constexpr Check refusal{"documented answer", Cause::believes_refusal};

/// A pointer of the test that leads nowhere would make it weaker than it looks.
void expect_in_some_success(
    OperationCheck& check, std::string const& pointer, std::string_view list
) {
    if (check.is_in_some_success(pointer)) return;
    check.fail({material, pointer, pointer}, "is in no success, but in " + std::string(list));
}

void check_pointers(OperationCheck& check) {
    auto const& answers = check.answers();
    auto const expect_all = [&check](auto const& pointers, std::string_view list) {
        for (auto const& pointer : pointers) expect_in_some_success(check, pointer, list);
    };
    expect_all(answers.decisive, "decisive");
    expect_all(answers.of_one_type, "of_one_type");
    expect_all(answers.all_values_documented, "all_values_documented");
    expect_all(answers.echoed, "echoed");
    expect_all(answers.about_other_things, "about_other_things");
    for (auto const& failure : answers.values_of_failure) {
        expect_in_some_success(check, failure.first, "values_of_failure");
    }
}

}  // namespace

void check_documented_answers(OperationCheck& check) {
    if (check.answers().successes.empty()) check.fail({material, "the test"}, "names no success");
    for (std::size_t index = 0; index < check.answers().successes.size(); ++index) {
        auto const input = "success " + std::to_string(index);
        auto const seen = check.see({name_of_check, input}, check.answers().successes[index]);
        if (!seen.success) check.fail({name_of_check, input}, seen.describe());
    }
    for (std::size_t index = 0; index < check.answers().refusals.size(); ++index) {
        check.expect_no_success(
            {refusal, "refusal " + std::to_string(index)}, check.answers().refusals[index]
        );
    }
    check_pointers(check);
}

}  // namespace otp::conformance
