#include <otp/conformance/recorded_answers.hpp>
#include <otp/error.hpp>
#include <otp/testing/recording.hpp>
#include <otp/testing/request_match.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::conformance {
namespace {

/// One operation of the subject.
struct Operation {
    std::string_view name;
    HttpRequest request;
    DocumentedAnswers* answers;
};

/// The questions that the adapter asks after an approval are known only by their answers.
std::optional<HttpRequest> question_of(
    AdapterUnderTest const& subject, std::vector<testing::Recording> const& recordings
) {
    for (auto const& recording : recordings) {
        auto const response = recording.response.to_response();
        auto question =
            subject.adapter.encode_confirmation(subject.verify, response, subject.context);
        if (question) return question;
    }
    return std::nullopt;
}

std::vector<Operation> operations_of(
    AdapterUnderTest& subject, std::vector<testing::Recording> const& recordings
) {
    std::vector<Operation> operations;
    auto send = subject.adapter.encode_send(subject.send, subject.context).value();
    operations.push_back({"send", std::move(send), &subject.send_answers});
    auto verify = subject.adapter.encode_verify(subject.verify, subject.context).value();
    operations.push_back({"verify", std::move(verify), &subject.verify_answers});
    if (auto question = question_of(subject, recordings)) {
        operations.push_back({"confirm", std::move(*question), &subject.confirmation_answers});
    }
    return operations;
}

std::string_view next_segment(std::string_view& path) {
    auto const end = path.find('/');
    auto const segment = path.substr(0, end);
    path.remove_prefix(end == path.npos ? path.size() : end + 1);
    return segment;
}

/// Whether the target is one of the route, whatever stands for its placeholders.
bool is_of_route(std::string_view target, std::string_view route) {
    target = target.substr(0, target.find('?'));
    route = route.substr(0, route.find('?'));
    while (!target.empty() && !route.empty()) {
        auto const segment = next_segment(target);
        auto const of_route = next_segment(route);
        bool const is_placeholder = of_route.starts_with('{') && of_route.ends_with('}');
        if (!is_placeholder && segment != of_route) return false;
    }
    return target.empty() && route.empty();
}

bool is_of(testing::Recording const& recording, Operation const& operation) {
    if (auto const* const named = recording.input.if_contains("operation")) {
        return named->is_string() && named->get_string() == operation.name;
    }
    return recording.request.method == operation.request.method &&
           is_of_route(recording.request.target, operation.request.route);
}

bool is_success(testing::Recording const& recording) {
    if (recording.expect.contains("category")) return false;
    auto const* const outcome = recording.expect.if_contains("outcome");
    if (outcome != nullptr) return *outcome == "approved";
    return recording.response.status >= 200 && recording.response.status <= 299;
}

void add(testing::Recording const& recording, Operation const& operation) {
    if (!is_success(recording)) {
        operation.answers->refusals.push_back(recording.response.to_response());
    } else if (testing::compare(recording, operation.request).empty()) {
        operation.answers->successes.push_back(recording.response.to_response());
    }
}

}  // namespace

void add_recorded_answers(AdapterUnderTest& subject, std::filesystem::path const& folder) {
    auto const recordings = testing::load_recordings(folder);
    for (auto const& operation : operations_of(subject, recordings)) {
        for (auto const& recording : recordings) {
            if (is_of(recording, operation)) add(recording, operation);
        }
        if (!operation.answers->successes.empty()) continue;
        throw ErrorException(Error(
            ErrorCategory::config_invalid,
            folder.string() + " has no success of " + std::string(operation.name) +
                " whose request is the one under test: record one, or let the test ask what a "
                "recording asks"
        ));
    }
}

}  // namespace otp::conformance
