#pragma once

#include "observe/exposition.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace otp::observe {

/// One metric with all its sets of labels, at most `PrometheusObserver::max_label_sets` and
/// `other`. `Value` is one of values.hpp. Not thread-safe.
template <class Value, std::size_t LabelCount>
class Family {
public:
    using Labels = std::array<std::string_view, LabelCount>;

    /// All of it lives as long as the program.
    Family(std::string_view name, std::string_view help, Labels label_names)
        : name_(name), help_(help), label_names_(label_names) {}

    /// The value of these labels, in the order of their names. It stays where it is.
    [[nodiscard]] Value& of(Labels const& labels) {
        if (auto const known = series_.find(labels); known != series_.end()) return known->second;
        if (series_.size() < PrometheusObserver::max_label_sets) return added(labels);

        Labels other;
        other.fill("other");
        auto const known = series_.find(other);
        return known == series_.end() ? added(other) : known->second;
    }

    /// Nothing if there is nothing to say.
    void append(std::string& text) const {
        if (series_.empty()) return;
        append_head(text, name_, help_, Value::type);
        for (auto const& [labels, value] : series_) {
            std::string written;
            for (std::size_t i = 0; i < LabelCount; ++i) {
                append_label(written, label_names_[i], labels[i]);
            }
            value.append(text, name_, written);
        }
    }

private:
    using OwnLabels = std::array<std::string, LabelCount>;

    /// The order of the lines. Views are compared with texts, so that nothing is allocated for
    /// labels that are known.
    struct Less {
        using is_transparent = void;

        template <class Left, class Right>
        bool operator()(Left const& left, Right const& right) const noexcept {
            return std::lexicographical_compare(
                left.begin(), left.end(), right.begin(), right.end()
            );
        }
    };

    Value& added(Labels const& labels) {
        OwnLabels own;
        std::copy(labels.begin(), labels.end(), own.begin());
        return series_.try_emplace(std::move(own)).first->second;
    }

    std::string_view name_;
    std::string_view help_;
    Labels label_names_;
    std::map<OwnLabels, Value, Less> series_;
};

}  // namespace otp::observe
