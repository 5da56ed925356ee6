#include "all_reserved_answers.hpp"

#include <otp/mocks/reserved_recipients.hpp>

namespace otp::mocks {
namespace {

std::vector<ReservedRecipient> collect() {
    std::vector<ReservedRecipient> all;
    for (auto const* vendor : all_reserved_answers()) {
        for (MockStep const step : {MockStep::send, MockStep::verify}) {
            for (ReservedAnswer const& answer : vendor->all()) {
                if (answer.listed.step == step) all.push_back(answer.listed);
            }
        }
    }
    return all;
}

}  // namespace

std::string_view to_string(MockStep step) noexcept {
    return step == MockStep::send ? "send" : "verify";
}

std::vector<ReservedRecipient> const& reserved_recipients() {
    static std::vector<ReservedRecipient> const all = collect();
    return all;
}

}  // namespace otp::mocks
