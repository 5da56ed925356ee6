#pragma once

#include <otp/config.hpp>
#include <otp/error.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// Collects every mistake of a configuration, so that all of them are reported at once, and what is
/// no mistake but worth a word.
class Violations {
public:
    /// `message` follows the pointer in print; it must not hold a secret.
    void add(std::string pointer, std::string message);

    /// The same, unless something was already said about this very place, of which this is likely a
    /// consequence: what could not be read is treated as if it were not there.
    void add_if_new(std::string pointer, std::string message);

    /// The same, unless the same was already said elsewhere: a mistake in a file that several
    /// places name is reported once.
    void add_once(std::string pointer, std::string message);

    /// Whether something was already said about this very place.
    [[nodiscard]] bool has(std::string_view pointer) const;

    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }

    /// Keeps something that can be used, but is hardly meant so.
    void warn(std::string pointer, std::string message);

    [[nodiscard]] std::vector<ConfigWarning> take_warnings();

    /// Nothing if there is no violation; else `config_invalid` with all of them in order, and a
    /// message that begins with `subject`: `the configuration has 2 mistakes`.
    [[nodiscard]] std::optional<Error> take_error(std::string_view subject);

private:
    std::vector<FieldViolation> list_;
    std::vector<ConfigWarning> warnings_;
};

}  // namespace otp::config
