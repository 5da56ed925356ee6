#include "inbox/exchanges_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"
#include "inbox/json_of.hpp"
#include "inbox/numbered_id.hpp"

#include <boost/json/array.hpp>

#include <optional>

namespace otp::mocks {

namespace json = boost::json;

MockResponse answer_exchanges(AddressedRequest const& request, MockState const& state) {
    if (!is_read(request.request)) return wrong_method("GET");
    return if_good(read_list(request, "message"), [&](ListRequest const& wanted) {
        auto const page = state.exchanges(wanted.query, wanted.window);
        json::array exchanges;
        for (MockExchange const& exchange : page.exchanges) exchanges.push_back(json_of(exchange));
        return list_response(exchanges, page.total);
    });
}

MockResponse answer_exchange(
    AddressedRequest const& request, std::string_view id, MockState const& state
) {
    if (!is_read(request.request)) return wrong_method("GET");
    return if_good(read_query(request, {}), [&](ApiQuery const&) {
        auto const number = number_of("exchange", id);
        auto const exchange = number ? state.exchange(*number) : std::nullopt;
        if (!exchange) return problem(404, "no such exchange: it never was, or is forgotten");
        return json_response(200, full_json_of(*exchange));
    });
}

MockResponse answer_verdicts(AddressedRequest const& request, MockState& state) {
    if (request.request.method != "POST") return wrong_method("POST");
    return if_good(read_query(request, {}), [&](ApiQuery const& query) {
        auto const verdicts = state.take_verdicts(request.request.body, query.session);
        return json_response(200, {{"taken", verdicts.taken}, {"matched", verdicts.matched}});
    });
}

}  // namespace otp::mocks
