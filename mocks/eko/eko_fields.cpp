#include "eko/eko_fields.hpp"

#include "eko/eko_envelope.hpp"
#include "wire/recipient_shape.hpp"

#include <cstddef>
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

/// What is wrong with the values of fields that are there.
void check_values(json::object const& body, json::object& wrong) {
    auto const mobile = text_of(body, "mobile");
    if (mobile && !is_ten_digits(*mobile)) wrong["mobile"] = "Please provide 10 digits";
    auto const agent = text_of(body, "csp_id");
    if (agent && !is_ten_digits(*agent)) wrong["csp_id"] = "Please provide 10 digits";
    auto const reference = text_of(body, "client_ref_id");
    if (reference && (reference->empty() || reference->size() > max_reference_length)) {
        wrong["client_ref_id"] = "Please provide at most 20 characters";
    }
    if (text_of(body, "otp") == "") wrong["otp"] = "Please provide a valid value";
}

}  // namespace

MockResponse eko_invalid(int status, char const* message, json::object fields) {
    auto body = eko_envelope(status, 1, -1, message);
    body["invalid_params"] = std::move(fields);
    return json_response(200, body);
}

std::optional<MockResponse> refuse_eko_fields(
    json::object const& body, std::span<FieldRule const> rules, EkoAccount const& account
) {
    json::object wrong;
    bool missing = false;
    for (FieldProblem const& problem : check_fields(body, rules)) {
        missing = missing || problem.kind == FieldProblem::Kind::missing;
        wrong[problem.field] = text_for(problem.kind);
    }
    if (missing) return eko_invalid(97, "Please provide the value of the field", std::move(wrong));
    check_values(body, wrong);
    if (!wrong.empty()) return eko_invalid(461, "Invalid parameters", std::move(wrong));
    if (text_of(body, "initiator_id") == account.initiator_id) return std::nullopt;
    return eko_invalid(
        319,
        "Invalid Sender/Initiator",
        json::object{{"initiator_id", "Merchant does not exist in system."}}
    );
}

}  // namespace otp::mocks
