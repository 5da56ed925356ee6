#include "inbox/control_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"
#include "inbox/clock_api.hpp"
#include "inbox/events_api.hpp"
#include "inbox/exchanges_api.hpp"
#include "inbox/faults_api.hpp"
#include "inbox/messages_api.hpp"

#include <otp/mocks/vendor_names.hpp>

#include <boost/json/array.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse answer_tokens(AddressedRequest const& request, MockState& state) {
    if (request.request.method != "DELETE") return wrong_method("DELETE");
    return if_good(read_query(request, {}), [&](ApiQuery const& query) {
        state.revoke_tokens(query.session);
        return empty_response(204);
    });
}

MockResponse answer_release(AddressedRequest const& request, ControlledMock const& mock) {
    if (request.request.method != "POST") return wrong_method("POST");
    return if_good(read_query(request, {}), [&](ApiQuery const&) {
        mock.release_held();
        return empty_response(204);
    });
}

MockResponse answer_health(AddressedRequest const& request, MockState const& state) {
    if (!is_read(request.request)) return wrong_method("GET");
    return if_good(read_query(request, {}), [&](ApiQuery const&) {
        json::array names;
        for (auto const& name : vendor_names()) names.push_back(json::value(name));
        auto const counts = state.counts();
        return json_response(
            200,
            {{"status", "ok"},
             {"vendors", std::move(names)},
             {"waiting", state.waiting()},
             {"messages", counts.messages},
             {"exchanges", counts.exchanges},
             {"sessions", counts.sessions},
             {"keep", counts.keep}}
        );
    });
}

/// A request to one of the API's paths.
struct Call {
    AddressedRequest const& request;
    ControlledMock const& mock;
    /// What stands in the place of `{id}`.
    std::string_view id;
};

struct Route {
    /// What ends with `{id}` stands for all paths that have something there.
    std::string_view path;
    MockResponse (*answer)(Call const&);

    /// The id, empty for a path without one; nothing if this is not the route of `asked`.
    [[nodiscard]] std::optional<std::string_view> match(std::string_view asked) const {
        constexpr std::string_view id = "{id}";
        bool const has_id = path.ends_with(id);
        auto const fixed = has_id ? path.substr(0, path.size() - id.size()) : path;
        if (!asked.starts_with(fixed)) return std::nullopt;
        auto const rest = asked.substr(fixed.size());
        return rest.empty() == has_id ? std::nullopt : std::optional(rest);
    }
};

/// All paths, those with an id after those that would be one. docs/inbox-api.openapi.json has them,
/// too, and a test compares.
constexpr std::array routes{
    Route{
        "/api/messages",
        [](Call const& call) { return answer_messages(call.request, call.mock.state); }},
    Route{
        "/api/messages/latest",
        [](Call const& call) {
            return answer_latest_message(call.request, call.mock.state, call.mock.most_waiting);
        }},
    Route{
        "/api/messages/{id}",
        [](Call const& call) { return answer_message(call.request, call.id, call.mock.state); }},
    Route{
        "/api/exchanges",
        [](Call const& call) { return answer_exchanges(call.request, call.mock.state); }},
    Route{
        "/api/exchanges/{id}",
        [](Call const& call) { return answer_exchange(call.request, call.id, call.mock.state); }},
    Route{
        "/api/verdicts",
        [](Call const& call) { return answer_verdicts(call.request, call.mock.state); }},
    Route{
        "/api/faults",
        [](Call const& call) { return answer_faults(call.request, call.mock.state); }},
    Route{"/api/faults/known", [](Call const& call) { return answer_known_faults(call.request); }},
    Route{
        "/api/faults/{id}",
        [](Call const& call) { return answer_fault(call.request, call.id, call.mock.state); }},
    Route{
        "/api/clock", [](Call const& call) { return answer_clock(call.request, call.mock.state); }},
    Route{
        "/api/events",
        [](Call const& call) {
            return answer_events(call.request, call.mock.state, call.mock.most_waiting);
        }},
    Route{
        "/api/held/release",
        [](Call const& call) { return answer_release(call.request, call.mock); }},
    Route{
        "/api/tokens",
        [](Call const& call) { return answer_tokens(call.request, call.mock.state); }},
    Route{"/api/health", [](Call const& call) {
              return answer_health(call.request, call.mock.state);
          }}};

}  // namespace

bool is_control_path(std::string_view path) {
    return path == "/api" || path.starts_with("/api/");
}

MockResponse answer_control(AddressedRequest const& request, ControlledMock const& mock) {
    for (Route const& route : routes) {
        auto const id = route.match(request.request.path);
        if (id) return route.answer({request, mock, *id});
    }
    return unknown_path();
}

MockResponse unknown_path() {
    std::string text =
        "no such path: the vendors are below /spherepay, /loyaltydog, /10npay, /eko and /stytch, "
        "the inbox is at /, and its API at ";
    for (Route const& route : routes) text += std::string(route.path) + ", ";
    return problem(404, text + "which /api/openapi.json describes");
}

}  // namespace otp::mocks
