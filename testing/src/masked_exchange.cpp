#include "masked_exchange.hpp"

#include "sensitive_places.hpp"
#include "target_pattern.hpp"

#include <otp/error.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

namespace json = boost::json;

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// A string without its quotes, a number in decimal; nothing for what is no single value.
std::optional<std::string> text_of(json::value const& value) {
    if (auto const* const text = value.if_string()) return std::string(text->data(), text->size());
    if (value.is_number()) return json::serialize(value);
    return std::nullopt;
}

/// What a response has anew each time, or what the transport and the replay do themselves.
bool is_of_transfer(std::string_view name) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"age", "connection", "content-length", "date", "keep-alive", "transfer-encoding"}
    );
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Makes one recording, the request first.
class Masking {
public:
    Masking(SensitivePlaces const& places, KnownValues const& secrets, MadeUpValues& made_up)
        : places_(places), made_up_(made_up) {
        known_.add_all(secrets);
    }

    [[nodiscard]] Result<Recording> take() {
        recording_.name = "recorded";
        recording_.description += "Recorded by otp::testing::RecordingTransport.";
        auto const text = to_text(recording_);
        if (problem_.empty() && known_.are_in(text)) {
            problem_ =
                "a secret, a code, a number or an address would still stand in it: list its place "
                "in VendorDescription::sensitive";
        }
        if (problem_.empty() && !parse_recording(text)) {
            problem_ = "its text would not be read back as a recording";
        }
        if (!problem_.empty()) return Error(ErrorCategory::internal, problem_);
        return std::move(recording_);
    }

    void mask_request(HttpRequest const& request) {
        recording_.request.method = request.method;
        mask_target(request);
        for (auto const& header : request.headers) mask_request_header(header);
        if (!request.content_type.empty()) {
            recording_.request.headers["content-type"] = std::string(request.content_type);
        }
        if (request.body.empty()) return;
        if (request.content_type == form_content_type) {
            mask_form(request.body);
        } else if (auto const body = parse_json_body(request.body)) {
            recording_.request.body.emplace<json::value>(mask_of_request(*body, ""));
        } else {
            recording_.request.body.emplace<std::string>(request.body);
        }
    }

    void mask_response(HttpResponse const& response) {
        recording_.response.status = response.status;
        auto const body = response.body.empty() ? Result<json::value>(json::value())
                                                : parse_json_body(response.body);
        // All of it first: what it repeats may stand in front of the place that is listed.
        if (body && !response.body.empty()) learn(*body, "");
        mask_response_headers(response.headers);
        if (!response.body_problem.empty()) {
            recording_.description += "The body could not be read: " + response.body_problem + ". ";
        }
        if (response.body.empty()) return;
        if (body) {
            recording_.response.body.emplace<json::value>(mask_of_response(*body, ""));
        } else {
            auto text = response.body;
            known_.mask_in(text);
            recording_.response.body.emplace<std::string>(std::move(text));
        }
    }

private:
    void refuse(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }

    /// Keeps what stood at a place of the request.
    void keep(std::string place, std::string_view value) {
        known_.add(value);
        of_request_.emplace_back(std::move(place), value);
    }

    void mask_target(HttpRequest const& request) {
        auto target =
            target_with_placeholders(request.target(), request.route, places_.path_parameters);
        if (!target) return refuse("its path does not fit its route");
        for (auto& [placeholder, text] :
             match_target(*target, request.target()).value_or(TargetParts{})) {
            keep(std::move(placeholder), text);
        }
        recording_.request.target = std::move(*target);
    }

    void mask_request_header(HttpHeader const& header) {
        auto name = lower_case(header.name);
        auto const& listed = places_.request_headers;
        bool const is_secret = name == "authorization" ||
                               std::find(listed.begin(), listed.end(), name) != listed.end();
        if (is_secret) {
            known_.add_secret(header.value);
            auto const blank = header.value.find(' ');
            if (blank != std::string::npos) {
                known_.add_secret(std::string_view(header.value).substr(blank + 1));
            }
        }
        auto value = is_secret && is_plain_header(name) ? std::string(masked_value)
                                                        : mask_header(name, header.value);
        if (!recording_.request.headers.emplace(std::move(name), std::move(value)).second) {
            refuse("a header of the request is repeated");
        }
    }

