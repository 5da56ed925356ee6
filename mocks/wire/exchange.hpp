#pragma once

#include "wire/response_stream.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::mocks {

using MockHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request as a vendor sees it, whoever carries it.
struct MockRequest {
    std::string method;
    /// Not decoded; without the vendor's prefix and without the query.
    std::string path;
    /// Not decoded, without `?`.
    std::string query;
    MockHeaders headers;
    std::string body;

    /// The header field, if it stands there exactly once.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
    /// The media type in lower case without parameters; empty if there is none.
    [[nodiscard]] std::string media_type() const;
};

/// What a vendor answers.
struct MockResponse {
    int status{200};
    std::string body;
    std::string content_type{"application/json"};
    MockHeaders headers;
    MockTransfer transfer{MockTransfer::complete};
    /// Spaces that follow the body.
    std::size_t padding{0};
    /// If there is one, what follows the header in place of `body`, in chunks, until it ends, the
    /// client goes away or the server stops.
    std::shared_ptr<ResponseStream> stream{};
};

[[nodiscard]] MockResponse json_response(int status, boost::json::value const& body);

/// A response without a body.
[[nodiscard]] MockResponse empty_response(int status);

}  // namespace otp::mocks
