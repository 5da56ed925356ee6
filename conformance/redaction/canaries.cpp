#include "redaction/canaries.hpp"

#include "frame/spoilt_bodies.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace otp::conformance {
namespace {

namespace json = boost::json;

/// Which text of the error shows it.
std::string place_in(Error const& error, std::string const& canary) {
    auto const shows = [&canary](std::string const& text) {
        return text.find(canary) != text.npos;
    };
    if (shows(error.message)) return "Error::message";
    if (shows(error.vendor_code)) return "Error::vendor_code";
    if (shows(error.request_id)) return "Error::request_id";
    for (auto const& violation : error.violations) {
        if (shows(violation.pointer)) return "FieldViolation::pointer";
        if (shows(violation.message)) return "FieldViolation::message";
    }
    return "Error::documentation_url";
}

void expect_discreet(
    OperationCheck& check, std::string const& input, HttpResponse const& response
) {
    constexpr Check name{"canary", Cause::shows_what_was_sent};
    auto const seen = check.see({name, input}, response);
    if (!seen.error) return;
    auto const text = shown(*seen.error);
    for (std::size_t index = 0; index < check.subject().canaries.size(); ++index) {
        if (text.find(check.subject().canaries[index]) != std::string::npos) {
            // Not the text itself: a failure is printed, too.
            check.fail(
                {name, input, place_in(*seen.error, check.subject().canaries[index])},
                "the error shows canary " + std::to_string(index)
            );
        }
    }
}

/// Listed, or one word by the documents. What the request took along is looked for there, too, by
/// the echo check.
bool is_identifier(
    OperationCheck const& check, std::string const& pointer, json::value const& value
) {
    auto const& listed = check.subject().identifiers;
    if (listed.empty()) return value.get_string().find(' ') == json::string::npos;
    auto const name = pointer.substr(pointer.rfind('/') + 1);
    return std::find(listed.begin(), listed.end(), name) != listed.end();
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
                if (!member->is_string() || is_identifier(check, pointer, *member)) continue;
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

}  // namespace otp::conformance
