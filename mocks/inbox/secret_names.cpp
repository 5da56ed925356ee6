#include "inbox/secret_names.hpp"

#include "inbox/ascii_case.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace otp::mocks {
namespace {

/// How names end that hold secrets, without `-` and `_`. Endings, so that a new one of the kind
/// (`refresh_token`) is hidden before anybody thinks of it; `token_type` and `secret-key-timestamp`
/// are none.
constexpr std::array<std::string_view, 15> endings{
    "authorization",
    "cookie",
    "developerkey",
    "secretkey",
    "accesskey",
    "apikey",
    "privatekey",
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "jwt",
    "assertion",
    "credential"};

}  // namespace

bool is_secret_name(std::string_view name) {
    auto plain = ascii_lower(name);
    std::erase_if(plain, [](char character) { return character == '-' || character == '_'; });
    return std::ranges::any_of(endings, [&](std::string_view ending) {
        return plain.ends_with(ending) || plain.ends_with(std::string(ending) + "s");
    });
}

}  // namespace otp::mocks
