#include "eko/eko_fields.hpp"

#include "eko/eko_envelope.hpp"
#include "wire/recipient_shape.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::size_t max_reference_length = 20;

bool is_ten_digits(std::string_view text) {
    return text.size() == 10 && is_digits(text);
}

char const* text_for(FieldProblem::Kind kind) {
    switch (kind) {
        case FieldProblem::Kind::missing:
            return "Please provide the value of the field";
        case FieldProblem::Kind::unknown:
            return "Unknown field";
        case FieldProblem::Kind::wrong_type:
            break;
    }
    return "Wrong type";
}

/// The wrong members of one body.
class FieldErrors {
public:
    FieldErrors(json::object const& body, VendorDocument const& document)
        : body_(body), document_(document) {}

    void check_members(std::span<FieldRule const> rules) {
        for (FieldProblem const& problem : check_fields(body_, rules)) {
            bool const is_missing = problem.kind == FieldProblem::Kind::missing;
            // The answer is about missing members as soon as there is one, and so is its reason.
            if (is_missing && !missing_) first_.reset();
            missing_ = missing_ || is_missing;
            add(problem.field, text_for(problem.kind), document_.member(problem));
        }
    }

    /// Of members that are there.
    void check_values() {
        check_ten_digits("mobile", "The mobile must have 10 digits, without +91 or 0.");
        check_ten_digits("csp_id", "The csp_id must have 10 digits.");
        auto const reference = text_of(body_, "client_ref_id");
        if (reference && (reference->empty() || reference->size() > max_reference_length)) {
            add("client_ref_id",
                "Please provide at most 20 characters",
                document_.member("client_ref_id", "The client_ref_id must have 1 to 20 characters.")
            );
        }
        if (text_of(body_, "otp") == "") {
            add("otp",
                "Please provide a valid value",
                document_.member("otp", "The otp must not be empty."));
        }
    }

    [[nodiscard]] bool has_missing() const noexcept { return missing_; }
    [[nodiscard]] bool empty() const noexcept { return !first_; }

    /// Precondition: not `empty`.
    [[nodiscard]] Refusal refusal(int status, char const* message) && {
        return eko_invalid(status, message, std::move(wrong_), std::move(*first_));
    }

private:
    void check_ten_digits(char const* field, char const* demands) {
        auto const text = text_of(body_, field);
        if (!text || is_ten_digits(*text)) return;
        add(field, "Please provide 10 digits", document_.member(field, demands));
    }

    void add(std::string const& field, char const* text, Explanation why) {
        wrong_[field] = text;
        if (!first_) first_ = std::move(why);
    }

    json::object const& body_;
    VendorDocument const& document_;
    json::object wrong_;
    std::optional<Explanation> first_;
    bool missing_{false};
};

}  // namespace

Refusal eko_invalid(int status, char const* message, json::object fields, Explanation why) {
    auto body = eko_envelope(status, 1, -1, message);
    body["invalid_params"] = std::move(fields);
    return {json_response(200, body), std::move(why)};
}

std::optional<Refusal> refuse_eko_fields(
    json::object const& body,
    std::span<FieldRule const> rules,
    VendorDocument const& document,
    EkoAccount const& account
) {
    FieldErrors errors(body, document);
    errors.check_members(rules);
    if (errors.has_missing()) {
        return std::move(errors).refusal(97, "Please provide the value of the field");
    }
    errors.check_values();
    if (!errors.empty()) return std::move(errors).refusal(461, "Invalid parameters");
    if (text_of(body, "initiator_id") == account.initiator_id) return std::nullopt;
    return eko_invalid(
        319,
        "Invalid Sender/Initiator",
        json::object{{"initiator_id", "Merchant does not exist in system."}},
        document.member("initiator_id", "The initiator_id must be the one of the account.")
    );
}

}  // namespace otp::mocks
