#pragma once

#include "delivery/run/loop.hpp"
#include "unit/delivery/held_transport.hpp"
#include "unit/delivery/hooked_clock.hpp"
#include "unit/delivery/plain_grant.hpp"

#include <otp/send_otp.hpp>
#include <otp/verify_otp.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace otp::test {

/// What an operation calls, beside its transport.
enum class Seam {
    random,
    sent_texts,
    encode,
    decode,
    question,
    describe,
    hints,
    handle,
    completion
};

/// What a test throws.
struct Thrown : std::runtime_error {
    Thrown() : std::runtime_error("thrown by the test") {}
};

/// What an attempt was encoded with.
struct Encoded {
    std::string adapter;
    std::string instance;
    Clock::UtcTime now;
    std::string reference;
    bool hints_are_fitted;
};

/// What is asked and answered in one operation, and what was asked so far.
struct OperationScript {
    /// Is called at a seam, each time. May throw, cancel, or let time pass.
    std::map<Seam, std::function<void()>> at;
    /// Of instances that refuse the request.
    std::map<std::string, Error> refusals;
    HttpMethod method{HttpMethod::post};
    /// What answers mean, by status; others are a success.
    std::map<int, Error> errors;
    /// The method of a question behind the first success.
    std::optional<HttpMethod> question;
    /// Whether a code can be checked although the answer is lost.
    bool has_handle{false};
    std::string traceparent;
    OperationKind kind{OperationKind::send};
    /// What the vendor said of the code, if it was asked.
    std::optional<VerificationOutcome> judgement;

    std::vector<Encoded> encoded;
    int questions{0};
    /// How often it has ended.
    int ends{0};
    bool may_have_sent_more{false};
    /// Of a failure.
    std::optional<Error> error;
    /// Of a success.
    std::optional<std::vector<Attempt>> attempts;
};

/// One candidate, and who answers it.
struct Candidate {
    explicit Candidate(std::string const& name);

    std::shared_ptr<delivery::Instance> shared{std::make_shared<delivery::Instance>()};
    delivery::Instance& instance{*shared};
    std::shared_ptr<HeldTransport> transport{std::make_shared<HeldTransport>()};
    PlainGrant grant;
    std::shared_ptr<HeldTransport> token_endpoint{std::make_shared<HeldTransport>()};
};

/// One operation, on one thread and in virtual time, over parts that do what the test says. What
/// an operation is made of stands in operation_fixture.cpp alone.
class OperationTest : public ::testing::Test {
protected:
    OperationTest();
    ~OperationTest() override;
    void TearDown() override;

    /// Adds a candidate behind the others, which makes one attempt unless its configuration is
    /// changed before the operation is made. Its vendor is called `<name>-vendor`; the documents of
    /// one whose name begins with `repeating` ask for a repetition after 500 to 503.
    Candidate& add(std::string const& name);
    Candidate& add_with_token(std::string const& name);
    /// The cache holds `token` from now on, and not the one before.
    void keep_token(Candidate& candidate, std::string const& token);

    void make(std::chrono::milliseconds time_limit = std::chrono::seconds(10));
    void start();
    /// Both, and runs until its first request is made.
    void begin() {
        make();
        start();
        settle();
    }
    void cancel();
    /// Runs until nothing is left to do at this moment.
    void settle();

    [[nodiscard]] bool ended() const { return script.ends == 1; }
    [[nodiscard]] bool succeeded() const { return ended() && script.attempts; }
    /// Of an operation that has failed.
    [[nodiscard]] Error const& error() const;
    /// Of an operation that has ended.
    [[nodiscard]] std::vector<Attempt> const& attempts() const;
    [[nodiscard]] std::vector<Decision> decisions() const;
    [[nodiscard]] std::vector<DecisionReason> reasons() const;

    [[nodiscard]] static Error said(
        ErrorCategory category, std::string message, Delivery delivery = Delivery::not_sent
    ) {
        return Error(category, std::move(message), delivery);
    }
    /// The access token that a request is made with; empty if it has none.
    [[nodiscard]] static std::string token_of(HeldTransport::Held const& held) {
        std::string token;
        for (auto const& header : held.request.headers) {
            if (header.name == "authorization") token += header.value;
        }
        return token.starts_with("Bearer ") ? token.substr(7) : token;
    }
    [[noreturn]] static void throw_it() { throw Thrown(); }

    boost::asio::io_context context{1};
    std::shared_ptr<HookedClock> clock{std::make_shared<HookedClock>()};
    OperationScript script;
    std::deque<Candidate> candidates;
    OnUnknown on_unknown{OnUnknown::stop};
    std::optional<std::size_t> max_attempts;
    delivery::Environment environment_;

private:
    SendOtp request_;
    VerifyOtp check_;
    std::vector<std::shared_ptr<delivery::Instance>> asked_;
    class Operation;
    std::shared_ptr<Operation> operation_;
};

}  // namespace otp::test
