#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// The text format 0.0.4 of Prometheus:
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format

namespace otp::observe {

/// The beginning of a family. `help` has no backslash and no line feed; `type` is `counter`,
/// `gauge` or `histogram`.
void append_head(
    std::string& text, std::string_view name, std::string_view help, std::string_view type
);

/// Adds `name="value"` to `labels`, behind a comma if there are some already. The value is escaped,
/// and what no reader would take is replaced by U+FFFD: bytes that are no UTF-8, and NUL.
void append_label(std::string& labels, std::string_view name, std::string_view value);

/// One line, for example `otp_rests_total{instance="main"} 3`. `labels` is what `append_label`
/// made, or empty.
void append_sample(
    std::string& text, std::string_view name, std::string_view labels, std::string_view value
);

/// A number of seconds, exactly and without needless zeros: 1500 ticks of 3 decimals are `1.5`.
[[nodiscard]] std::string seconds_text(std::uint64_t ticks, unsigned decimals);

}  // namespace otp::observe
