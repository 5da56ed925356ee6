#include "inbox/clock_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"
#include "inbox/duration_text.hpp"
#include "wire/json_fields.hpp"
#include "wire/wire_time.hpp"

#include <otp/iso8601.hpp>

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr char what_to_put[] = R"(put {"advance": "10m"} or {"set": "2026-03-09T20:46:31Z"})";

MockResponse described(ClockReading const& clock) {
    return json_response(
        200, {{"now", iso8601(clock.now)}, {"moved_ms", std::int64_t{clock.moved.count()}}}
    );
}

/// False if the body says something else than one of the two.
bool obey(MockRequest const& request, MockState& state, std::string_view session) {
    // Whatever media type it has: curl's -d names another one.
    boost::system::error_code error;
    auto const body = json::parse(request.body, error);
    auto const* const object = body.if_object();
    if (error || object == nullptr || object->size() != 1) return false;
    if (auto const text = text_of(*object, "set")) {
        auto const time = parse_iso8601(*text);
        if (time) state.set_clock(*time, session);
        return time.has_value();
    }
    auto const by = parse_duration(text_of(*object, "advance").value_or(""));
    if (by) state.advance_clock(*by, session);
    return by.has_value();
}

MockResponse answer(MockRequest const& request, MockState& state, std::string_view session) {
    if (request.method == "PUT") {
        try {
            if (!obey(request, state, session)) return problem(400, what_to_put);
        } catch (std::invalid_argument const& out_of_range) {
            return problem(400, out_of_range.what());
        }
    } else if (request.method == "DELETE") {
        state.reset_clock(session);
    } else if (!is_read(request)) {
        return wrong_method("GET, PUT, DELETE");
    }
    return described(state.read_clock(session));
}

}  // namespace

MockResponse answer_clock(AddressedRequest const& request, MockState& state) {
    return if_good(read_query(request, {}), [&](ApiQuery const& query) {
        return answer(request.request, state, query.session.value_or(""));
    });
}

}  // namespace otp::mocks
