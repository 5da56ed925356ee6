#include "inbox/control_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/clock_api.hpp"
#include "inbox/messages_api.hpp"

#include <otp/mocks/vendor_names.hpp>

#include <boost/json/array.hpp>

#include <cstdint>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse answer_tokens(MockRequest const& request, VendorSet& vendors) {
    if (request.method != "DELETE") return wrong_method("DELETE");
    if (!request.query.empty()) return no_parameters_here();
    vendors.revoke_tokens();
    return empty_response(204);
}

MockResponse answer_health(MockRequest const& request, VendorSet const& vendors) {
    if (!is_read(request)) return wrong_method("GET");
    if (!request.query.empty()) return no_parameters_here();
    json::array names;
    for (auto const& name : vendor_names()) names.push_back(json::value(name));
    return json_response(
        200,
        {{"status", "ok"},
         {"vendors", std::move(names)},
         {"waiting", std::uint64_t{vendors.waiting()}}}
    );
}

}  // namespace

bool is_control_path(std::string_view path) {
    return path == "/api" || path.starts_with("/api/");
}

MockResponse answer_control(
    MockRequest const& request, VendorSet& vendors, std::size_t most_waiting
) {
    auto const& path = request.path;
    if (path == "/api/messages") return answer_messages(request, vendors);
    if (path == "/api/messages/latest") {
        return answer_latest_message(request, vendors, most_waiting);
    }
    if (path == "/api/tokens") return answer_tokens(request, vendors);
    if (path == "/api/clock") return answer_clock(request, vendors);
    if (path == "/api/health") return answer_health(request, vendors);
    return unknown_path();
}

MockResponse unknown_path() {
    return problem(
        404,
        "no such path: the vendors are below /spherepay, /loyaltydog, /10npay, /eko and /stytch, "
        "the API at /api/messages, /api/messages/latest, /api/tokens, /api/clock and /api/health"
    );
}

}  // namespace otp::mocks
