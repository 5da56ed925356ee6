#pragma once

#include "vendor/vendor_answer.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// One reserved recipient with what it is answered.
struct ReservedAnswer {
    ReservedRecipient listed;
    MockResponse response;
    /// Whether the request is obeyed and its own answer sent, in the listed way of transfer.
    bool obeyed{false};
};

/// The reserved recipients of one vendor, and what each is answered.
class ReservedAnswers {
public:
    explicit ReservedAnswers(std::string vendor) : vendor_(std::move(vendor)) {}

    void add(
        MockStep step,
        std::string recipient,
        MockResponse response,
        std::string marker,
        std::string provokes
    );

    /// A recipient whose requests the vendor obeys, but answers in a peculiar form.
    void add_variant(
        MockStep step,
        std::string recipient,
        int http_status,
        std::string marker,
        std::string provokes
    );

    /// What can befall an exchange with any vendor: gateways' errors, broken bodies, slow answers,
    /// cut connections. `recipient_of` gets a trouble's name and its number, from 1 on.
    /// `obeyed_status`: the status of a request that succeeds.
    void add_troubles(
        MockStep step,
        int obeyed_status,
        std::function<std::string(std::string_view name, int number)> const& recipient_of
    );

    /// The recipient's answer if it is reserved for the step, else what `obey` answers.
    [[nodiscard]] VendorAnswer answer(
        MockStep step, std::string_view recipient, std::function<VendorAnswer()> const& obey
    ) const;

    [[nodiscard]] std::vector<ReservedAnswer> const& all() const noexcept { return answers_; }

private:
    std::string vendor_;
    std::vector<ReservedAnswer> answers_;
};

}  // namespace otp::mocks