    void mask_form(std::string const& body) {
        auto fields = parse_form(body);
        if (!fields) return refuse("its form cannot be read");
        for (auto& [name, value] : *fields) {
            auto const place = append_json_pointer("", name);
            if (!sensitive_member(places_.request_members, place)) continue;
            keep(place, value);
            ignore(place);
            value = masked_value;
        }
        recording_.request.body.emplace<FormFields>(std::move(*fields));
    }

    void ignore(std::string const& place) {
        auto& ignored = recording_.ignored;
        if (std::find(ignored.begin(), ignored.end(), place) == ignored.end()) {
            ignored.push_back(place);
        }
    }

    json::value mask_of_request(json::value const& value, std::string const& place) {
        if (value.is_structured()) {
            return each_member(value, place, [this](auto const& member, auto const& there) {
                return mask_of_request(member, there);
            });
        }
        auto const member = sensitive_member(places_.request_members, place);
        if (!member || value.is_null()) return value;
        ignore(*member);
        if (auto const text = text_of(value)) keep(place, *text);
        return masked(value);
    }

    /// Of the same type.
    static json::value masked(json::value const& value) {
        if (value.is_string()) return json::value(masked_value);
        return value.is_number() ? json::value(0) : json::value(false);
    }

    void learn(json::value const& value, std::string const& place) {
        if (value.is_structured()) {
            static_cast<void>(each_member(
                value,
                place,
                [this](auto const& member, auto const& there) {
                    learn(member, there);
                    return json::value();
                }
            ));
        } else if (sensitive_member(places_.response_members, place)) {
            if (auto const text = text_of(value)) known_.add(*text);
        }
    }

    json::value mask_of_response(json::value const& value, std::string const& place) {
        if (value.is_structured()) {
            return each_member(value, place, [this](auto const& member, auto const& there) {
                return mask_of_response(member, there);
            });
        }
        if (sensitive_member(places_.response_members, place)) {
            auto const text = text_of(value);
            // Whoever replays it puts the request's own in its place.
            if (text && is_echo(*text, place)) return masked(value);
            return made_up_.value(value);
        }
        auto const* const string = value.if_string();
        if (string == nullptr) return value;
        std::string text(string->data(), string->size());
        known_.mask_in(text);
        return json::value(text);
    }

    /// What is shorter stands there by chance.
    bool is_echo(std::string const& text, std::string const& place) {
        constexpr std::size_t shortest = 3;
        if (text.size() < shortest) return false;
        for (auto const& [of_request, sent] : of_request_) {
            if (sent != text) continue;
            recording_.echoed.push_back({of_request, place});
            return true;
        }
        return false;
    }

    void mask_response_headers(HttpHeaders const& headers) {
        for (auto const& line : headers) {
            auto name = lower_case(line.first);
            if (is_of_transfer(name)) continue;
            auto value = mask_header(name, headers.joined(name).value_or(""));
            known_.mask_in(value);
            recording_.response.headers.emplace(std::move(name), std::move(value));
        }
    }

    template <class Mask>
    static json::value each_member(json::value const& value, std::string const& place, Mask mask) {
        if (auto const* const object = value.if_object()) {
            json::object masked;
            for (auto const& [name, member] : *object) {
                std::string_view const key(name.data(), name.size());
                masked.emplace(name, mask(member, append_json_pointer(place, key)));
            }
            return masked;
        }
        json::array masked;
        for (std::size_t index = 0; index < value.get_array().size(); ++index) {
            masked.push_back(
                mask(value.get_array()[index], append_json_pointer(place, std::to_string(index)))
            );
        }
        return masked;
    }

    SensitivePlaces const& places_;
    MadeUpValues& made_up_;
    KnownValues known_;
    /// What stood where in the request and was masked.
    std::vector<std::pair<std::string, std::string>> of_request_;
    Recording recording_;
    std::string problem_;
};

}  // namespace

Result<Recording> mask_exchange(
    HttpRequest const& request,
    HttpResponse const& response,
    SensitivePlaces const& places,
    KnownValues const& secrets,
    MadeUpValues& made_up
) {
    Masking masking(places, secrets, made_up);
    masking.mask_request(request);
    masking.mask_response(response);
    return masking.take();
}

}  // namespace otp::testing
