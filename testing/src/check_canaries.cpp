#include "conformance_checks.hpp"
#include "spoilt_bodies.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace otp::testing {
namespace {

namespace json = boost::json;

void expect_discreet(
    OperationCheck& check, std::string const& input, HttpResponse const& response
) {
    constexpr auto name = "canary";
    auto const seen = check.see(name, input, response);
    if (!seen.error) return;
    auto const text = shown(*seen.error);
    for (std::size_t index = 0; index < check.subject().canaries.size(); ++index) {
        if (text.find(check.subject().canaries[index]) != std::string::npos) {
            // Not the text itself: a failure is printed, too.
            check.fail(name, input, "the error shows canary " + std::to_string(index));
        }
    }
}

bool is_identifier(OperationCheck const& check, std::string const& pointer) {
    auto const name = pointer.substr(pointer.rfind('/') + 1);
    return std::find(
               check.subject().identifiers.begin(), check.subject().identifiers.end(), name
           ) != check.subject().identifiers.end();
}

}  // namespace

void check_canaries(OperationCheck& check) {
    auto words = check.subject().canaries;
    words.push_back(check.request_body());
    for (std::size_t index = 0; index < words.size(); ++index) {
        auto const which = index < check.subject().canaries.size()
                               ? "canary " + std::to_string(index)
                               : std::string("the request");
        auto const& word = words[index];
        for (int const status : {200, 400, 401, 403, 404, 422, 429, 500}) {
            auto const input = which + " in text with status " + std::to_string(status);
            expect_discreet(check, input, json_answer(status, "refused: " + word));
            expect_discreet(check, input, json_answer(status, word));
            expect_discreet(check, input, json_answer(status, json::serialize(json::value(word))));
        }
        for (auto const& refusal : check.refusals()) {
            for (auto const& pointer : all_pointers(refusal.body)) {
                boost::system::error_code failure;
                auto const* const member = refusal.body.find_pointer(pointer, failure);
                if (!member->is_string() || is_identifier(check, pointer)) continue;
                auto sentence = "refused for " + word;
                sentence += " today";
                auto parenthesis = "(" + word;
                parenthesis += ')';
                for (auto const& text : {word, sentence, parenthesis}) {
                    auto response = refusal.response;
                    response.body =
                        with_value(refusal.body, pointer, json::serialize(json::value(text)));
                    expect_discreet(check, which + " in " + pointer, response);
                }
            }
            auto response = refusal.response;
            response.body = with_member(refusal.body, "input", json::serialize(json::value(word)));
            expect_discreet(check, which + " in an unknown member", response);
        }
    }
}

}  // namespace otp::testing
