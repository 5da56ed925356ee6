#pragma once

#include <cstdlib>
#include <optional>
#include <string>

namespace otp::test {

/// Sets an environment variable until the end of a test.
class Variable {
public:
    Variable(char const* name, std::string const& value) : name_(name) {
        if (char const* const before = std::getenv(name)) before_ = before;
        ::setenv(name, value.c_str(), 1);
    }
    Variable(Variable const&) = delete;
    Variable& operator=(Variable const&) = delete;
    ~Variable() {
        if (before_) {
            ::setenv(name_, before_->c_str(), 1);
        } else {
            ::unsetenv(name_);
        }
    }

private:
    char const* name_;
    std::optional<std::string> before_;
};

}  // namespace otp::test
