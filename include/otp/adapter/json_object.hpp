#pragma once

#include <otp/adapter/answer_problem.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// A member of a JSON object, as far as a flat one tells.
struct JsonMember {
    enum class Kind {
        null,
        boolean,  ///< `integer` is 1 or 0.
        integer,  ///< One that fits `integer`.
        text,     ///< Without a NUL.
        nested,   ///< An object or array.
        other,    ///< Another number, or text with a NUL.
    };

    std::string_view name{};
    Kind kind{Kind::other};
    std::string_view text{};
    std::int64_t integer{0};
};

/// Memory on the stack for one JSON document, so that small bodies need no heap; larger ones take
/// the heap for their rest. What is read with it must not outlive the object. Wiped at the end,
/// because bodies hold codes and tokens.
class JsonMemory {
public:
    JsonMemory() : resource_(buffer_, sizeof(buffer_)) {}
    JsonMemory(JsonMemory const&) = delete;
    JsonMemory& operator=(JsonMemory const&) = delete;
    ~JsonMemory() {
        tree_.reset();
        if (is_used_) wipe_memory(buffer_, sizeof(buffer_));
    }

    [[nodiscard]] boost::json::storage_ptr storage() noexcept {
        is_used_ = true;
        return &resource_;
    }

private:
    friend class JsonObject;
    static constexpr std::size_t most_members = 8;

    bool is_used_{false};
    unsigned char buffer_[2048];
    boost::json::monotonic_resource resource_;
    std::array<JsonMember, most_members> members_;
    std::optional<boost::json::object> tree_;
};

/// A vendor's body that must be a JSON object: the one reader of all adapters, for successes and
/// refusals. Read by the rules of `parse_json_body`.
///
/// A flat object of a few members without escapes, as most successes are, is read without a tree
/// and costs half of what one does; the tree is made when somebody asks for it.
///
/// A view: valid as long as the body and the memory that it was read with. Not thread-safe.
class JsonObject {
public:
    /// Errors: those of `parse_json_body`, whose message names the format of what is plainly no
    /// JSON (a page of HTML, say), and `bad_response` if it is anything else than an object.
    [[nodiscard]] static Result<JsonObject> read(std::string_view body, JsonMemory& memory);

    /// Whether no member is nested, and `members` has all of them.
    [[nodiscard]] bool is_flat() const noexcept { return is_flat_; }
    /// The members of a flat object, in their order; nothing of any other.
    [[nodiscard]] std::span<JsonMember const> members() const noexcept {
        return {memory_->members_.data(), count_};
    }
    /// The whole object with all that is below it.
    [[nodiscard]] boost::json::object const& tree() const;
    [[nodiscard]] bool empty() const { return is_flat_ ? count_ == 0 : tree().empty(); }

    /// Whether there is such a member, be it null.
    [[nodiscard]] bool contains(std::string_view name) const;
    /// Whether there is one that is not null.
    [[nodiscard]] bool has_value(std::string_view name) const;
    /// Calls `visit` with each member, in their order.
    void visit(std::function<void(JsonMember const&)> const& visit) const;

    /// Where values that are made of it are kept.
    [[nodiscard]] boost::json::storage_ptr storage() const noexcept { return memory_->storage(); }

private:
    JsonObject(std::string_view body, JsonMemory& memory) : body_(body), memory_(&memory) {}
    [[nodiscard]] std::optional<Error> read_tree() const;

    std::string_view body_;
    JsonMemory* memory_;
    std::size_t count_{0};
    bool is_flat_{false};
};

/// As the functions of the same names for a tree (`json_body.hpp`).
[[nodiscard]] std::optional<std::string_view> string_member(
    JsonObject const& object, std::string_view name
);
[[nodiscard]] std::optional<std::string> text_member(
    JsonObject const& object, std::string_view name
);
[[nodiscard]] std::optional<std::int64_t> integer_member(
    JsonObject const& object, std::string_view name
);
[[nodiscard]] std::optional<bool> bool_member(JsonObject const& object, std::string_view name);
/// Null for a flat object.
[[nodiscard]] boost::json::object const* object_member(
    JsonObject const& object, std::string_view name
);

/// As the functions of the same names for a tree (`contradiction.hpp`, `undocumented_refusal.hpp`),
/// which is made only where a name may speak against the answer, or is not documented.
[[nodiscard]] AnswerProblem find_contradiction(
    JsonObject const& body, int http_status, std::span<std::string_view const> documented = {}
);
[[nodiscard]] AnswerProblem find_undocumented_refusal(
    JsonObject const& body, std::span<std::string_view const> documented
);

}  // namespace adapter
}  // namespace otp
