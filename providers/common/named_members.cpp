#include "common/named_members.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <string>

namespace otp::common {
namespace {

namespace json = boost::json;

using Holds = std::function<bool(json::value const&)>;

bool below(
    json::value const& value, std::initializer_list<std::string_view> names, Holds const& holds
) {
    if (auto const* const object = value.if_object()) return all_named(*object, names, holds);
    auto const* const list = value.if_array();
    return list == nullptr || std::all_of(list->begin(), list->end(), [&](auto const& element) {
               return below(element, names, holds);
           });
}

std::string plain(std::string_view name) {
    std::string result;
    for (char const c : name) {
        if (c != '_' && c != '-') {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return result;
}

using TextPredicate = std::function<bool(std::string_view)>;

bool all_values_below(
    json::value const& value, bool meant, TextPredicate const& is_meant, TextPredicate const& holds
) {
    if (auto const* const object = value.if_object()) {
        return all_values_named(*object, is_meant, holds);
    }
    if (auto const* const list = value.if_array()) {
        return std::all_of(list->begin(), list->end(), [&](auto const& element) {
            return all_values_below(element, meant, is_meant, holds);
        });
    }
    if (!meant) return true;
    if (auto const* const number = value.if_int64()) return holds(std::to_string(*number));
    return !value.is_string() || holds(std::string_view(value.get_string()));
}

}  // namespace

bool is_spelling_of(std::string_view name, std::string_view plain_name) noexcept {
    for (char const c : name) {
        if (c == '_' || c == '-') continue;
        char const small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (plain_name.empty() || plain_name.front() != small) return false;
        plain_name.remove_prefix(1);
    }
    return plain_name.empty();
}

bool all_named(
    json::object const& body,
    std::initializer_list<std::string_view> plain_names,
    Holds const& holds
) {
    return std::all_of(body.begin(), body.end(), [&](auto const& member) {
        std::string_view const name(member.key().data(), member.key().size());
        bool const is_named =
            std::any_of(plain_names.begin(), plain_names.end(), [name](std::string_view plain) {
                return is_spelling_of(name, plain);
            });
        bool const names_somebody = is_named && !member.value().is_null();
        return (!names_somebody || holds(member.value())) &&
               below(member.value(), plain_names, holds);
    });
}

bool is_name_of_number(std::string_view plain_name) noexcept {
    for (std::string_view const end : {"at", "on", "time", "date", "id", "until"}) {
        if (plain_name.ends_with(end)) return false;
    }
    for (std::string_view const part : {"phone", "mobile", "msisdn", "contactnumber"}) {
        if (plain_name.find(part) != plain_name.npos) return true;
    }
    return false;
}

bool all_values_named(
    json::object const& body, TextPredicate const& is_meant, TextPredicate const& holds
) {
    return std::all_of(body.begin(), body.end(), [&](auto const& member) {
        auto const name = plain(std::string_view(member.key().data(), member.key().size()));
        return all_values_below(member.value(), is_meant(name), is_meant, holds);
    });
}

}  // namespace otp::common
