#include <otp/observer.hpp>

namespace otp {

std::string_view to_string(OperationKind kind) noexcept {
    switch (kind) {
        case OperationKind::send:
            return "send";
        case OperationKind::verify:
            return "verify";
    }
    return "unknown";
}

}  // namespace otp
