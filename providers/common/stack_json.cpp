#include "common/stack_json.hpp"

#include "common/body_format.hpp"

#include <otp/adapter/json_body.hpp>

#include <boost/json/serializer.hpp>

#include <utility>

namespace otp::common {
namespace {

/// A page under a success is more often a gateway's than a mistake of the vendor's, so its format
/// says more than the place of the first wrong byte.
Error no_json(std::string_view body, Error error) {
    auto const format = format_of_no_json(body);
    if (!format.empty()) error.message = message_of_no_json(format);
    return error;
}

}  // namespace

Result<boost::json::object> parse_json_object(std::string_view body, StackJson& memory) {
    auto parsed = parse_json_body(body, memory.storage());
    if (!parsed) return no_json(body, std::move(parsed).error());
    if (!parsed->is_object()) {
        return Error(
            ErrorCategory::bad_response, "the body is JSON, but not an object", Delivery::unknown
        );
    }
    return std::move(parsed->get_object());
}

std::string to_body(boost::json::object const& object) {
    boost::json::serializer serializer;
    serializer.reset(&object);
    std::string text;
    char chunk[1024];
    while (!serializer.done()) {
        auto const part = serializer.read(chunk);
        text.append(part.data(), part.size());
    }
    wipe_memory(chunk, sizeof(chunk));
    return text;
}

}  // namespace otp::common
