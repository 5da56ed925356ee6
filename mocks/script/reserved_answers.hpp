#pragma once

#include "vendor/vendor_answer.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::mocks {

/// One reserved recipient with what it is answered.
struct ReservedAnswer {
    ReservedRecipient listed;
    MockResponse response;
    /// Whether the request is obeyed and its own answer sent, in the listed way
    /// of transfer.
    bool obeyed{false};
    /// Lower case and `_`. Several recipients of a step may have the same answer,
    /// under one name.
    std::string name;
    /// One line for people who choose the answer by its name.
    std::string title;
    /// Of a refusal. `broken_by` is empty where the document blames no part of
    /// the request.
    std::optional<Explanation> why{};
};

/// What tests and people are told of a reserved recipient's answer.
struct AnswerLabel {
    /// See `ReservedAnswer`.
    std::string name;
    /// See `ReservedRecipient`.
    std::string marker;
    std::string provokes;
    /// See `ReservedAnswer`; like `provokes` if it is empty.
    std::string title{};
};

/// The reserved recipients of one vendor, and what each is answered.
class ReservedAnswers {
public:
    explicit ReservedAnswers(std::string vendor) : vendor_(std::move(vendor)) {}

    /// A recipient whose requests are refused, as a document says.
    void add(MockStep step, std::string recipient, Refusal refusal, AnswerLabel label);

    /// A recipient whose requests are not obeyed, though the answer says no such
    /// thing.
    void add(MockStep step, std::string recipient, MockResponse response, AnswerLabel label);

    /// A recipient whose requests the vendor obeys, but answers in a peculiar
    /// form.
    void add_variant(
        MockStep step,
        std::string recipient,
        int http_status,
        std::string marker,
        std::string provokes
    );

    /// What can befall an exchange with any vendor: gateways' errors, broken
    /// bodies, slow answers, cut connections. `recipient_of` gets a trouble's
    /// name and its number, from 1 on. `obeyed_status`: the status of a request
    /// that succeeds.
    void add_troubles(
        MockStep step,
        int obeyed_status,
        std::function<std::string(std::string_view name, int number)> const& recipient_of
    );

    /// The recipient's answer if it is reserved for the step, else what `obey`
    /// answers. `stands_in`: the part of the request that names the recipient, as
    /// `Explanation::broken_by`.
    [[nodiscard]] VendorAnswer answer(
        MockStep step,
        std::string_view recipient,
        std::string_view stands_in,
        std::function<VendorAnswer()> const& obey
    ) const;

    [[nodiscard]] std::vector<ReservedAnswer> const& all() const noexcept { return answers_; }

private:
    [[nodiscard]] ReservedRecipient listed(
        MockStep step, std::string recipient, int http_status, AnswerLabel const& label
    ) const;

    std::string vendor_;
    std::vector<ReservedAnswer> answers_;
};

}  // namespace otp::mocks
