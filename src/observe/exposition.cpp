#include "observe/exposition.hpp"

#include "observe/clean_utf8.hpp"

namespace otp::observe {

namespace {

void append_escaped(std::string& text, char c) {
    switch (c) {
        case '\\':
            text += "\\\\";
            break;
        case '"':
            text += "\\\"";
            break;
        case '\n':
            text += "\\n";
            break;
        // Prometheus' own reader takes it for the end of the text.
        case '\0':
            text += "\xEF\xBF\xBD";
            break;
        default:
            text += c;
    }
}

}  // namespace

void append_head(
    std::string& text, std::string_view name, std::string_view help, std::string_view type
) {
    text.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void append_label(std::string& labels, std::string_view name, std::string_view value) {
    if (!labels.empty()) labels += ',';
    labels.append(name).append("=\"");
    for (char const c : clean_utf8(value)) append_escaped(labels, c);
    labels += '"';
}

void append_sample(
    std::string& text, std::string_view name, std::string_view labels, std::string_view value
) {
    text.append(name);
    if (!labels.empty()) text.append("{").append(labels).append("}");
    text.append(" ").append(value).append("\n");
}

std::string seconds_text(std::uint64_t ticks, unsigned decimals) {
    std::uint64_t per_second = 1;
    for (unsigned i = 0; i < decimals; ++i) per_second *= 10;

    auto text = std::to_string(ticks / per_second);
    if (ticks % per_second == 0) return text;
    // The leading 1 keeps the zeros behind the point.
    auto const fraction = std::to_string(per_second + ticks % per_second);
    text.append(".").append(fraction, 1, fraction.find_last_not_of('0'));
    return text;
}

}  // namespace otp::observe
