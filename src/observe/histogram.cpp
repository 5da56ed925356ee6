#include "observe/histogram.hpp"

#include "observe/exposition.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::observe {

namespace {

std::string with_bound(std::string_view labels, std::string_view bound) {
    std::string text(labels);
    append_label(text, "le", bound);
    return text;
}

}  // namespace

void Histogram::add(std::chrono::microseconds duration) noexcept {
    // The first bound that is not exceeded: `le` means "at most".
    auto const bound = std::lower_bound(bounds.begin(), bounds.end(), duration);
    ++buckets_[static_cast<std::size_t>(bound - bounds.begin())];
    sum_.add(duration);
}

void Histogram::append(std::string& text, std::string_view name, std::string_view labels) const {
    auto const of_buckets = std::string(name) + "_bucket";
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        count += buckets_[i];
        auto const bound = seconds_text(static_cast<std::uint64_t>(bounds[i].count()), 6);
        append_sample(text, of_buckets, with_bound(labels, bound), std::to_string(count));
    }
    count += buckets_.back();
    append_sample(text, of_buckets, with_bound(labels, "+Inf"), std::to_string(count));
    sum_.append(text, std::string(name) + "_sum", labels);
    append_sample(text, std::string(name) + "_count", labels, std::to_string(count));
}

}  // namespace otp::observe
