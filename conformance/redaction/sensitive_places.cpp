#include "redaction/sensitive_places.hpp"

#include <otp/adapter/access_token.hpp>
#include <otp/json_body.hpp>
#include <otp/testing/recording.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace otp::conformance {
namespace {

namespace json = boost::json;

using Names = std::vector<std::string>;

bool contains(Names const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether one of the pointers means the place, or all that is below a part of it.
bool is_listed(Names const& pointers, std::string_view place) {
    return std::any_of(pointers.begin(), pointers.end(), [place](std::string_view pointer) {
        constexpr std::string_view all_below = "/**";
        if (!pointer.ends_with(all_below)) return pointer == place;
        pointer.remove_suffix(all_below.size());
        return place.starts_with(pointer) &&
               (place.size() == pointer.size() || place[pointer.size()] == '/');
    });
}

/// What is left of a body without the members that are listed.
json::value without(json::value const& value, Names const& pointers, std::string const& place) {
    if (auto const* const object = value.if_object()) {
        json::object left;
        for (auto const& [name, member] : *object) {
            auto const there = append_json_pointer(place, {name.data(), name.size()});
            if (!is_listed(pointers, there)) left.emplace(name, without(member, pointers, there));
        }
        return left;
    }
    if (auto const* const list = value.if_array()) {
        json::array left;
        for (std::size_t index = 0; index < list->size(); ++index) {
            auto const there = append_json_pointer(place, std::to_string(index));
            if (!is_listed(pointers, there)) {
                left.push_back(without((*list)[index], pointers, there));
            }
        }
        return left;
    }
    return value;
}

std::string body_without(std::string_view body, bool is_form, Names const& pointers) {
    if (is_form) {
        std::string left;
        for (auto const& [name, value] :
             testing::parse_form(body).value_or(testing::FormFields{})) {
            if (!contains(pointers, append_json_pointer("", name))) {
                left += name + '=' + value + '&';
            }
        }
        return left;
    }
    auto const parsed = parse_json_body(body);
    return parsed ? json::serialize(without(*parsed, pointers, "")) : std::string(body);
}

/// The target without the segments that stand for a listed placeholder of the route.
std::string target_without(HttpRequest const& request, Names const& parameters) {
    std::string left;
    std::string_view target = request.target();
    std::string_view route = request.route;
    auto const take = [](std::string_view& path) {
        auto const end = std::min(path.find('/'), path.size());
        auto const segment = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        return segment;
    };
    while (!target.empty()) {
        auto const segment = take(target);
        auto const of_route = take(route);
        bool const is_parameter = of_route.starts_with('{') && of_route.ends_with('}') &&
                                  contains(parameters, of_route.substr(1, of_route.size() - 2));
        if (!is_parameter) left.append("/").append(segment);
    }
    return left;
}

class SensitiveCheck {
public:
    SensitiveCheck(AdapterUnderTest const& subject, Observations& observations)
        : subject_(subject),
          places_(subject.adapter.vendor().sensitive),
          observations_(observations) {}

    void look_at(std::string_view operation, Result<HttpRequest> const& request) {
        if (!request) return;
        expect_harmless(operation, "the path", target_without(*request, places_.path_parameters));
        for (auto const& header : request->headers) {
            if (!contains(places_.request_headers, lower(header.name))) {
                expect_harmless(operation, "the header " + header.name, header.value);
            }
        }
        bool const is_form = request->content_type == form_content_type;
        expect_harmless(
            operation,
            "the body of the request",
            body_without(request->body, is_form, places_.request_members)
        );
    }

    void look_at(std::string_view operation, std::vector<HttpResponse> const& successes) {
        for (auto const& response : successes) {
            expect_harmless(
                operation,
                "the body of the answer",
                body_without(response.body, false, places_.response_members)
            );
        }
    }

private:
    static std::string lower(std::string text) {
        for (char& c : text) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        return text;
    }

    void expect_harmless(
        std::string_view operation, std::string const& place, std::string const& text
    ) {
        for (std::size_t index = 0; index < subject_.canaries.size(); ++index) {
            auto const& canary = subject_.canaries[index];
            bool const shown = text.find(canary) != text.npos ||
                               text.find(encode_path_segment(canary)) != text.npos;
            // Not the text itself: a failure is printed, too.
            if (shown) {
                observations_.push_back(
                    {std::string(operation),
                     "sensitive place",
                     Cause::unlisted_secret,
                     place,
                     place + " has canary " + std::to_string(index) +
                         ", and the description does not list the place"}
                );
            }
        }
    }

    AdapterUnderTest const& subject_;
    SensitivePlaces const& places_;
    Observations& observations_;
};

}  // namespace

void check_sensitive_places(AdapterUnderTest const& subject, Observations& observations) {
    SensitiveCheck check(subject, observations);
    check.look_at("send", subject.adapter.encode_send(subject.send, subject.context));
    check.look_at("verify", subject.adapter.encode_verify(subject.verify, subject.context));
    if (auto const* const grant = subject.adapter.token_grant()) {
        check.look_at("token", grant->encode());
    }
    check.look_at("send", subject.send_answers.successes);
    check.look_at("verify", subject.verify_answers.successes);
    check.look_at("confirmation", subject.confirmation_answers.successes);
}

}  // namespace otp::conformance
