#include "inbox/messages_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"
#include "inbox/duration_text.hpp"
#include "inbox/json_of.hpp"
#include "inbox/numbered_id.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds longest_wait = std::chrono::seconds(60);

/// How long a request may wait; nothing for what is no such duration.
std::optional<milliseconds> read_wait(std::string_view text) {
    if (text.empty()) return milliseconds(0);
    auto const wait = parse_duration(text);
    bool const fits = wait && *wait >= milliseconds(0) && *wait <= longest_wait;
    return fits ? wait : std::nullopt;
}

MockResponse describe(AwaitedMessage const& awaited) {
    switch (awaited.end) {
        case AwaitedMessage::End::arrived:
            return json_response(200, json_of(*awaited.message));
        case AwaitedMessage::End::none_came:
            return problem(404, "no such message was sent");
        case AwaitedMessage::End::too_many_wait:
            return too_many_wait();
        case AwaitedMessage::End::stopped:
            break;
    }
    return problem(503, "the mock vendors stop");
}

MockResponse list(ListRequest const& request, MockState const& state) {
    auto const page = state.page(request.query, request.window);
    json::array messages;
    for (MockMessage const& message : page.messages) messages.push_back(json_of(message));
    return list_response(messages, page.total);
}

}  // namespace

MockResponse answer_messages(AddressedRequest const& request, MockState& state) {
    if (request.request.method == "DELETE") {
        // A filter here would be overlooked, and everything be gone.
        return if_good(read_query(request, {}), [&](ApiQuery const& query) {
            state.forget(query.session);
            return empty_response(204);
        });
    }
    if (!is_read(request.request)) return wrong_method("GET, DELETE");
    return if_good(read_list(request, "state"), [&](ListRequest const& wanted) {
        return list(wanted, state);
    });
}

MockResponse answer_latest_message(
    AddressedRequest const& request, MockState const& state, std::size_t most_waiting
) {
    if (!is_read(request.request)) return wrong_method("GET");
    return if_good(read_query(request, {"vendor", "to", "wait"}), [&](ApiQuery const& query) {
        auto const wait = read_wait(query.at("wait"));
        if (!wait) return problem(400, "wait is a time such as 500ms or 10s, at most 60s");
        return if_good(read_filter(query), [&](MessageQuery const& wanted) {
            return describe(state.await_message(wanted, *wait, most_waiting));
        });
    });
}

MockResponse answer_message(
    AddressedRequest const& request, std::string_view id, MockState const& state
) {
    if (!is_read(request.request)) return wrong_method("GET");
    return if_good(read_query(request, {}), [&](ApiQuery const&) {
        auto const number = number_of("message", id);
        auto const message = number ? state.message(*number) : std::nullopt;
        if (!message) return problem(404, "no such message: it was never sent, or is forgotten");
        MessageQuery its_own;
        its_own.message = message->id;
        json::array exchanges;
        auto const page = state.exchanges(its_own, ListWindow());
        for (auto at = page.exchanges.rbegin(); at != page.exchanges.rend(); ++at) {
            exchanges.push_back(json_of(*at));
        }
        auto whole = json_of(*message);
        whole["exchanges"] = std::move(exchanges);
        return json_response(200, whole);
    });
}

}  // namespace otp::mocks
