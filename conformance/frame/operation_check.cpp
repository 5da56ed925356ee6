#include "frame/operation_check.hpp"

#include "frame/spoilt_bodies.hpp"

#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

namespace otp::conformance {
namespace {

namespace json = boost::json;

std::vector<JsonAnswer> json_answers(std::vector<HttpResponse> const& answers) {
    std::vector<JsonAnswer> found;
    for (auto const& response : answers) {
        auto const body = parse_json_body(response.body);
        if (body && body->is_object()) found.push_back({response, *body});
    }
    return found;
}

using Members = std::map<std::string, std::set<std::string>>;

void collect_members(json::value const& document, Members& members) {
    for (auto const& place : pointers_of_objects(document)) {
        boost::system::error_code failure;
        for (auto const& member : document.find_pointer(place, failure)->get_object()) {
            members[member.key()].insert(place);
        }
    }
}

Members members_of_answers(AdapterUnderTest const& subject) {
    Members members;
    for (auto const* const operation :
         {&subject.send_answers, &subject.verify_answers, &subject.confirmation_answers}) {
        for (auto const* const answers : {&operation->successes, &operation->refusals}) {
            for (auto const& answer : json_answers(*answers)) collect_members(answer.body, members);
        }
    }
    return members;
}

bool is_success_class(int status) noexcept {
    return status >= 200 && status <= 299;
}

/// What a report may show of an input: documented answers may repeat what the requests say.
std::string without_canaries(std::string text, AdapterUnderTest const& subject) {
    for (auto const& canary : subject.canaries) {
        if (canary.empty()) continue;
        for (auto at = text.find(canary); at != text.npos; at = text.find(canary, at + 3)) {
            text.replace(at, canary.size(), "***");
        }
    }
    return text;
}

}  // namespace

std::string Seen::describe() const {
    if (!exception.empty()) return "threw: " + exception;
    if (success) return "passed for a success";
    if (!error) return "became an outcome";
    return std::string(to_string(error->category)) + ", " + std::string(to_string(error->delivery));
}

std::string_view to_string(OperationKind kind) noexcept {
    switch (kind) {
        case OperationKind::send:
            return "send";
        case OperationKind::verify:
            return "verify";
        case OperationKind::confirmation:
            return "confirmation";
    }
    return "?";
}

OperationCheck::OperationCheck(
    OperationKind kind,
    AdapterUnderTest const& subject,
    DocumentedAnswers const& answers,
    Decode decode,
    std::string request_body,
    std::vector<Identity> identities,
    Observations& observations
)
    : kind_(kind),
      subject_(subject),
      answers_(answers),
      decode_(std::move(decode)),
      request_body_(std::move(request_body)),
      identities_(std::move(identities)),
      observations_(observations),
      successes_(json_answers(answers.successes)),
      refusals_(json_answers(answers.refusals)),
      documented_members_(members_of_answers(subject)) {}

void OperationCheck::fail(Attack const& attack, std::string const& what) {
    fail(attack, attack.check.cause, what);
}

void OperationCheck::fail(Attack const& attack, Cause cause, std::string const& what) {
    observations_.push_back(
        {std::string(to_string(kind_)),
         std::string(attack.check.name),
         cause,
         attack.place,
         without_canaries(attack.input, subject_) + ": " + what}
    );
}

/// Under a status that is none of a success, the body is not to blame.
void OperationCheck::fail_as_success(Attack const& attack, int status, Seen const& seen) {
    auto const cause = is_success_class(status) ? attack.check.cause : Cause::ignores_status;
    fail(attack, cause, seen.describe());
}

Seen OperationCheck::see(Attack const& attack, HttpResponse const& response) {
    auto seen = decode_(response);
    if (!seen.exception.empty()) fail(attack, Cause::throws, seen.describe());
    if (seen.question.value_or(HttpMethod::get) != HttpMethod::get) {
        fail(
            attack,
            Cause::unsafe_question,
            "is followed by a question that is no GET: it may not be safe to repeat"
        );
    }
    if (!seen.error) return seen;
    if (seen.error->delivery == Delivery::accepted) {
        fail(attack, Cause::accepted_error, "an error with delivery accepted");
    }
    bool const proves_nothing =
        response.status >= 300 && delivery_of_refusal(response.status) == Delivery::unknown;
    if (proves_nothing && seen.error->delivery == Delivery::not_sent) {
        fail(
            attack,
            Cause::certain_without_proof,
            "not_sent after a " + std::to_string(response.status)
        );
    }
    return seen;
}

void OperationCheck::expect_not_understood(Attack const& attack, HttpResponse const& response) {
    auto const seen = see(attack, response);
    if (seen.success || (!seen.error && seen.exception.empty())) {
        return fail_as_success(attack, response.status, seen);
    }
    if (seen.error && seen.error->delivery == Delivery::not_sent) {
        fail(
            attack,
            Cause::certain_about_nonsense,
            "not_sent, though the answer cannot be understood"
        );
    }
}

void OperationCheck::expect_doubt(Attack const& attack, HttpResponse const& response) {
    auto const seen = see(attack, response);
    if (seen.success) return fail_as_success(attack, response.status, seen);
    if (seen.error && seen.error->delivery == Delivery::not_sent) {
        fail(
            attack,
            Cause::certain_about_nonsense,
            "not_sent, though the answer has the documented success, too"
        );
    }
}

void OperationCheck::expect_no_success(Attack const& attack, HttpResponse const& response) {
    auto const seen = see(attack, response);
    if (seen.success) fail_as_success(attack, response.status, seen);
}

bool OperationCheck::is_decisive(std::string const& pointer) const {
    auto const& decisive = answers_.decisive;
    return std::find(decisive.begin(), decisive.end(), pointer) != decisive.end();
}

bool OperationCheck::is_success_status(int status) const {
    auto const& successes = answers_.successes;
    return std::any_of(successes.begin(), successes.end(), [status](auto const& success) {
        return success.status == status;
    });
}

bool OperationCheck::is_about_other_things(std::string_view pointer) const {
    auto const& places = answers_.about_other_things;
    return std::any_of(places.begin(), places.end(), [pointer](std::string const& place) {
        return pointer == place || pointer.starts_with(place + '/');
    });
}

bool OperationCheck::is_in_some_success(std::string const& pointer) const {
    return std::any_of(successes_.begin(), successes_.end(), [&pointer](JsonAnswer const& success) {
        boost::system::error_code failure;
        return success.body.find_pointer(pointer, failure) != nullptr;
    });
}

HttpResponse json_answer(int status, std::string body) {
    return HttpResponse(
        status,
        {{"content-type", "application/json"}, {"content-length", std::to_string(body.size())}},
        std::string(body)
    );
}

bool is_callers_fault(ErrorCategory category) {
    using enum ErrorCategory;
    static constexpr std::array faults{
        invalid_request,
        invalid_recipient,
        recipient_not_found,
        recipient_conflict,
        recipient_throttled,
        unsupported,
        config_invalid};
    return std::find(faults.begin(), faults.end(), category) != faults.end();
}

std::string shown(Error const& error) {
    std::ostringstream line;
    line << error << '\n' << boost::json::serialize(to_json(error));
    return line.str();
}

}  // namespace otp::conformance
