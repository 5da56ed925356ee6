#include "inbox/messages_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/duration_text.hpp"
#include "inbox/query_fields.hpp"
#include "vendor/vendor_names.hpp"
#include "wire/wire_time.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace otp::mocks {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds longest_wait = std::chrono::seconds(60);

json::object message_json(MockMessage const& message) {
    return {
        {"id", message.id},
        {"vendor", message.vendor},
        {"channel", message.channel},
        {"to", message.to},
        {"code", message.code},
        {"sent_at", iso8601(message.sent_at)},
        {"state", message.state}};
}

std::string_view value_of(QueryFields const& fields, std::string_view name) {
    auto const found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

/// What the parameters `vendor` and `to` ask for, or the refusal of them.
std::variant<MessageFilter, MockResponse> read_filter(QueryFields const& fields) {
    auto const vendor = value_of(fields, "vendor");
    if (!vendor.empty() && !is_vendor_name(vendor)) return problem(400, no_such_vendor(vendor));
    return MessageFilter(vendor, value_of(fields, "to"));
}

/// How long a request may wait; nothing for what is no such duration.
std::optional<milliseconds> read_wait(QueryFields const& fields) {
    auto const text = value_of(fields, "wait");
    if (text.empty()) return milliseconds(0);
    auto const wait = parse_duration(text);
    bool const fits = wait && *wait >= milliseconds(0) && *wait <= longest_wait;
    return fits ? wait : std::nullopt;
}

MockResponse describe(AwaitedMessage const& awaited) {
    switch (awaited.end) {
        case AwaitedMessage::End::arrived:
            return json_response(200, message_json(*awaited.message));
        case AwaitedMessage::End::none_came:
            return problem(404, "no such message was sent");
        case AwaitedMessage::End::too_many_wait: {
            auto response = problem(503, "too many requests wait for messages");
            response.headers.emplace_back("Retry-After", "1");
            return response;
        }
        case AwaitedMessage::End::stopped:
            break;
    }
    return problem(503, "the mock vendors stop");
}

}  // namespace

MockResponse answer_messages(MockRequest const& request, VendorSet& vendors) {
    if (request.method == "DELETE") {
        // A filter here would be overlooked, and everything be gone.
        if (!request.query.empty()) return no_parameters_here();
        vendors.forget_everything();
        return empty_response(204);
    }
    if (!is_read(request)) return wrong_method("GET, DELETE");
    constexpr std::array<std::string_view, 2> known{"vendor", "to"};
    auto const fields = parse_query(request.query, known);
    if (!fields) return problem(400, "the parameters are vendor and to, each once at most");
    auto const filter = read_filter(*fields);
    if (auto const* refusal = std::get_if<MockResponse>(&filter)) return *refusal;
    json::array messages;
    for (MockMessage const& message : vendors.messages(std::get<MessageFilter>(filter))) {
        messages.push_back(message_json(message));
    }
    return json_response(200, messages);
}

MockResponse answer_latest_message(
    MockRequest const& request, VendorSet const& vendors, std::size_t most_waiting
) {
    if (!is_read(request)) return wrong_method("GET");
    constexpr std::array<std::string_view, 3> known{"vendor", "to", "wait"};
    auto const fields = parse_query(request.query, known);
    if (!fields) return problem(400, "the parameters are vendor, to and wait, each once at most");
    auto const filter = read_filter(*fields);
    if (auto const* refusal = std::get_if<MockResponse>(&filter)) return *refusal;
    auto const wait = read_wait(*fields);
    if (!wait) return problem(400, "wait is a time such as 500ms or 10s, at most 60s");
    return describe(vendors.await_message(std::get<MessageFilter>(filter), *wait, most_waiting));
}

}  // namespace otp::mocks
