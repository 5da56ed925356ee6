#include "unit/observe/exposition_reader.hpp"

#include "model/utf8.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

namespace otp::test {

namespace {

/// Takes one line apart, from the left.
class Line {
public:
    explicit Line(std::string_view text) : whole_(text), rest_(text) {}

    [[noreturn]] void fail(std::string const& why) const {
        throw std::runtime_error(why + ": " + std::string(whole_));
    }

    [[nodiscard]] bool take(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    void expect(std::string_view text) {
        if (!take(text)) fail("no '" + std::string(text) + "' where one belongs");
    }

    [[nodiscard]] std::string name() {
        std::size_t size = 0;
        auto const fits = [](char c, bool first) {
            bool const digit = c >= '0' && c <= '9';
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                   (digit && !first);
        };
        while (size < rest_.size() && fits(rest_[size], size == 0)) ++size;
        if (size == 0) fail("a name is missing");
        std::string const name(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return name;
    }

    [[nodiscard]] std::string quoted() {
        expect("\"");
        std::string value;
        while (!take("\"")) {
            if (rest_.empty()) fail("a label value does not end");
            if (take("\\\\")) {
                value += '\\';
            } else if (take("\\\"")) {
                value += '"';
            } else if (take("\\n")) {
                value += '\n';
            } else if (rest_[0] == '\\' || rest_[0] == '\0') {
                fail("a label value is not escaped");
            } else {
                value += rest_[0];
                rest_.remove_prefix(1);
            }
        }
        if (!model::is_utf8(value)) fail("a label value is no UTF-8");
        return value;
    }

    [[nodiscard]] double number() {
        if (rest_ == "+Inf") return std::numeric_limits<double>::infinity();
        double value = 0;
        auto const* const end = rest_.data() + rest_.size();
        auto const [stop, error] =
            std::from_chars(rest_.data(), end, value, std::chars_format::fixed);
        if (rest_.empty() || error != std::errc() || stop != end || !std::isfinite(value)) {
            fail("no number");
        }
        return value;
    }

    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

private:
    std::string_view whole_;
    std::string_view rest_;
};

Sample read_sample(Line& line) {
    Sample sample;
    sample.name = line.name();
    if (line.take("{")) {
        do {
            auto const label = line.name();
            line.expect("=");
            if (!sample.labels.emplace(label, line.quoted()).second) line.fail("a label twice");
        } while (line.take(","));
        line.expect("}");
    }
    line.expect(" ");
    sample.value = line.number();
    return sample;
}

void check_histogram_series(std::vector<Sample> const& samples, std::string const& name) {
    double bound = -1;
    double below = 0;
    bool counted = false;
    bool summed = false;
    for (auto const& sample : samples) {
        if (sample.name == name + "_bucket") {
            if (summed) throw std::runtime_error(name + ": a bucket behind the sum");
            auto const text = sample.labels.at("le");
            auto const next = Line(text).number();
            if (next <= bound || sample.value < below) throw std::runtime_error(name + ": buckets");
            bound = next;
            below = sample.value;
        } else if (sample.name == name + "_sum") {
            summed = true;
        } else if (sample.name == name + "_count") {
            counted = sample.value == below;
        }
    }
    if (!std::isinf(bound) || !summed || !counted) throw std::runtime_error(name + ": incomplete");
}

void check_histogram(MetricFamily const& family) {
    std::map<std::map<std::string, std::string>, std::vector<Sample>> series;
    for (auto const& sample : family.samples) {
        auto labels = sample.labels;
        labels.erase("le");
        series[labels].push_back(sample);
    }
    for (auto const& [labels, samples] : series) check_histogram_series(samples, family.name);
}

void check_family(MetricFamily const& family) {
    if (family.samples.empty()) throw std::runtime_error(family.name + ": no samples");
    if (family.type == "histogram") return check_histogram(family);
    if ((family.type == "counter") != family.name.ends_with("_total")) {
        throw std::runtime_error(family.name + ": its name does not go with its type");
    }
}

bool belongs_to(MetricFamily const& family, std::string_view name) {
    if (family.type != "histogram") return name == family.name;
    return name == family.name + "_bucket" || name == family.name + "_sum" ||
           name == family.name + "_count";
}

MetricFamily begin_family(Line& help, Line& type) {
    MetricFamily family;
    family.name = help.name();
    help.expect(" ");
    family.help = help.rest();
    if (family.help.empty()) help.fail("no help");

    type.expect("# TYPE " + family.name + " ");
    family.type = type.rest();
    if (!std::set<std::string>{"counter", "gauge", "histogram"}.contains(family.type)) {
        type.fail("no type");
    }
    return family;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    if (!text.empty() && !text.ends_with('\n')) throw std::runtime_error("no last line feed");
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

}  // namespace

std::vector<MetricFamily> read_exposition(std::string_view text) {
    std::vector<MetricFamily> families;
    std::set<std::string> names;
    std::set<std::pair<std::string, std::map<std::string, std::string>>> series;

    auto const lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Line line(lines[i]);
        if (line.take("# HELP ")) {
            if (i + 1 == lines.size()) line.fail("no type");
            Line type(lines[++i]);
            families.push_back(begin_family(line, type));
            if (!names.insert(families.back().name).second) line.fail("a family twice");
            continue;
        }
        auto sample = read_sample(line);
        if (families.empty() || !belongs_to(families.back(), sample.name)) {
            line.fail("a sample outside its family");
        }
        if (sample.value < 0) line.fail("a negative number");
        if (!series.emplace(sample.name, sample.labels).second) line.fail("a series twice");
        families.back().samples.push_back(std::move(sample));
    }
    for (auto const& family : families) check_family(family);
    return families;
}

double value_of(
    std::string_view text, std::string_view name, std::map<std::string, std::string> const& labels
) {
    for (auto const& family : read_exposition(text)) {
        for (auto const& sample : family.samples) {
            if (sample.name == name && sample.labels == labels) return sample.value;
        }
    }
    throw std::runtime_error(
        "no such series of " + std::string(name) + " in\n" + std::string(text)
    );
}

std::vector<std::string> sample_lines(std::string_view text) {
    std::vector<std::string> samples;
    for (auto const line : lines_of(text)) {
        if (!line.starts_with('#')) samples.emplace_back(line);
    }
    return samples;
}

}  // namespace otp::test
