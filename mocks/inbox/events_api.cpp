#include "inbox/events_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"

namespace otp::mocks {

MockResponse answer_events(
    AddressedRequest const& request, MockState& state, std::size_t most_waiting
) {
    if (request.request.method != "GET") return wrong_method("GET");
    return if_good(read_query(request, {"vendor", "to"}), [&](ApiQuery const& query) {
        return if_good(read_filter(query), [&](MessageQuery const& wanted) {
            auto stream = state.open_events({wanted.session, wanted.filter}, most_waiting);
            if (!stream) return too_many_wait();
            auto response = empty_response(200);
            response.content_type = "text/event-stream";
            response.headers.emplace_back("Cache-Control", "no-store");
            response.stream = std::move(stream);
            return response;
        });
    });
}

}  // namespace otp::mocks
