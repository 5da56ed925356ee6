#include "http/wire/content_coding.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <array>

namespace otp::http {
namespace {

// https://www.iana.org/assignments/http-parameters, without `identity`.
constexpr std::array<std::string_view, 12> codings{
    "aes128gcm",
    "br",
    "compress",
    "dcb",
    "dcz",
    "deflate",
    "exi",
    "gzip",
    "pack200-gzip",
    "x-compress",
    "x-gzip",
    "zstd",
};

/// `gzip` of ` "gzip";q=1`.
std::string_view bare_name(std::string_view element) noexcept {
    auto name = model::trim(element.substr(0, element.find(';')));
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
        name = model::trim(name.substr(1, name.size() - 2));
    }
    return name;
}

}  // namespace

std::string_view changing_coding(std::string_view content_encoding) noexcept {
    for (auto rest = content_encoding; !rest.empty();) {
        auto const name = bare_name(model::take_until(rest, ','));
        auto const* const known =
            std::find_if(codings.begin(), codings.end(), [name](std::string_view coding) {
                return model::equal_ignoring_case(name, coding);
            });
        if (known != codings.end()) return *known;
    }
    return {};
}

}  // namespace otp::http
