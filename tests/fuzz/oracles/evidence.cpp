#include "fuzz/oracles/evidence.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

constexpr std::array<std::string_view, 12> error_names{
    "error",
    "errors",
    "detail",
    "error_code",
    "error_type",
    "error_message",
    "errorcode",
    "errormessage",
    "fault",
    "exception",
    "invalid_params",
    "invalid_parameters"};

constexpr std::array<std::string_view, 9> verdict_names{
    "success",
    "verified",
    "valid",
    "approved",
    "ok",
    "isverified",
    "isvalid",
    "isphonenumberverified",
    "confirmed"};

constexpr std::array<std::string_view, 7> failure_names{
    "invalidcode",
    "isinvalidcode",
    "wrongcode",
    "iswrongcode",
    "expiredcode",
    "isexpired",
    "codeexpired"};

constexpr std::array<std::string_view, 5> status_names{
    "status", "status_code", "statuscode", "responsestatus", "responsestatuscode"};

template <class List>
bool holds(List const& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_positive_verdict(JsonTree const& value, Contradictions const& rules) {
    if (value.is(Kind::null)) return !rules.null_is_a_verdict;
    if (value.is(Kind::boolean)) return value.text == "true";
    if (value.is(Kind::number)) return std::strtod(value.text.c_str(), nullptr) == 1;
    return false;
}

bool is_error_status(JsonTree const& value) {
    auto const number = number_of(value);
    return number && *number >= 400 && *number <= 599;
}

std::optional<std::string> contradiction_of(JsonTree const& value, Contradictions const& rules);

std::optional<std::string> contradiction_in(JsonTree const& parent, Contradictions const& rules) {
    for (auto const& item : parent.items) {
        if (auto found = contradiction_of(item, rules)) return found;
    }
    return {};
}

std::optional<std::string> contradiction_of(JsonTree const& value, Contradictions const& rules) {
    auto const name = lower_case(value.name);
    if ((holds(error_names, name) || holds(rules.error_names, name)) && !says_nothing(value)) {
        return "it has an error member \"" + name + '"';
    }
    if (holds(failure_names, name) && value.is(Kind::boolean) && value.text == "true") {
        return "it says \"" + name + '"';
    }
    if (holds(verdict_names, name) && !is_positive_verdict(value, rules)) {
        return "its verdict \"" + name + "\" is not true";
    }
    if (holds(status_names, name) && is_error_status(value)) {
        return "its \"" + name + "\" is that of an error";
    }
    return contradiction_in(value, rules);
}

}  // namespace

std::optional<JsonTree> object_body(HttpResponse const& response) {
    auto reading = read_json(response.body);
    if (!reading || reading->repeated_names || !reading->tree.is(Kind::object)) return {};
    return std::move(reading->tree);
}

bool is_plain_json(HttpResponse const& response) {
    auto const length = response.headers.find("content-length");
    if (length && *length != std::to_string(response.body.size())) return false;
    return response.headers.size() == (length ? 2U : 1U) &&
           response.headers.find("content-type") == "application/json";
}

std::optional<std::string> contradiction(JsonTree const& object, Contradictions const& rules) {
    for (auto const& member : object.items) {
        if (holds(rules.unread, member.name)) continue;
        if (auto found = contradiction_of(member, rules)) return found;
    }
    return {};
}

std::optional<std::string> undocumented_no(
    JsonTree const& object, std::initializer_list<std::string_view> documented
) {
    static constexpr std::array<std::string_view, 5> words{
        "deny", "denied", "failed", "rejected", "pending"};
    for (auto const& member : object.items) {
        if (std::find(documented.begin(), documented.end(), member.name) != documented.end()) {
            continue;
        }
        bool const is_false = member.is(Kind::boolean) && member.text == "false";
        bool const is_word = member.is(Kind::string) && holds(words, lower_case(member.text));
        if (is_false || is_word) return "it says no under \"" + member.name + '"';
        if (auto found = undocumented_no(member, {})) return found;
    }
    return {};
}

bool names_an_error(JsonTree const& value) {
    return std::any_of(value.items.begin(), value.items.end(), [](JsonTree const& item) {
        return lower_case(item.name).find("error") != std::string::npos || names_an_error(item);
    });
}

bool says_nothing(JsonTree const& value) {
    switch (value.kind) {
        case Kind::null:
            return true;
        case Kind::boolean:
            return value.text == "false";
        case Kind::number:
            return std::strtod(value.text.c_str(), nullptr) == 0;
        case Kind::string:
            return value.text.empty();
        case Kind::array:
        case Kind::object:
            return value.items.empty();
    }
    return false;
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (char const c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

std::optional<double> number_of(JsonTree const& value) {
    if (!value.is(Kind::number) && !value.is(Kind::string)) return {};
    auto const& text = value.text;
    bool const is_sign = text.starts_with('-') || text.starts_with('+');
    if (value.is(Kind::string) &&
        (text.size() <= (is_sign ? 1U : 0U) ||
         text.find_first_not_of("0123456789", is_sign ? 1 : 0) != text.npos)) {
        return {};
    }
    return std::strtod(text.c_str(), nullptr);
}

bool is_plain_id(std::string_view text) {
    return !text.empty() && text.size() <= 128 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_plain_date(std::string_view text) {
    constexpr std::string_view shape = "2026-03-09T20:46:31.305Z";
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        bool const wants_digit = shape[i] >= '0' && shape[i] <= '9';
        bool const is_digit = text[i] >= '0' && text[i] <= '9';
        if (wants_digit ? !is_digit : text[i] != shape[i]) return false;
    }
    auto const number = [&](std::size_t begin, std::size_t size) {
        return std::atoi(std::string(text.substr(begin, size)).c_str());
    };
    auto const within = [](int value, int least, int most) {
        return value >= least && value <= most;
    };
    return within(number(0, 4), 2000, 2100) && within(number(5, 2), 1, 12) &&
           within(number(8, 2), 1, 28) && within(number(11, 2), 0, 23) &&
           within(number(14, 2), 0, 59) && within(number(17, 2), 0, 59);
}

bool has_only(JsonTree const& object, std::initializer_list<std::string_view> names) {
    return std::all_of(object.items.begin(), object.items.end(), [&](JsonTree const& member) {
        return std::find(names.begin(), names.end(), member.name) != names.end();
    });
}

bool is_text_or_null(JsonTree const& object, std::string_view name) {
    auto const* const member = object.find(name);
    return !member || member->is(Kind::null) || member->is(Kind::string);
}

}  // namespace otp::fuzz
