#include "server/security_headers.hpp"

#include <algorithm>

namespace otp::mocks {

MockResponse secured(MockResponse response) {
    MockHeaders const wanted{
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"}};
    for (auto const& field : wanted) {
        bool const there = std::ranges::any_of(response.headers, [&field](auto const& other) {
            return other.first == field.first;
        });
        if (!there) response.headers.push_back(field);
    }
    return response;
}

}  // namespace otp::mocks
