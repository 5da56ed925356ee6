#include "inbox_api.hpp"

#include "wire_time.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse problem(int status, char const* text) {
    return json_response(status, {{"error", text}});
}

MockResponse wrong_method(char const* allowed) {
    auto response = problem(405, "method not allowed");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

struct Filter {
    std::string vendor;
    std::string to;
};

/// Nothing for an unknown name, a name that stands there twice, and a broken escape. A `+` stands
/// for itself, as in phone numbers.
std::optional<Filter> parse_filter(std::string_view query) {
    std::map<std::string, std::string, std::less<>> fields;
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const field = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        auto const equals = field.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto const name = field.substr(0, equals);
        auto value = percent_decoded(field.substr(equals + 1));
        if (!value || (name != "vendor" && name != "to")) return std::nullopt;
        if (!fields.emplace(name, std::move(*value)).second) return std::nullopt;
    }
    return Filter{fields["vendor"], fields["to"]};
}

}  // namespace

MockResponse answer_messages(
    MockRequest const& request, Inbox const& inbox, std::function<void()> const& clear
) {
    if (request.method == "DELETE") {
        clear();
        return empty_response(204);
    }
    if (request.method != "GET" && request.method != "HEAD") return wrong_method("GET, DELETE");
    auto const filter = parse_filter(request.query);
    if (!filter) return problem(400, "the query may have vendor and to, once each");
    json::array messages;
    for (MockMessage const& message : inbox.messages(filter->vendor, filter->to)) {
        messages.push_back(
            {{"id", message.id},
             {"vendor", message.vendor},
             {"channel", message.channel},
             {"to", message.to},
             {"code", message.code},
             {"sent_at", iso8601(message.sent_at)},
             {"state", message.state}}
        );
    }
    return json_response(200, messages);
}

MockResponse answer_tokens(MockRequest const& request, std::function<void()> const& revoke) {
    if (request.method != "DELETE") return wrong_method("DELETE");
    revoke();
    return empty_response(204);
}

MockResponse unknown_path() {
    return problem(
        404,
        "no such path: the vendors are below /spherepay, /loyaltydog, /10npay, /eko and /stytch, "
        "the messages at /api/messages"
    );
}

}  // namespace otp::mocks
