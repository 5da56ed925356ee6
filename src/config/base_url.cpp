#include "config/base_url.hpp"

#include <otp/http_url.hpp>

namespace otp::config {

Checked<std::string> check_base_url(std::string_view text) {
    auto const url = HttpUrl::parse_endpoint(text);
    if (!url) return Mistake{url.error().message};
    if (text.ends_with('/')) text.remove_suffix(1);
    return {boost::system::in_place_value, text};
}

}  // namespace otp::config
