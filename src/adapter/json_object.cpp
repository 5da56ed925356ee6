#include "adapter/body_format.hpp"
#include "adapter/flat_json.hpp"

#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/undocumented_refusal.hpp>
#include <otp/json_body.hpp>

#include <algorithm>
#include <utility>

namespace otp::adapter {
namespace {

/// A page under a success is more often a gateway's than a mistake of the vendor's, so its format
/// says more than the place of the first wrong byte.
Error no_json(std::string_view body, Error error) {
    auto const format = format_of_no_json(body);
    if (!format.empty()) error.message = message_of_no_json(format);
    return error;
}

JsonMember const* find(JsonObject const& object, std::string_view name) noexcept {
    auto const members = object.members();
    auto const found = std::find_if(members.begin(), members.end(), [name](auto const& member) {
        return member.name == name;
    });
    return found == members.end() ? nullptr : &*found;
}

JsonMember const* find(
    JsonObject const& object, std::string_view name, JsonMember::Kind kind
) noexcept {
    auto const* const member = find(object, name);
    return member != nullptr && member->kind == kind ? member : nullptr;
}

/// Whether `pointers` has the member itself: `/name`. False for a name that a pointer would escape:
/// a member `user/*` is not what `/user/*` means.
bool lists(std::span<std::string_view const> pointers, std::string_view name) noexcept {
    for (auto const pointer : pointers) {
        if (pointer.size() != name.size() + 1 || pointer.substr(1) != name) continue;
        return name.find('/') == name.npos && name.find('~') == name.npos;
    }
    return false;
}

/// Whether one of the members is not documented, and may be meant.
template <class MayBeMeant>
bool any_undocumented(
    JsonObject const& body,
    std::span<std::string_view const> documented,
    MayBeMeant const& may_be_meant
) {
    auto const members = body.members();
    return std::any_of(members.begin(), members.end(), [&](JsonMember const& member) {
        return !lists(documented, member.name) && may_be_meant(member.name);
    });
}

}  // namespace

Result<JsonObject> JsonObject::read(std::string_view body, JsonMemory& memory) {
    JsonObject object(body, memory);
    if (auto const count = read_flat_object(body, memory.members_)) {
        object.count_ = *count;
        object.is_flat_ = true;
        return object;
    }
    if (auto error = object.read_tree()) return std::move(*error);
    return object;
}

std::optional<Error> JsonObject::read_tree() const {
    auto parsed = parse_json_body(body_, memory_->storage());
    if (!parsed) return no_json(body_, std::move(parsed).error());
    if (!parsed->is_object()) {
        return Error(
            ErrorCategory::bad_response, "the body is JSON, but not an object", Delivery::unknown
        );
    }
    memory_->tree_.emplace(std::move(parsed->get_object()));
    return std::nullopt;
}

boost::json::object const& JsonObject::tree() const {
    // What could be read once can be read again.
    if (!memory_->tree_) static_cast<void>(read_tree());
    return *memory_->tree_;
}

bool JsonObject::contains(std::string_view name) const {
    return is_flat_ ? find(*this, name) != nullptr : tree().contains(name);
}

bool JsonObject::has_value(std::string_view name) const {
    if (is_flat_) {
        auto const* const member = find(*this, name);
        return member != nullptr && member->kind != JsonMember::Kind::null;
    }
    auto const* const value = tree().if_contains(name);
    return value != nullptr && !value->is_null();
}

void JsonObject::visit(std::function<void(JsonMember const&)> const& visit) const {
    if (is_flat_) {
        for (auto const& member : members()) visit(member);
    } else {
        for (auto const& pair : tree()) visit(flat_member(pair));
    }
}

std::optional<std::string_view> string_member(JsonObject const& object, std::string_view name) {
    if (!object.is_flat()) return otp::string_member(object.tree(), name);
    auto const* const member = find(object, name, JsonMember::Kind::text);
    return member == nullptr ? std::nullopt : std::optional(member->text);
}

std::optional<std::string> text_member(JsonObject const& object, std::string_view name) {
    return otp::text_member(object.tree(), name);
}

std::optional<std::int64_t> integer_member(JsonObject const& object, std::string_view name) {
    if (auto const* const member = find(object, name, JsonMember::Kind::integer)) {
        return member->integer;
    }
    return otp::integer_member(object.tree(), name);
}

std::optional<bool> bool_member(JsonObject const& object, std::string_view name) {
    if (!object.is_flat()) return otp::bool_member(object.tree(), name);
    auto const* const member = find(object, name, JsonMember::Kind::boolean);
    return member == nullptr ? std::nullopt : std::optional(member->integer == 1);
}

boost::json::object const* object_member(JsonObject const& object, std::string_view name) {
    return object.is_flat() ? nullptr : otp::object_member(object.tree(), name);
}

AnswerProblem find_contradiction(
    JsonObject const& body, int http_status, std::span<std::string_view const> documented
) {
    if (body.is_flat() && !any_undocumented(body, documented, may_contradict)) return {};
    return otp::find_contradiction(body.tree(), http_status, documented);
}

AnswerProblem find_undocumented_refusal(
    JsonObject const& body, std::span<std::string_view const> documented
) {
    auto const any = [](std::string_view) { return true; };
    if (body.is_flat() && !any_undocumented(body, documented, any)) return {};
    return otp::find_undocumented_refusal(body.tree(), documented);
}

}  // namespace otp::adapter
