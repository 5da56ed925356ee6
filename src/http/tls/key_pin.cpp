#include "http/tls/key_pin.hpp"

#include "model/base64.hpp"

#include <algorithm>

namespace otp::http {

std::optional<KeyPin> read_key_pin(std::string_view text) {
    auto const octets = model::decode_base64(text);
    KeyPin pin{};
    if (!octets || octets->size() != pin.size()) return std::nullopt;
    std::copy(octets->begin(), octets->end(), pin.begin());
    return pin;
}

}  // namespace otp::http
