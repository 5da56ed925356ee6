#include "wire/request_body.hpp"

#include "wire/percent_decoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

std::optional<std::string> form_decoded(std::string text) {
    std::ranges::replace(text, '+', ' ');
    return percent_decoded(text);
}

}  // namespace

JsonRequestBody read_json_body(MockRequest const& request) {
    JsonRequestBody result;
    if (request.media_type() != "application/json") {
        result.problem = BodyProblem::media_type;
        return result;
    }
    boost::system::error_code error;
    auto value = json::parse(request.body, error);
    if (error) {
        result.problem = BodyProblem::syntax;
    } else if (!value.is_object()) {
        result.problem = BodyProblem::not_an_object;
    } else {
        result.object = std::move(value.get_object());
    }
    return result;
}

json::object json_object_in(MockRequest const& request) {
    boost::system::error_code error;
    auto value = json::parse(request.body, error);
    if (error || !value.is_object()) return {};
    return std::move(value.get_object());
}

std::optional<std::map<std::string, std::string>> read_form_body(MockRequest const& request) {
    if (request.media_type() != "application/x-www-form-urlencoded") return std::nullopt;
    std::map<std::string, std::string> fields;
    std::string_view rest = request.body;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('&'), rest.size());
        auto const field = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto const equals = field.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto name = form_decoded(std::string(field.substr(0, equals)));
        auto value = form_decoded(std::string(field.substr(equals + 1)));
        if (!name || !value) return std::nullopt;
        if (!fields.emplace(std::move(*name), std::move(*value)).second) return std::nullopt;
    }
    return fields;
}

}  // namespace otp::mocks
