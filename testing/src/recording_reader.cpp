#include "target_pattern.hpp"

#include <otp/error.hpp>
#include <otp/json_body.hpp>
#include <otp/testing/recording.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

namespace json = boost::json;

/// Reads a recording member by member and collects every mistake with its JSON pointer.
class Reader {
public:
    Recording read(json::value const& document) {
        Recording recording;
        auto const* const root = object(document, "");
        if (!root) return recording;
        only(
            *root,
            "",
            {"name", "description", "source", "request", "response", "match", "input", "expect"}
        );
        recording.name = required_text(*root, "", "name");
        check_name(recording.name);
        recording.description = optional_text(*root, "", "description");
        recording.source = optional_text(*root, "", "source");
        if (!recording.source.empty() && !is_url(recording.source)) {
            refuse("/source", "must be an http or https URL");
        }
        if (auto const* const request = required_object(*root, "", "request")) {
            recording.request = read_request(*request);
        }
        if (auto const* const response = required_object(*root, "", "response")) {
            recording.response = read_response(*response);
        }
        if (auto const* const match = root->if_contains("match")) read_match(*match, recording);
        recording.input = optional_object(*root, "input");
        recording.expect = optional_object(*root, "expect");
        return recording;
    }

    std::vector<FieldViolation> violations;

private:
    void refuse(std::string pointer, std::string message) {
        violations.push_back(FieldViolation{std::move(pointer), std::move(message)});
    }

    void only(
        json::object const& from,
        std::string_view pointer,
        std::initializer_list<std::string_view> known
    ) {
        for (auto const& member : from) {
            if (std::find(known.begin(), known.end(), member.key()) == known.end()) {
                refuse(
                    append_json_pointer(pointer, member.key()), "is not a member of a recording"
                );
            }
        }
    }

    json::object const* object(json::value const& value, std::string pointer) {
        if (!value.is_object()) refuse(std::move(pointer), "must be an object");
        return value.if_object();
    }

    json::object const* required_object(
        json::object const& from, std::string_view pointer, std::string_view name
    ) {
        auto place = append_json_pointer(pointer, name);
        if (auto const* const member = from.if_contains(name)) return object(*member, place);
        refuse(std::move(place), "is missing");
        return nullptr;
    }

    json::object optional_object(json::object const& from, std::string_view name) {
        auto const* const member = from.if_contains(name);
        if (!member) return {};
        auto const* const found = object(*member, append_json_pointer("", name));
        return found ? *found : json::object{};
    }

    std::string optional_text(
        json::object const& from, std::string_view pointer, std::string_view name
    ) {
        auto const* const member = from.if_contains(name);
        if (!member) return {};
        if (!member->is_string()) {
            refuse(append_json_pointer(pointer, name), "must be a string");
            return {};
        }
        return std::string(member->get_string());
    }

    std::string required_text(
        json::object const& from, std::string_view pointer, std::string_view name
    ) {
        if (!from.contains(name)) {
            refuse(append_json_pointer(pointer, name), "is missing");
            return {};
        }
        auto text = optional_text(from, pointer, name);
        auto const* const member = from.if_contains(name);
        if (member->is_string() && text.empty()) {
            refuse(append_json_pointer(pointer, name), "must not be empty");
        }
        return text;
    }

