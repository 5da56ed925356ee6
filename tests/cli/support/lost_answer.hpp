#pragma once

#include <otp/mocks/reserved_recipients.hpp>

#include <string>
#include <vector>

namespace otp::test {

/// The options of `otp send` that name the recipient for whom `vendor` obeys and whose answer is
/// lost as `transfer` says. Throws if there is none.
[[nodiscard]] std::vector<std::string> recipient_of_lost_answer(
    std::string const& vendor, mocks::MockTransfer transfer
);

}  // namespace otp::test
