#include <otp/adapter/http_message.hpp>
#include <otp/testing/recording.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace otp::testing {
namespace {

namespace json = boost::json;

bool is_flat(json::array const& array) {
    return std::none_of(array.begin(), array.end(), [](json::value const& item) {
        return item.is_structured();
    });
}

void write(std::string& out, json::value const& value, std::size_t indent) {
    auto const line = [&out](std::size_t depth) { out += '\n' + std::string(depth, ' '); };
    if (auto const* const object = value.if_object(); object && !object->empty()) {
        out += '{';
        auto first = true;
        for (auto const& member : *object) {
            if (!std::exchange(first, false)) out += ',';
            line(indent + 2);
            out += json::serialize(json::value(member.key())) + ": ";
            write(out, member.value(), indent + 2);
        }
        line(indent);
        out += '}';
    } else if (auto const* const array = value.if_array(); array && !is_flat(*array)) {
        out += '[';
        auto first = true;
        for (auto const& item : *array) {
            if (!std::exchange(first, false)) out += ',';
            line(indent + 2);
            write(out, item, indent + 2);
        }
        line(indent);
        out += ']';
    } else {
        out += json::serialize(value);
    }
}

json::object headers_to_json(RecordedHeaders const& headers) {
    json::object object;
    for (auto const& [name, value] : headers) object.emplace(name, value);
    return object;
}

void add_body(json::object& to, RecordedBody const& body) {
    json::object object;
    if (auto const* const value = std::get_if<json::value>(&body)) {
        object.emplace("json", *value);
    } else if (auto const* const form = std::get_if<FormFields>(&body)) {
        auto& fields = object.emplace("form", json::object{}).first->value().get_object();
        for (auto const& [name, text] : *form) fields.emplace(name, text);
    } else if (auto const* const plain = std::get_if<std::string>(&body)) {
        object.emplace("text", *plain);
    } else {
        return;
    }
    to.emplace("body", std::move(object));
}

json::object match_to_json(Recording const& recording) {
    json::object match;
    json::array ignored;
    for (auto const& pointer : recording.ignored) ignored.emplace_back(pointer);
    if (!ignored.empty()) match.emplace("ignore", std::move(ignored));
    json::array echoed;
    for (auto const& [request, response] : recording.echoed) {
        echoed.push_back(json::object{{"request", request}, {"response", response}});
    }
    if (!echoed.empty()) match.emplace("echo", std::move(echoed));
    return match;
}

}  // namespace

std::string to_text(Recording const& recording) {
    json::object root;
    root.emplace("name", recording.name);
    if (!recording.description.empty()) root.emplace("description", recording.description);
    if (!recording.source.empty()) root.emplace("source", recording.source);

    json::object request;
    request.emplace("method", json::string(to_string(recording.request.method)));
    request.emplace("target", recording.request.target);
    request.emplace("headers", headers_to_json(recording.request.headers));
    add_body(request, recording.request.body);
    root.emplace("request", std::move(request));

    json::object response;
    response.emplace("status", recording.response.status);
    response.emplace("headers", headers_to_json(recording.response.headers));
    add_body(response, recording.response.body);
    root.emplace("response", std::move(response));

    if (auto match = match_to_json(recording); !match.empty()) {
        root.emplace("match", std::move(match));
    }
    if (!recording.input.empty()) root.emplace("input", recording.input);
    if (!recording.expect.empty()) root.emplace("expect", recording.expect);

    std::string text;
    write(text, root, 0);
    text += '\n';
    return text;
}

}  // namespace otp::testing
