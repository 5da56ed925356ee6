#include "filled_request.hpp"

#include "sensitive_places.hpp"
#include "target_pattern.hpp"

#include <otp/error.hpp>
#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace otp::testing {
namespace {

namespace json = boost::json;

class Filling {
public:
    Filling(Recording const& recording, HttpRequest const& example, SensitivePlaces const& places)
        : recording_(recording), example_(example), places_(places), filled_(example) {}

    [[nodiscard]] Result<HttpRequest> fill() {
        if (!is_of_same_kind()) return problem("it is no request that the adapter makes");
        fill_headers();
        fill_body();
        if (!missing_.empty()) return problem(missing_ + " cannot be filled in");
        return std::move(filled_);
    }

private:
    static Error problem(std::string what) {
        return Error(ErrorCategory::unsupported, std::move(what));
    }

    void miss(std::string what) {
        if (missing_.empty()) missing_ = std::move(what);
    }

    [[nodiscard]] bool is_of_same_kind() const {
        auto const& recorded = recording_.request;
        auto const pattern =
            target_with_placeholders(example_.target(), example_.route, places_.path_parameters);
        auto const type = recorded.headers.find("content-type");
        bool const same_type = type == recorded.headers.end()
                                   ? example_.content_type.empty()
                                   : type->second == example_.content_type;
        // A token endpoint may have been configured to be somewhere else.
        bool const same_target = recorded.target == example_.route ||
                                 (pattern && match_target(*pattern, recorded.target));
        return recorded.method == example_.method && same_target && same_type;
    }

    static std::string lower_case(std::string text) {
        for (auto& c : text) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        return text;
    }

    /// Masked ones as the adapter makes them now, the others as they were.
    void fill_headers() {
        filled_.headers.clear();
        for (auto const& [name, value] : recording_.request.headers) {
            if (name == "content-type") continue;
            auto const found = std::find_if(
                example_.headers.begin(),
                example_.headers.end(),
                [&wanted = name](HttpHeader const& header) {
                    return lower_case(header.name) == wanted;
                }
            );
            bool const is_masked = value.ends_with(masked_value);
            if (!is_masked) {
                filled_.headers.push_back({name, value});
            } else if (found != example_.headers.end()) {
                filled_.headers.push_back(*found);
            } else if (name != "authorization") {
                // The access token is added later.
                miss("header " + name);
            }
        }
    }

    [[nodiscard]] bool is_to_be_filled(std::string const& pointer) const {
        auto const& ignored = recording_.ignored;
        return std::find(ignored.begin(), ignored.end(), pointer) != ignored.end() ||
               sensitive_member(places_.request_members, pointer);
    }

    void fill_body() {
        auto const& recorded = recording_.request.body;
        if (auto const* const value = std::get_if<json::value>(&recorded)) {
            auto const example = parse_json_body(example_.body);
            filled_.body = json::serialize(fill(*value, example ? *example : json::value(), ""));
        } else if (auto const* const form = std::get_if<FormFields>(&recorded)) {
            auto const example = parse_form(example_.body).value_or(FormFields{});
            auto fields = *form;
            for (auto& [name, text] : fields) fill_field(name, text, example);
            filled_.body = to_bytes(fields);
        } else {
            filled_.body = to_bytes(recorded);
        }
    }

    void fill_field(std::string const& name, std::string& value, FormFields const& example) {
        if (!is_to_be_filled(append_json_pointer("", name))) return;
        auto const found = std::find_if(example.begin(), example.end(), [&name](auto const& field) {
            return field.first == name;
        });
        if (found == example.end()) return miss("body /" + name);
        value = found->second;
    }

    json::value fill(
        json::value const& recorded, json::value const& example, std::string const& pointer
    ) {
        if (is_to_be_filled(pointer)) {
            boost::system::error_code failure;
            auto const* const value = example.find_pointer(pointer, failure);
            if (value != nullptr) return *value;
            miss("body " + pointer);
            return recorded;
        }
        if (auto const* const object = recorded.if_object()) {
            json::object filled;
            for (auto const& [name, member] : *object) {
                auto const there = append_json_pointer(pointer, {name.data(), name.size()});
                filled.emplace(name, fill(member, example, there));
            }
            return filled;
        }
        if (auto const* const list = recorded.if_array()) {
            json::array filled;
            for (std::size_t index = 0; index < list->size(); ++index) {
                auto const there = append_json_pointer(pointer, std::to_string(index));
                filled.push_back(fill((*list)[index], example, there));
            }
            return filled;
        }
        return recorded;
    }

    Recording const& recording_;
    HttpRequest const& example_;
    SensitivePlaces const& places_;
    HttpRequest filled_;
    std::string missing_;
};

}  // namespace

Result<HttpRequest> fill_request(
    Recording const& recording, HttpRequest const& example, SensitivePlaces const& places
) {
    return Filling(recording, example, places).fill();
}

}  // namespace otp::testing
