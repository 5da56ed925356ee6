#include "delivery/decide/documented_repetition.hpp"

#include <algorithm>

namespace otp::delivery {

bool asks_for_repetition(VendorDescription const& vendor, int http_status) {
    return std::any_of(
        vendor.repetitions.begin(),
        vendor.repetitions.end(),
        [http_status](DocumentedRepetition const& answers) {
            return http_status >= answers.first_status && http_status <= answers.last_status;
        }
    );
}

}  // namespace otp::delivery
