#pragma once

#include "script/reserved_answers.hpp"

#include <otp/observer.hpp>

#include <string_view>
#include <vector>

namespace otp::simulation {

/// All answers that the mock vendor has for its reserved recipients in that step and that it gives
/// without doing anything: the errors of its documents, and what gateways say.
[[nodiscard]] std::vector<mocks::MockResponse> const& documented_answers(
    std::string_view vendor, OperationKind step
);

/// 200, with a body that nobody can understand.
[[nodiscard]] std::vector<mocks::MockResponse> const& garbage();

}  // namespace otp::simulation
