#include "inbox/exchange_record.hpp"

#include "inbox/clean_text.hpp"
#include "inbox/masked_half.hpp"
#include "inbox/masked_text.hpp"

namespace otp::mocks {

MockExchange recorded_request(std::string_view vendor, MockRequest const& request) {
    MockExchange exchange;
    exchange.vendor = vendor;
    exchange.method = clean_text(request.method);
    exchange.path = clean_text(request.path);
    exchange.query = clean_text(masked_form(request.query));
    if (auto const trace = request.header("traceparent")) exchange.traceparent = clean_text(*trace);
    exchange.request = masked_half(request);
    return exchange;
}

void record_answer(MockExchange& exchange, VendorAnswer const& answer) {
    exchange.answer = masked_half(answer.response);
    if (!answer.why) return;
    exchange.why =
        MockExplanation{answer.why->demands, answer.why->broken_by, answer.why->document};
}

Departure departure_of(MockResponse const& response) {
    switch (response.transfer) {
        case MockTransfer::cut_before_response:
            return {"cut_before_response", std::nullopt};
        case MockTransfer::cut_in_response:
            return {"cut_in_response", response.status};
        case MockTransfer::complete:
        case MockTransfer::held:
            break;
    }
    return {"answered", response.status};
}

}  // namespace otp::mocks
