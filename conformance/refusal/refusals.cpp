#include "frame/spoilt_bodies.hpp"
#include "refusal/refusal_checks.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <string>
#include <string_view>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr Check changed_types{"other type in a refusal", Cause::believes_refusal};
constexpr Check unknown_code{"unknown code", Cause::believes_failing_server};

}  // namespace

void check_refusals_with_success_status(OperationCheck& check) {
    static constexpr std::array<std::string_view, 8> errors{
        R"({"error":"failed"})",
        R"({"error":{"code":"failed","message":"failed"}})",
        R"({"errors":{"Error":["failed"]},"title":"Bad Request","status":400})",
        R"({"success":false,"error":"failed"})",
        R"({"status":1,"message":"failed"})",
        R"({"detail":"failed"})",
        R"({"title":"Bad Request","status":400,"detail":"failed"})",
        R"({"status_code":400,"error_type":"failed","error_message":"failed"})",
    };
    constexpr Check name{"error in a 200", Cause::believes_refusal};
    for (auto const& refusal : check.refusals()) {
        check.expect_no_success(
            {name, refusal.response.body}, json_answer(200, refusal.response.body)
        );
    }
    for (auto const error : errors) {
        check.expect_no_success({name, std::string(error)}, json_answer(200, std::string(error)));
    }
}

void check_changed_types(OperationCheck& check) {
    auto const swapped = [](json::value const& scalar) -> json::value {
        if (scalar.is_string()) return 1;
        return json::value(json::serialize(scalar));
    };
    for (auto const& refusal : check.refusals()) {
        auto response = refusal.response;
        response.body = json::serialize(with_scalars(refusal.body, swapped));
        check.expect_no_success({changed_types, response.body}, response);
        for (auto const& pointer : all_pointers(refusal.body)) {
            for (std::string_view const value :
                 {"null", "true", "-1", "1.5", "\"x\"", "[]", "{}", "[[1]]", "{\"a\":[1]}"}) {
                response.body = with_value(refusal.body, pointer, value);
                check.see({changed_types, pointer + " = " + std::string(value), pointer}, response);
            }
        }
    }
}

void check_unknown_codes(OperationCheck& check) {
    auto const unknown = [](json::value const& scalar) -> json::value {
        if (scalar.is_string()) return "zz_unheard_of";
        if (scalar.is_bool()) return scalar;
        return 98765;
    };
    for (auto const& refusal : check.refusals()) {
        auto const body = json::serialize(with_scalars(refusal.body, unknown));
        for (int const status : {500, 502, 503, 504}) {
            auto const input = std::to_string(status) + ' ' + body;
            auto const seen = check.see({unknown_code, input}, json_answer(status, body));
            bool const wrong = !seen.error || is_callers_fault(seen.error->category);
            if (wrong) check.fail({unknown_code, input}, seen.describe());
        }
    }
}

void check_refusals_of_a_redirect(OperationCheck& check) {
    constexpr Check name{"refusal of a redirect", Cause::believes_redirect};
    for (auto const& refusal : check.refusals()) {
        for (int const status : {301, 302, 303, 307, 308}) {
            auto response = refusal.response;
            response.status = status;
            auto const input = std::to_string(status) + ' ' + response.body;
            auto const seen = check.see({name, input}, response);
            if (!seen.error) check.fail({name, input}, seen.describe());
        }
    }
}

void check_refusals_of_a_failing_server(OperationCheck& check) {
    constexpr Check name{"refusal of a failing server", Cause::believes_failing_server};
    for (auto const& refusal : check.refusals()) {
        for (int const status : {500, 502, 503}) {
            auto response = refusal.response;
            response.status = status;
            auto const input = std::to_string(status) + ' ' + response.body;
            auto const seen = check.see({name, input}, response);
            bool const by_the_status =
                seen.error && (seen.error->category == ErrorCategory::provider_error ||
                               seen.error->category == ErrorCategory::unavailable);
            if (!by_the_status) {
                check.fail({name, input}, seen.describe());
            } else if (!seen.error->violations.empty()) {
                check.fail({name, input}, "names fields of the request");
            }
        }
    }
}

}  // namespace otp::conformance
