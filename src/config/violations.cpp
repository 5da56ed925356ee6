#include "config/violations.hpp"

#include <algorithm>
#include <utility>

namespace otp::config {

void Violations::add(std::string pointer, std::string message) {
    list_.push_back({std::move(pointer), std::move(message)});
}

void Violations::add_if_new(std::string pointer, std::string message) {
    if (!has(pointer)) add(std::move(pointer), std::move(message));
}

void Violations::warn(std::string pointer, std::string message) {
    warnings_.push_back({std::move(pointer), std::move(message)});
}

std::vector<ConfigWarning> Violations::take_warnings() {
    return std::exchange(warnings_, {});
}

void Violations::add_once(std::string pointer, std::string message) {
    auto const known =
        std::find_if(list_.begin(), list_.end(), [&message](FieldViolation const& violation) {
            return violation.message == message;
        });
    if (known == list_.end()) add_if_new(std::move(pointer), std::move(message));
}

bool Violations::has(std::string_view pointer) const {
    return std::any_of(list_.begin(), list_.end(), [pointer](FieldViolation const& violation) {
        return violation.pointer == pointer;
    });
}

std::optional<Error> Violations::take_error(std::string_view subject) {
    if (list_.empty()) return std::nullopt;
    std::string message(subject);
    message += " has ";
    message += list_.size() == 1 ? "1 mistake" : std::to_string(list_.size()) + " mistakes";
    Error error(ErrorCategory::config_invalid, std::move(message));
    error.violations = std::exchange(list_, {});
    return error;
}

}  // namespace otp::config
