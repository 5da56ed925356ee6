#pragma once

#include "wire/exchange.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// Who may use the inbox of a server.
struct GuardRules {
    /// Whether the server speaks TLS.
    bool tls{false};
    /// As `MockOptions::token`; empty: loopback only.
    std::string token{};
};

/// Why a request is not answered.
struct AccessRefusal {
    /// 400, 401 or 403.
    int status;
    /// What was refused, and what to do; never what the request brought along.
    std::string text;
};

/// Keeps pages of other origins and, if there is a token, everybody without it from the inbox: its
/// page and, below `/api`, its API. Nothing if `request`, whose path has no prefix of a session,
/// may pass. Pure, and not for the vendors' own paths.
///
/// - Host has to be there once, and without a token be this machine, so that no name whose address
///   changes after a page was loaded (DNS rebinding) leads here.
/// - Origin, which browsers add to whatever changes something and to what a page of another origin
///   sends, has to be this one: the same scheme, name and port as the request's.
/// - Sec-Fetch-Site, if there is one, has to be `same-origin` or `none`, below `/api` only: one may
///   come to the page from anywhere.
/// - The token stands in Authorization, below `/api` only, and is compared in a time that tells
///   nothing of it. In a query it would be written down by whoever logs addresses.
[[nodiscard]] std::optional<AccessRefusal> refuse_stranger(
    MockRequest const& request, GuardRules const& rules
);

/// Why a token is none; empty if it is one (RFC 6750 2.1), and for the empty one, which is none.
[[nodiscard]] std::string token_fault(std::string_view token);

}  // namespace otp::mocks
