#include "frame/spoilt_bodies.hpp"

#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr std::size_t excessive_depth = 1000;

void collect(json::value const& value, std::string const& pointer, std::vector<std::string>& all) {
    if (!pointer.empty()) all.push_back(pointer);
    if (auto const* const object = value.if_object()) {
        for (auto const& member : *object) {
            collect(member.value(), append_json_pointer(pointer, member.key()), all);
        }
    } else if (auto const* const array = value.if_array()) {
        for (std::size_t index = 0; index < array->size(); ++index) {
            collect((*array)[index], append_json_pointer(pointer, std::to_string(index)), all);
        }
    }
}

std::string quoted(std::string_view text) {
    return json::serialize(json::value(text));
}

/// What stands at one place: members of an object and elements of an array as raw texts.
enum class Change { replace, remove, add_before, add_after };

/// Writes a document with one place changed. By hand, because a `json::object` can hold neither a
/// repeated name nor 1e400.
class Writer {
public:
    Writer(std::string_view pointer, Change change, std::string_view raw)
        : pointer_(pointer), change_(change), raw_(raw) {}

    std::string write(json::value const& value, std::string const& here = {}) const {
        std::string out;
        if (auto const* const object = value.if_object()) {
            for (auto const& member : *object) {
                auto const name = quoted(member.key()) + ':';
                add(out, name, member.value(), append_json_pointer(here, member.key()));
            }
            return '{' + out + '}';
        }
        if (auto const* const array = value.if_array()) {
            for (std::size_t index = 0; index < array->size(); ++index) {
                add(out, "", (*array)[index], append_json_pointer(here, std::to_string(index)));
            }
            return '[' + out + ']';
        }
        return json::serialize(value);
    }

private:
    void add(
        std::string& out,
        std::string const& name,
        json::value const& value,
        std::string const& place
    ) const {
        bool const changed = place == pointer_;
        auto const append = [&out, &name](std::string_view raw) {
            if (!out.empty()) out += ',';
            out.append(name).append(raw);
        };
        if (changed && change_ != Change::remove && change_ != Change::add_after) append(raw_);
        if (!changed || change_ == Change::add_before || change_ == Change::add_after) {
            append(write(value, place));
        }
        if (changed && change_ == Change::add_after) append(raw_);
    }

    std::string_view pointer_;
    Change change_;
    std::string_view raw_;
};

std::string nested(std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t level = 0; level < excessive_depth; ++level) text += open;
    for (std::size_t level = 0; level < excessive_depth; ++level) text += close;
    return text;
}

}  // namespace

std::vector<SpoiltBody> garbage_bodies() {
    using namespace std::string_literals;
    return {
        {"HTML", "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"},
        {"text", "OK"},
        {"a space", " "},
        {"null", "null"},
        {"true", "true"},
        {"0", "0"},
        {"a string", "\"success\""},
        {"an empty array", "[]"},
        {"an opening brace", "{"},
        {"a closing brace", "}"},
        {"two objects", "{}{}"},
        {"a NUL", "\0"s},
        {"two byte order marks", "\xEF\xBB\xBF\xEF\xBB\xBF{}"},
        {"bad UTF-8", "{\"a\":\"\xC3\x28\"}"},
        {"a lone surrogate", R"({"a":"\ud800"})"},
        {"an infinite number", R"({"a":1e400})"},
        {"NaN", R"({"a":NaN})"},
        {"a comment", "{}/**/"},
        {"deep arrays", nested("[", "]")},
        {"deep objects", nested("{\"a\":", "") + "0" + nested("}", "")},
        {"unclosed arrays", nested("[", "")},
    };
}

std::vector<std::string> all_pointers(json::value const& document) {
    std::vector<std::string> all;
    collect(document, "", all);
    return all;
}

std::vector<std::string> pointers_of_objects(json::value const& document) {
    std::vector<std::string> found{""};
    for (auto const& pointer : all_pointers(document)) {
        boost::system::error_code failure;
        if (document.find_pointer(pointer, failure)->is_object()) found.push_back(pointer);
    }
    return found;
}

std::string with_value(json::value const& body, std::string_view pointer, std::string_view with) {
    return Writer(pointer, Change::replace, with).write(body);
}

std::string without(json::value const& body, std::string_view pointer) {
    return Writer(pointer, Change::remove, {}).write(body);
}

std::string with_duplicate(
    json::value const& body, std::string_view pointer, std::string_view other, bool other_first
) {
    auto const change = other_first ? Change::add_before : Change::add_after;
    return Writer(pointer, change, other).write(body);
}

std::string with_member(json::value const& body, std::string_view name, std::string_view value) {
    auto text = json::serialize(body);
    text.pop_back();
    if (text.size() > 1) text += ',';
    return text + quoted(name) + ':' + std::string(value) + '}';
}

std::string with_member_at(
    json::value const& body,
    std::string const& pointer,
    std::string_view name,
    std::string_view value
) {
    if (pointer.empty()) return with_member(body, name, value);
    boost::system::error_code failure;
    return with_value(
        body, pointer, with_member(*body.find_pointer(pointer, failure), name, value)
    );
}

json::value with_scalars(
    json::value const& body, std::function<json::value(json::value const&)> const& replace
) {
    if (auto const* const object = body.if_object()) {
        json::object changed;
        for (auto const& member : *object) {
            changed.emplace(member.key(), with_scalars(member.value(), replace));
        }
        return changed;
    }
    if (auto const* const array = body.if_array()) {
        json::array changed;
        for (auto const& item : *array) changed.push_back(with_scalars(item, replace));
        return changed;
    }
    return body.is_null() ? body : replace(body);
}

}  // namespace otp::conformance
