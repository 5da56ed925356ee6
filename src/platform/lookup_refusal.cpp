#include "platform/lookup_refusal.hpp"

#include <string>

namespace otp::platform {

namespace {

class LookupRefusalCategory final : public boost::system::error_category {
public:
    [[nodiscard]] char const* name() const noexcept override { return "otp.lookup"; }
    [[nodiscard]] std::string message(int value) const override {
        if (value == static_cast<int>(LookupRefusal::no_thread)) {
            return "no thread can be started for the lookup: raise the limit (ulimit -u, or the "
                   "container's limit of processes)";
        }
        return "too many lookups of this process have not ended yet: the machine's name service "
               "does not answer";
    }
};

}  // namespace

boost::system::error_category const& lookup_refusal_category() noexcept {
    static LookupRefusalCategory const category;
    return category;
}

}  // namespace otp::platform
