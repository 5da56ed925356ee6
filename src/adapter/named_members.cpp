#include "adapter/member_names.hpp"
#include "model/ascii.hpp"

#include <otp/adapter/named_members.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <string>

namespace otp::adapter {
namespace {

namespace json = boost::json;

using Holds = std::function<bool(json::value const&)>;

using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, Names plain_names) {
    return std::any_of(plain_names.begin(), plain_names.end(), [name](std::string_view plain) {
        return is_spelling_of(name, plain);
    });
}

bool below(json::value const& value, Names names, Holds const& holds) {
    if (auto const* const object = value.if_object()) return all_named(*object, names, holds);
    auto const* const list = value.if_array();
    return list == nullptr || std::all_of(list->begin(), list->end(), [&](auto const& element) {
               return below(element, names, holds);
           });
}

bool holds_of_pair(json::key_value_pair const& pair, Names plain_names, Holds const& holds) {
    bool const names_somebody =
        is_one_of({pair.key().data(), pair.key().size()}, plain_names) && !pair.value().is_null();
    return (!names_somebody || holds(pair.value())) && below(pair.value(), plain_names, holds);
}

/// A member of a flat object as a value of its tree.
json::value value_of(JsonMember const& member, JsonObject const& body) {
    switch (member.kind) {
        case JsonMember::Kind::boolean:
            return json::value(member.integer == 1, body.storage());
        case JsonMember::Kind::integer:
            return json::value(member.integer, body.storage());
        case JsonMember::Kind::text:
            return json::value(json::string_view(member.text), body.storage());
        default:
            return body.tree().at(json::string_view(member.name));
    }
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
        if (plain_name.empty() || plain_name.front() != model::to_lower(c)) return false;
        plain_name.remove_prefix(1);
    }
    return plain_name.empty();
}

bool all_named(json::object const& body, Names plain_names, Holds const& holds) {
    return std::all_of(body.begin(), body.end(), [&](auto const& member) {
        return holds_of_pair(member, plain_names, holds);
    });
}

bool all_named(JsonObject const& body, Names plain_names, Holds const& holds, Names left_out) {
    auto const is_left_out = [left_out](std::string_view name) {
        return std::find(left_out.begin(), left_out.end(), name) != left_out.end();
    };
    if (body.is_flat()) {
        auto const members = body.members();
        return std::all_of(members.begin(), members.end(), [&](JsonMember const& member) {
            return member.kind == JsonMember::Kind::null || !is_one_of(member.name, plain_names) ||
                   is_left_out(member.name) || holds(value_of(member, body));
        });
    }
    auto const& tree = body.tree();
    return std::all_of(tree.begin(), tree.end(), [&](auto const& pair) {
        return is_left_out({pair.key().data(), pair.key().size()}) ||
               holds_of_pair(pair, plain_names, holds);
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
        PlainMemberName const name({member.key().data(), member.key().size()});
        return all_values_below(member.value(), is_meant(name.text()), is_meant, holds);
    });
}

bool all_values_named(
    JsonObject const& body, TextPredicate const& is_meant, TextPredicate const& holds
) {
    if (!body.is_flat()) return all_values_named(body.tree(), is_meant, holds);
    auto const members = body.members();
    return std::all_of(members.begin(), members.end(), [&](JsonMember const& member) {
        if (member.kind == JsonMember::Kind::null || member.kind == JsonMember::Kind::boolean) {
            return true;
        }
        if (!is_meant(PlainMemberName(member.name).text())) return true;
        if (member.kind == JsonMember::Kind::text) return holds(member.text);
        return all_values_below(value_of(member, body), true, is_meant, holds);
    });
}

}  // namespace otp::adapter
