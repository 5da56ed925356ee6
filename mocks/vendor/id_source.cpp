#include "vendor/id_source.hpp"

namespace otp::mocks {

std::string IdSource::code(std::size_t digits) {
    std::string const zeros(digits, '0');
    std::string text = zeros;
    while (text == zeros) text = pick(digits, 10);
    return text;
}

std::string IdSource::hex(std::size_t digits) {
    return pick(digits, 16);
}

std::string IdSource::uuid() {
    return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
}

std::string IdSource::pick(std::size_t count, unsigned choices) {
    std::string text(count, '0');
    // A modulo instead of a distribution: the same digits with every standard library.
    for (char& digit : text) digit = "0123456789abcdef"[(engine_() >> 8) % choices];
    return text;
}

}  // namespace otp::mocks
