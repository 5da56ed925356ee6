#include "server/origin_guard.hpp"

#include "server/host_field.hpp"
#include "wire/authorization.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <vector>

namespace otp::mocks {
namespace {

constexpr std::size_t longest_token = 256;

bool same_letter(char left, char right) {
    auto const lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return lower(left) == lower(right);
}

/// The values of all header fields of a name.
std::vector<std::string_view> fields(MockRequest const& request, std::string_view name) {
    std::vector<std::string_view> values;
    for (auto const& [key, value] : request.headers) {
        if (std::ranges::equal(key, name, same_letter)) values.emplace_back(value);
    }
    return values;
}

bool is_api(std::string_view path) {
    return path == "/api" || path.starts_with("/api/");
}

std::optional<HostField> parse_host(std::string_view text, bool tls) {
    return parse_host_field(text, tls ? 443 : 80);
}

/// The origin that a request was sent to, by its own account, is the one that sent it.
bool is_own_origin(std::string_view origin, HostField const& host, bool tls) {
    std::string_view const scheme = tls ? "https://" : "http://";
    if (!origin.starts_with(scheme)) return false;
    return parse_host(origin.substr(scheme.size()), tls) == host;
}

std::optional<AccessRefusal> refuse_origin(
    MockRequest const& request, HostField const& host, GuardRules const& rules
) {
    for (auto const origin : fields(request, "Origin")) {
        if (is_own_origin(origin, host, rules.tls)) continue;
        return AccessRefusal{
            403,
            "the request comes from a page of another origin: use the mock's own page, or call the "
            "API from a program"};
    }
    if (!is_api(request.path)) return std::nullopt;
    for (auto const site : fields(request, "Sec-Fetch-Site")) {
        if (site == "same-origin" || site == "none") continue;
        return AccessRefusal{
            403,
            "the browser says that another site asks for this: use the mock's own page, or call "
            "the API from a program"};
    }
    return std::nullopt;
}

/// Takes as long for every token of a length.
bool same_token(std::string_view given, std::string_view expected) {
    using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;
    auto const digest = [](std::string_view text) {
        Digest made{};
        SHA256(reinterpret_cast<unsigned char const*>(text.data()), text.size(), made.data());
        return made;
    };
    return CRYPTO_memcmp(digest(given).data(), digest(expected).data(), Digest().size()) == 0;
}

bool names_token(std::string_view query) {
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const name = query.substr(0, std::min(query.find('='), end));
        if (name == "token" || name == "access_token") return true;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return false;
}

std::optional<AccessRefusal> refuse_token(MockRequest const& request, GuardRules const& rules) {
    if (rules.token.empty() || !is_api(request.path)) return std::nullopt;
    if (names_token(request.query)) {
        return AccessRefusal{
            401,
            "a token does not belong into the address, which is written into logs: send "
            "Authorization: Bearer TOKEN"};
    }
    auto const given = bearer_token(request);
    if (given && same_token(*given, rules.token)) return std::nullopt;
    return AccessRefusal{
        401,
        given ? "this is not the token that the mock was started with"
              : "the mock was started with a token: send Authorization: Bearer TOKEN"};
}

}  // namespace

std::optional<AccessRefusal> refuse_stranger(MockRequest const& request, GuardRules const& rules) {
    auto const hosts = fields(request, "Host");
    if (hosts.size() != 1) {
        return AccessRefusal{400, "send the header field Host, once (RFC 9112 3.2)"};
    }
    auto const host = parse_host(hosts.front(), rules.tls);
    if (!host) return AccessRefusal{400, "the header field Host is no host, or no host and port"};
    if (rules.token.empty() && !is_loopback(host->name)) {
        return AccessRefusal{
            403,
            "the inbox answers to localhost, 127.0.0.1 and [::1]: call it by one of them, or start "
            "the mock with a token (--token) for other names"};
    }
    if (auto refusal = refuse_origin(request, *host, rules)) return refusal;
    return refuse_token(request, rules);
}

std::string token_fault(std::string_view token) {
    if (token.empty()) return {};
    if (token.size() > longest_token) return "a token has 256 characters at most";
    auto const body = token.substr(0, token.find_last_not_of('=') + 1);
    bool const good = !body.empty() && std::ranges::all_of(body, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') ||
               std::string_view("-._~+/").find(letter) != std::string_view::npos;
    });
    return good ? "" : "a token is made of letters, digits and -._~+/, with = at its end only";
}

}  // namespace otp::mocks
