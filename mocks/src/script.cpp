#include "script.hpp"

#include "trouble.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {

void Script::add(
    MockStep step,
    std::string recipient,
    MockResponse response,
    std::string marker,
    std::string provokes
) {
    ScriptedAnswer scripted;
    scripted.listed = {
        vendor_,
        step,
        std::move(recipient),
        response.status,
        MockTransfer::complete,
        std::move(marker),
        std::move(provokes)};
    scripted.response = std::move(response);
    answers_.push_back(std::move(scripted));
}

void Script::add_variant(
    MockStep step, std::string recipient, int http_status, std::string marker, std::string provokes
) {
    ScriptedAnswer scripted;
    scripted.listed = {
        vendor_,
        step,
        std::move(recipient),
        http_status,
        MockTransfer::complete,
        std::move(marker),
        std::move(provokes)};
    scripted.obeyed = true;
    answers_.push_back(std::move(scripted));
}

void Script::add_troubles(
    MockStep step,
    int obeyed_status,
    std::function<std::string(std::string_view name, int number)> const& recipient_of
) {
    int number = 0;
    for (Trouble const& trouble : troubles()) {
        ScriptedAnswer scripted;
        scripted.response = trouble.response;
        scripted.obeyed = trouble.obeyed;
        int status = trouble.obeyed ? obeyed_status : trouble.response.status;
        auto const transfer = trouble.response.transfer;
        if (transfer == MockTransfer::cut_before_response ||
            transfer == MockTransfer::cut_in_response) {
            status = 0;
        }
        scripted.listed = {
            vendor_,
            step,
            recipient_of(trouble.name, ++number),
            status,
            transfer,
            std::string(trouble.marker),
            std::string(trouble.provokes)};
        answers_.push_back(std::move(scripted));
    }
}

MockResponse Script::answer(
    MockStep step, std::string_view recipient, std::function<MockResponse()> const& obey
) const {
    auto const found = std::ranges::find_if(answers_, [&](ScriptedAnswer const& each) {
        return each.listed.step == step && each.listed.recipient == recipient;
    });
    if (found == answers_.end()) return obey();
    if (!found->obeyed) return found->response;
    auto response = obey();
    response.transfer = found->response.transfer;
    return response;
}

}  // namespace otp::mocks
