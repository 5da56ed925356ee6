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

void ReservedAnswers::add(
    MockStep step,
    std::string recipient,
    MockResponse response,
    std::string marker,
    std::string provokes
) {
    int const status = response.status;
    answers_.push_back(
        {{vendor_,
          step,
          std::move(recipient),
          status,
          MockTransfer::complete,
          std::move(marker),
          std::move(provokes)},
         std::move(response),
         false}
    );
}

void ReservedAnswers::add_variant(
    MockStep step, std::string recipient, int http_status, std::string marker, std::string provokes
) {
    answers_.push_back(
        {{vendor_,
          step,
          std::move(recipient),
          http_status,
          MockTransfer::complete,
          std::move(marker),
          std::move(provokes)},
         MockResponse(),
         true}
    );
}

void ReservedAnswers::add_troubles(
    MockStep step,
    int obeyed_status,
    std::function<std::string(std::string_view name, int number)> const& recipient_of
) {
    int number = 0;
    for (Trouble const& trouble : troubles()) {
        answers_.push_back(
            {{vendor_,
              step,
              recipient_of(trouble.name, ++number),
              status_of(trouble, obeyed_status),
              trouble.response.transfer,
              std::string(trouble.marker),
              std::string(trouble.provokes)},
             trouble.response,
             trouble.obeyed}
        );
    }
}

VendorAnswer ReservedAnswers::answer(
    MockStep step, std::string_view recipient, std::function<VendorAnswer()> const& obey
) const {
    auto const found = std::ranges::find_if(answers_, [&](ReservedAnswer const& each) {
        return each.listed.step == step && each.listed.recipient == recipient;
    });
    if (found == answers_.end()) return obey();
    if (!found->obeyed) return found->response;
    auto answer = obey();
    answer.response.transfer = found->response.transfer;
    return answer;
}

}  // namespace otp::mocks
