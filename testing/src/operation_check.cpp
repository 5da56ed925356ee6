#include "operation_check.hpp"

#include "spoilt_bodies.hpp"

#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

namespace otp::testing {
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
    std::vector<ConformanceFailure>& failures
)
    : kind_(kind),
      subject_(subject),
      answers_(answers),
      decode_(std::move(decode)),
      request_body_(std::move(request_body)),
      identities_(std::move(identities)),
      failures_(failures),
      successes_(json_answers(answers.successes)),
      refusals_(json_answers(answers.refusals)),
      documented_members_(members_of_answers(subject)) {}

void OperationCheck::fail(std::string_view check, std::string const& input, std::string what) {
    failures_.push_back(
        {std::string(to_string(kind_)) + ": " + std::string(check), input + ": " + std::move(what)}
    );
}

Seen OperationCheck::see(
    std::string_view check, std::string const& input, HttpResponse const& response
) {
    auto seen = decode_(response);
    if (!seen.exception.empty()) fail(check, input, seen.describe());
    if (seen.question.value_or(HttpMethod::get) != HttpMethod::get) {
        fail(
            check, input, "is followed by a question that is no GET: it may not be safe to repeat"
        );
    }
    if (!seen.error) return seen;
    if (seen.error->delivery == Delivery::accepted) {
        fail(check, input, "an error with delivery accepted");
    }
    bool const proves_nothing =
        response.status >= 300 && delivery_of_refusal(response.status) == Delivery::unknown;
    if (proves_nothing && seen.error->delivery == Delivery::not_sent) {
        fail(check, input, "not_sent after a " + std::to_string(response.status));
    }
    return seen;
}

void OperationCheck::expect_not_understood(
    std::string_view check, std::string const& input, HttpResponse const& response
) {
    auto const seen = see(check, input, response);
    if (seen.success) return fail(check, input, seen.describe());
    if (!seen.error && seen.exception.empty()) fail(check, input, seen.describe());
    if (seen.error && seen.error->delivery == Delivery::not_sent) {
        fail(check, input, "not_sent, though the answer cannot be understood");
    }
}

void OperationCheck::expect_doubt(
    std::string_view check, std::string const& input, HttpResponse const& response
) {
    auto const seen = see(check, input, response);
    if (seen.success) return fail(check, input, seen.describe());
    if (seen.error && seen.error->delivery == Delivery::not_sent) {
        fail(check, input, "not_sent, though the answer has the documented success, too");
    }
}

void OperationCheck::expect_no_success(
    std::string_view check, std::string const& input, HttpResponse const& response
) {
    auto const seen = see(check, input, response);
    if (seen.success) fail(check, input, seen.describe());
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

}  // namespace otp::testing
