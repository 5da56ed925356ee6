#include "script/reserved_answers.hpp"

#include "script/trouble.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {
namespace {

/// The status that a client sees; 0 if the connection is cut.
int status_of(Trouble const& trouble, int obeyed_status) {
    auto const transfer = trouble.response.transfer;
    bool const cut =
        transfer == MockTransfer::cut_before_response || transfer == MockTransfer::cut_in_response;
    if (cut) return 0;
    return trouble.obeyed ? obeyed_status : trouble.response.status;
}

}  // namespace

ReservedRecipient ReservedAnswers::listed(
    MockStep step, std::string recipient, int http_status, AnswerLabel const& label
) const {
    return {
        vendor_,
        step,
        std::move(recipient),
        http_status,
        MockTransfer::complete,
        label.marker,
        label.provokes};
}

void ReservedAnswers::add(
    MockStep step, std::string recipient, Refusal refusal, AnswerLabel label
) {
    add(step, std::move(recipient), std::move(refusal.response), std::move(label));
    answers_.back().why = std::move(refusal.why);
}

void ReservedAnswers::add(
    MockStep step, std::string recipient, MockResponse response, AnswerLabel label
) {
    auto entry = listed(step, std::move(recipient), response.status, label);
    auto& title = label.title.empty() ? label.provokes : label.title;
    answers_.push_back(
        {std::move(entry), std::move(response), false, std::move(label.name), std::move(title)}
    );
}

void ReservedAnswers::add_variant(
    MockStep step, std::string recipient, int http_status, std::string marker, std::string provokes
) {
    AnswerLabel const label{{}, std::move(marker), std::move(provokes)};
    answers_.push_back(
        {listed(step, std::move(recipient), http_status, label), {}, true, {}, label.provokes}
    );
}

void ReservedAnswers::add_troubles(
    MockStep step,
    int obeyed_status,
    std::function<std::string(std::string_view name, int number)> const& recipient_of
) {
    int number = 0;
    for (Trouble const& trouble : troubles()) {
        AnswerLabel const label{
            std::string(trouble.name), std::string(trouble.marker), std::string(trouble.provokes)};
        auto entry = listed(
            step, recipient_of(trouble.name, ++number), status_of(trouble, obeyed_status), label
        );
        entry.transfer = trouble.response.transfer;
        answers_.push_back(
            {std::move(entry),
             trouble.response,
             trouble.obeyed,
             label.name,
             label.provokes,
             trouble.why}
        );
    }
}

VendorAnswer ReservedAnswers::answer(
    MockStep step,
    std::string_view recipient,
    std::string_view stands_in,
    std::function<VendorAnswer()> const& obey
) const {
    auto const found = std::ranges::find_if(answers_, [&](ReservedAnswer const& each) {
        return each.listed.step == step && each.listed.recipient == recipient;
    });
    if (found == answers_.end()) return obey();
    if (found->obeyed) {
        auto answer = obey();
        answer.response.transfer = found->response.transfer;
        return answer;
    }
    VendorAnswer answer(found->response);
    if (!found->why) return answer;
    answer.why = *found->why;
    answer.why->demands.insert(0, "Played, as the recipient is reserved for it: ");
    if (answer.why->broken_by.empty()) answer.why->broken_by = stands_in;
    return answer;
}

}  // namespace otp::mocks
