#include "cli/support/lost_answer.hpp"

#include <algorithm>
#include <stdexcept>

namespace otp::test {

std::vector<std::string> recipient_of_lost_answer(
    std::string const& vendor, mocks::MockTransfer transfer
) {
    auto const& all = mocks::reserved_recipients();
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& reserved) {
        return reserved.vendor == vendor && reserved.step == mocks::MockStep::send &&
               reserved.transfer == transfer;
    });
    if (found == all.end()) throw std::runtime_error("no such recipient of " + vendor);
    if (found->recipient.starts_with('+')) return {"--phone", found->recipient};
    if (found->recipient.find('@') != std::string::npos) return {"--email", found->recipient};
    return {"--user", vendor + "=" + found->recipient, "--phone", "+359881234567"};
}

}  // namespace otp::test
