#include "observe/clean_utf8.hpp"

#include "model/utf8.hpp"

namespace otp::observe {

std::string clean_utf8(std::string_view text) {
    if (model::is_utf8(text)) return std::string(text);
    std::string clean;
    while (!text.empty()) {
        auto const [value, size, valid] = model::first_code_point(text);
        model::append_utf8(clean, valid ? value : U'\uFFFD');
        text.remove_prefix(size);
    }
    return clean;
}

}  // namespace otp::observe
