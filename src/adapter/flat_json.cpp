#include "adapter/flat_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/parse_options.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>

namespace otp::adapter {
namespace {

namespace json = boost::json;
using boost::system::error_code;

JsonMember text_of(std::string_view name, std::string_view text) noexcept {
    bool const plain = text.find('\0') == std::string_view::npos;
    return {name, plain ? JsonMember::Kind::text : JsonMember::Kind::other, text};
}

/// What the parser hands out is a part of the body, or, with escapes, of a buffer that is gone
/// after the call.
bool lies_in(std::string_view part, std::string_view whole) noexcept {
    std::less_equal<> const not_after;
    return part.empty() || (not_after(whole.data(), part.data()) &&
                            not_after(part.data() + part.size(), whole.data() + whole.size()));
}

/// Keeps the members of an object that is short, flat and without escapes, so that every text is a
/// part of the body; gives up on any other, and on a name that occurs twice.
class FlatHandler {
public:
    static constexpr std::size_t max_object_size = 64;
    static constexpr std::size_t max_array_size = 0;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 1U << 20U;

    FlatHandler(std::string_view body, std::span<JsonMember> members) noexcept
        : body_(body), members_(members) {}

    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    // The names and results of these are what `basic_parser` asks for; false stops it.
    bool on_document_begin(error_code& /*error*/) noexcept { return true; }
    bool on_document_end(error_code& /*error*/) noexcept { return true; }
    bool on_object_begin(error_code& error) noexcept { return inside_ ? give_up(error) : enter(); }
    bool on_object_end(std::size_t /*size*/, error_code& /*error*/) noexcept { return true; }
    bool on_array_begin(error_code& error) noexcept { return give_up(error); }
    bool on_array_end(std::size_t /*size*/, error_code& error) noexcept { return give_up(error); }
    bool on_key_part(json::string_view /*text*/, std::size_t /*size*/, error_code& error) noexcept {
        return give_up(error);
    }
    bool on_key(json::string_view text, std::size_t /*size*/, error_code& error) noexcept {
        name_ = {text.data(), text.size()};
        if (!lies_in(name_, body_)) return give_up(error);
        auto const known = members_.first(count_);
        bool const repeated = std::any_of(known.begin(), known.end(), [&](auto const& member) {
            return member.name == name_;
        });
        return repeated || count_ == members_.size() ? give_up(error) : true;
    }
    bool on_string_part(
        json::string_view /*text*/, std::size_t /*size*/, error_code& error
    ) noexcept {
        return give_up(error);
    }
    bool on_string(json::string_view text, std::size_t /*size*/, error_code& error) noexcept {
        std::string_view const part(text.data(), text.size());
        return lies_in(part, body_) ? keep(text_of(name_, part), error) : give_up(error);
    }
    bool on_number_part(json::string_view /*text*/, error_code& /*error*/) noexcept { return true; }
    bool on_int64(std::int64_t number, json::string_view /*text*/, error_code& error) noexcept {
        return keep({name_, JsonMember::Kind::integer, {}, number}, error);
    }
    bool on_uint64(
        std::uint64_t /*number*/, json::string_view /*text*/, error_code& error
    ) noexcept {
        return give_up(error);
    }
    bool on_double(double /*number*/, json::string_view /*text*/, error_code& error) noexcept {
        return give_up(error);
    }
    bool on_bool(bool truth, error_code& error) noexcept {
        return keep({name_, JsonMember::Kind::boolean, {}, truth ? 1 : 0}, error);
    }
    bool on_null(error_code& error) noexcept {
        return keep({name_, JsonMember::Kind::null, {}, 0}, error);
    }
    bool on_comment_part(json::string_view /*text*/, error_code& /*error*/) noexcept {
        return true;
    }
    bool on_comment(json::string_view /*text*/, error_code& /*error*/) noexcept { return true; }

private:
    bool enter() noexcept {
        inside_ = true;
        return true;
    }
    bool keep(JsonMember const& member, error_code& error) noexcept {
        if (!inside_) return give_up(error);
        members_[count_++] = member;
        return true;
    }
    static bool give_up(error_code& error) noexcept {
        error = json::error::syntax;
        return false;
    }

    std::string_view body_;
    bool inside_{false};
    std::string_view name_;
    std::span<JsonMember> members_;
    std::size_t count_{0};
};

}  // namespace

std::optional<std::size_t> read_flat_object(std::string_view body, std::span<JsonMember> members) {
    json::basic_parser<FlatHandler> parser(json::parse_options(), body, members);
    error_code error;
    auto const consumed = parser.write_some(false, body.data(), body.size(), error);
    if (error || consumed != body.size()) return std::nullopt;
    return parser.handler().count();
}

JsonMember flat_member(json::key_value_pair const& pair) {
    std::string_view const name(pair.key().data(), pair.key().size());
    auto const& value = pair.value();
    if (auto const* const text = value.if_string()) {
        return text_of(name, {text->data(), text->size()});
    }
    if (auto const* const number = value.if_int64()) {
        return {name, JsonMember::Kind::integer, {}, *number};
    }
    if (auto const* const truth = value.if_bool()) {
        return {name, JsonMember::Kind::boolean, {}, *truth ? 1 : 0};
    }
    if (value.is_structured()) return {name, JsonMember::Kind::nested, {}, 0};
    return {name, value.is_null() ? JsonMember::Kind::null : JsonMember::Kind::other, {}, 0};
}

}  // namespace otp::adapter
