#include "frame/spoilt_bodies.hpp"
#include "success/success_checks.hpp"

#include <boost/json/serialize.hpp>

#include <cstddef>
#include <string>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr std::size_t huge_body = 10 * 1024 * 1024;
/// Everything that an error prints: texts are cut at 256 bytes, and a validation error has several.
constexpr std::size_t longest_error = 64 * 1024;

void check_failing_status(
    OperationCheck& check, Check const& name, std::string const& input, HttpResponse const& response
) {
    auto const seen = check.see({name, input}, response);
    if (seen.success) {
        return check.fail({{name.name, Cause::ignores_status}, input}, seen.describe());
    }
    bool const blames_caller = seen.error && is_callers_fault(seen.error->category);
    if (response.status >= 500 && (!seen.error || blames_caller)) {
        check.fail({{name.name, Cause::believes_failing_server}, input}, seen.describe());
    }
}

}  // namespace

void check_garbage(OperationCheck& check) {
    constexpr Check name{"garbage", Cause::takes_any_2xx};
    auto bodies = garbage_bodies();
    bodies.push_back({"no body", ""});
    bodies.push_back({"an empty object", "{}"});
    for (int status = 100; status <= 599; ++status) {
        for (auto const& [how, body] : bodies) {
            auto const input = how + " with status " + std::to_string(status);
            auto const response = json_answer(status, body);
            bool const success_class = status >= 200 && status < 300;
            bool const may_be_empty = check.answers().empty_success &&
                                      check.is_success_status(status) &&
                                      (body.empty() || body == " " || body == "{}");
            if (success_class && may_be_empty) {
                check.see({name, input}, response);
            } else if (success_class) {
                check.expect_not_understood({name, input}, response);
            } else {
                check_failing_status(check, name, input, response);
            }
        }
    }
}

void check_emptiness(OperationCheck& check) {
    constexpr Check name{"empty answer", Cause::takes_any_emptiness};
    if (!check.answers().empty_success) return;
    for (auto const& success : check.answers().successes) {
        // A 204 has neither a body nor a length.
        if (success.status == 204) continue;
        HttpResponse const until_close(success.status, {}, "");
        check.expect_not_understood({name, "that ends with the connection"}, until_close);
        HttpResponse const page(
            success.status, {{"content-type", "text/html"}, {"content-length", "0"}}, ""
        );
        check.expect_not_understood({name, "of HTML"}, page);
    }
}

void check_truncated_bodies(OperationCheck& check) {
    constexpr Check name{"truncated body", Cause::reads_no_json};
    for (auto const& success : check.answers().successes) {
        for (std::size_t size = 0; size < success.body.size(); ++size) {
            if (size == 0 && check.answers().empty_success) continue;
            auto cut = success;
            cut.body.resize(size);
            check.expect_not_understood(
                {name, "the first " + std::to_string(size) + " bytes"}, cut
            );
        }
    }
}

void check_huge_bodies(OperationCheck& check) {
    constexpr Check name{"10 MB", Cause::takes_any_2xx};
    constexpr Check unclosed{"10 MB", Cause::reads_no_json};
    constexpr Check error_in_full{"10 MB", Cause::endless_error};
    constexpr Check refused{"10 MB", Cause::believes_refusal};
    std::string const padding(huge_body, 'x');
    for (int const status : {200, 400, 500}) {
        check.expect_no_success(
            {name, "text " + std::to_string(status)}, json_answer(status, padding)
        );
    }
    if (!check.successes().empty()) {
        auto response = check.successes().front().response;
        response.body = with_member(check.successes().front().body, "padding", '"' + padding + '"');
        check.see({name, "a success with a long member"}, response);
        response.body = with_member(check.successes().front().body, "padding", '"' + padding);
        check.expect_no_success({unclosed, "a success with an unclosed member"}, response);
    }
    if (check.refusals().empty()) return;
    auto const& refusal = check.refusals().front();
    auto const lengthen = [](json::value const& scalar) -> json::value {
        return scalar.is_string() ? json::value(std::string(huge_body / 8, 'y')) : scalar;
    };
    auto response = refusal.response;
    response.body = json::serialize(with_scalars(refusal.body, lengthen));
    auto const seen = check.see({name, "a refusal with long texts"}, response);
    if (seen.success) check.fail({refused, "a refusal with long texts"}, seen.describe());
    if (seen.error && shown(*seen.error).size() > longest_error) {
        check.fail(
            {error_in_full, "a refusal with long texts"}, "the error is as long as the answer"
        );
    }
}

}  // namespace otp::conformance
