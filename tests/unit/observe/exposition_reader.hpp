#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

/// One line of a metric, its labels unescaped.
struct Sample {
    std::string name;
    std::map<std::string, std::string> labels;
    double value{0};
};

/// A metric with its samples, in the order of their lines.
struct MetricFamily {
    std::string name;
    std::string help;
    std::string type;
    std::vector<Sample> samples;
};

/// Reads the text format 0.0.4 of Prometheus, written from its description and stricter than it.
/// Throws `std::runtime_error` with the line of the first mistake:
///
/// - each family has HELP, TYPE and at least one sample, in this order and in one piece;
/// - names are well-formed, label values are UTF-8 and properly escaped, no series is there twice;
/// - counters end in `_total` and are whole or decimal numbers of 0 or more;
/// - histograms have ascending buckets up to `+Inf`, which is their count, and a sum.
[[nodiscard]] std::vector<MetricFamily> read_exposition(std::string_view text);

/// The value of one series; throws `std::runtime_error` if there is none.
[[nodiscard]] double value_of(
    std::string_view text, std::string_view name, std::map<std::string, std::string> const& labels
);

/// The lines that are no comments, as `name{labels} value`.
[[nodiscard]] std::vector<std::string> sample_lines(std::string_view text);

}  // namespace otp::test