    void check_name(std::string_view name) {
        auto const plain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '_' || c == '-';
        };
        if (!std::all_of(name.begin(), name.end(), plain)) {
            refuse("/name", "may hold only letters, digits, '_' and '-'");
        }
    }

    static bool is_url(std::string_view text) {
        return text.substr(0, 8) == "https://" || text.substr(0, 7) == "http://";
    }

    RecordedRequest read_request(json::object const& from) {
        RecordedRequest request;
        only(from, "/request", {"method", "target", "headers", "body"});
        auto const method = required_text(from, "/request", "method");
        auto known = false;
        for (auto const candidate : {HttpMethod::get, HttpMethod::post, HttpMethod::put}) {
            if (method == to_string(candidate)) {
                request.method = candidate;
                known = true;
            }
        }
        if (!method.empty() && !known) refuse("/request/method", "must be GET, POST or PUT");
        request.target = required_text(from, "/request", "target");
        check_target(request.target);
        request.headers = read_headers(from, "/request");
        request.body = read_body(from, "/request");
        return request;
    }

    RecordedResponse read_response(json::object const& from) {
        RecordedResponse response;
        only(from, "/response", {"status", "headers", "body"});
        auto const* const status = from.if_contains("status");
        if (!status) {
            refuse("/response/status", "is missing");
        } else if (!status->is_int64() || status->get_int64() < 100 || status->get_int64() > 599) {
            refuse("/response/status", "must be an integer from 100 to 599");
        } else {
            response.status = static_cast<int>(status->get_int64());
        }
        response.headers = read_headers(from, "/response");
        response.body = read_body(from, "/response");
        return response;
    }

    RecordedHeaders read_headers(json::object const& from, std::string_view pointer) {
        RecordedHeaders headers;
        auto const* const lines = required_object(from, pointer, "headers");
        if (!lines) return headers;
        auto const here = append_json_pointer(pointer, "headers");
        for (auto const& line : *lines) {
            std::string const name(line.key());
            auto const place = append_json_pointer(here, name);
            if (name.empty() || !std::all_of(name.begin(), name.end(), is_lower_token)) {
                refuse(place, "must be a header name in lower case");
            } else if (!line.value().is_string()) {
                refuse(place, "must be a string");
            } else {
                std::string value(line.value().get_string());
                if (!is_plain_header(name) && !is_mask(value)) {
                    refuse(place, "may be a credential: its value must be ***");
                } else if (std::any_of(value.begin(), value.end(), is_control)) {
                    refuse(place, "must not hold control characters");
                }
                headers.emplace(name, std::move(value));
            }
        }
        return headers;
    }

    static bool is_lower_token(char c) noexcept {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    }

    static bool is_control(char c) noexcept {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    }

    static bool is_mask(std::string_view value) noexcept {
        static constexpr std::array<std::string_view, 3> masks{"***", "Basic ***", "Bearer ***"};
        return std::find(masks.begin(), masks.end(), value) != masks.end();
    }

    RecordedBody read_body(json::object const& from, std::string_view pointer) {
        RecordedBody body;
        auto const* const member = from.if_contains("body");
        if (!member) return body;
        auto const here = append_json_pointer(pointer, "body");
        auto const* const kinds = object(*member, here);
        if (!kinds) return body;
        only(*kinds, here, {"json", "form", "text"});
        if (kinds->size() != 1) {
            refuse(here, "must have exactly one of json, form and text");
            return body;
        }
        if (auto const* const value = kinds->if_contains("json")) {
            body.emplace<json::value>(*value);
        } else if (auto const* const form = kinds->if_contains("form")) {
            body.emplace<FormFields>(read_form(*form, append_json_pointer(here, "form")));
        } else if (kinds->contains("text")) {
            body.emplace<std::string>(optional_text(*kinds, here, "text"));
        }
        return body;
    }

    FormFields read_form(json::value const& form, std::string const& pointer) {
        FormFields fields;
        auto const* const members = object(form, pointer);
        if (!members) return fields;
        for (auto const& member : *members) {
            fields.emplace_back(
                std::string(member.key()), optional_text(*members, pointer, member.key())
            );
        }
        return fields;
    }

    void read_match(json::value const& match, Recording& recording) {
        auto const* const members = object(match, "/match");
        if (!members) return;
        only(*members, "/match", {"ignore", "echo"});
        if (auto const* const ignored = list_of(*members, "ignore")) {
            read_ignored(*ignored, recording);
        }
        if (auto const* const echoed = list_of(*members, "echo")) read_echoed(*echoed, recording);
        if (members->empty()) refuse("/match", "must have ignore or echo");
    }

    /// Null if there is none, or no array.
    json::array const* list_of(json::object const& match, std::string_view name) {
        auto const* const list = match.if_contains(name);
        if (list && !list->is_array()) {
            refuse(append_json_pointer("/match", name), "must be an array");
        }
        return list ? list->if_array() : nullptr;
    }

    void read_ignored(json::array const& list, Recording& recording) {
        for (std::size_t index = 0; index < list.size(); ++index) {
            auto const& item = list[index];
            auto const place = append_json_pointer("/match/ignore", std::to_string(index));
            if (!item.is_string()) {
                refuse(place, "must be a string");
            } else if (!leads_into(recording.request.body, std::string(item.get_string()))) {
                refuse(place, "must be a JSON pointer to a member of the request's body");
            } else {
                recording.ignored.emplace_back(item.get_string());
            }
        }
    }

    void read_echoed(json::array const& list, Recording& recording) {
        for (std::size_t index = 0; index < list.size(); ++index) {
            auto const place = append_json_pointer("/match/echo", std::to_string(index));
            auto const* const item = object(list[index], place);
            if (!item) continue;
            only(*item, place, {"request", "response"});
            EchoedMember echo{
                required_text(*item, place, "request"), required_text(*item, place, "response")};
            if (!is_in_request(recording.request, echo.request)) {
                refuse(
                    place + "/request",
                    "must be a JSON pointer to a member of the request's body, or a placeholder of "
                    "its target"
                );
            }
            bool const leads_to_json =
                std::holds_alternative<json::value>(recording.response.body) &&
                leads_into(recording.response.body, echo.response);
            if (!leads_to_json) {
                refuse(
                    place + "/response",
                    "must be a JSON pointer to a member of the response's JSON body"
                );
            }
            recording.echoed.push_back(std::move(echo));
        }
    }

    static bool is_in_request(RecordedRequest const& request, std::string const& place) {
        if (!place.starts_with('{')) return leads_into(request.body, place);
        auto const names = placeholders_of(request.target);
        return std::find(names.begin(), names.end(), place) != names.end();
    }

    void check_target(std::string_view target) {
        if (target.empty()) return;
        if (target.front() != '/') refuse("/request/target", "must begin with '/'");
        auto names = placeholders_of(target);
        std::string without(target);
        for (auto const& name : names) without.erase(without.find(name), name.size());
        if (without.find_first_of("{}") != std::string::npos) {
            refuse(
                "/request/target", "has a brace that is not that of a whole segment, as in /{id}/"
            );
        }
        std::sort(names.begin(), names.end());
        if (std::adjacent_find(names.begin(), names.end()) != names.end()) {
            refuse("/request/target", "has two placeholders of one name");
        }
    }

    static bool leads_into(RecordedBody const& body, std::string const& pointer) {
        if (auto const* const value = std::get_if<json::value>(&body)) {
            boost::system::error_code failure;
            return !pointer.empty() && value->find_pointer(pointer, failure) != nullptr;
        }
        if (auto const* const form = std::get_if<FormFields>(&body)) {
            return std::any_of(form->begin(), form->end(), [&](auto const& field) {
                return append_json_pointer("", field.first) == pointer;
            });
        }
        return false;
    }
};

}  // namespace

Result<Recording> parse_recording(std::string_view text) {
    auto const document = parse_json_body(text);
    if (!document) {
        Error error(ErrorCategory::config_invalid, "the recording is not JSON");
        error.violations.push_back(FieldViolation{"", document.error().message});
        return error;
    }
    Reader reader;
    auto recording = reader.read(*document);
    if (!reader.violations.empty()) {
        Error error(ErrorCategory::config_invalid, "the recording cannot be used");
        error.violations = std::move(reader.violations);
        return error;
    }
    return recording;
}

}  // namespace otp::testing
