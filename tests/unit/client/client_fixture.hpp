#pragma once

#include "unit/client/plain_vendor.hpp"

#include <otp/testing/manual_clock.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// A client of the vendor `plain` on one thread, in virtual time, over a script.
class ClientOfPlainVendor : public ::testing::Test {
protected:
    using Sent = std::optional<Result<SendReceipt>>;
    using Verified = std::optional<Result<Verification>>;

    /// The vendor answers.
    void answer(int status, std::string body) {
        script->add(testing::ScriptedStep(HttpResponse(status, {}, std::move(body))));
    }
    /// The exchange fails in `phase`, after `bytes` of the request had left.
    void fail(ErrorCategory category, ExchangePhase phase, std::uint64_t bytes) {
        HttpExchange exchange(Error(category, "broken"));
        exchange.bytes_taken = bytes;
        exchange.phase = phase;
        script->add(testing::ScriptedStep(std::move(exchange)));
    }

    [[nodiscard]] OtpClient& client() {
        if (!client_) {
            ClientOptions options;
            options.threading = threading;
            options.vendors = plain_registry(conduct);
            options.transport = testing::scripted_transport_factory(script);
            options.clock = clock;
            options.observers = observers;
            options.environment = [this](std::string const& name) -> std::optional<std::string> {
                auto const found = variables.find(name);
                if (found == variables.end()) return std::nullopt;
                return found->second;
            };
            options.environment_names = nullptr;
            auto config = plain_config(instances);
            config.deadline = deadline;
            for (auto& instance : config.instances) {
                instance.delivery.retry.attempts = attempts_at_one_instance;
                if (!credential.empty()) instance.credentials.emplace("key", Secret(credential));
            }
            client_.emplace(context.get_executor(), std::move(config), std::move(options));
        }
        return *client_;
    }

    void destroy_client() { client_.reset(); }

    static SendOtp send_request() { return SendOtp(PhoneNumber::parse("+12025550162").value()); }

    /// Runs until nothing is left to do at this moment.
    void settle() {
        context.restart();
        context.poll();
    }

    /// A handler that fills `outcome`, once.
    static auto keep_in(Sent& outcome) {
        return [&outcome](Result<SendReceipt> sent) {
            ASSERT_FALSE(outcome) << "completed twice";
            outcome.emplace(std::move(sent));
        };
    }
    /// Begins a send; `outcome` is filled when it is done.
    void begin_send(
        Sent& outcome, SendOtp request = send_request(), SendTarget target = SendTarget("login")
    ) {
        client().async_send(std::move(target), std::move(request), keep_in(outcome));
    }
    [[nodiscard]] Sent send(
        SendOtp request = send_request(), SendTarget target = SendTarget("login")
    ) {
        Sent outcome;
        begin_send(outcome, std::move(request), std::move(target));
        settle();
        return outcome;
    }

    /// Begins a check; `outcome` is filled when it is done.
    void begin_verify(Verified& outcome, VendorFields fields = {}) {
        VerificationHandle handle(instances.front(), "plain", Channel::sms);
        VerifyOtp request(std::move(handle), OtpCode::parse("481592").value());
        request.vendor_fields = std::move(fields);
        client().async_verify(
            std::move(request),
            boost::asio::bind_cancellation_slot(
                cancellation.slot(),
                [&outcome](Result<Verification> verified) {
                    ASSERT_FALSE(outcome) << "completed twice";
                    outcome.emplace(std::move(verified));
                }
            )
        );
        settle();
    }
    [[nodiscard]] Verified verify(VendorFields fields = {}) {
        Verified outcome;
        begin_verify(outcome, std::move(fields));
        return outcome;
    }

    /// The targets of all requests so far.
    [[nodiscard]] std::vector<std::string> targets() const {
        std::vector<std::string> all;
        for (auto const& seen : script->requests()) all.emplace_back(seen.request.target());
        return all;
    }

    /// The origins of all requests so far.
    [[nodiscard]] std::vector<std::string> origins() const {
        std::vector<std::string> all;
        for (auto const& seen : script->requests()) all.push_back(seen.base_url);
        return all;
    }

    boost::asio::io_context context{1};
    std::shared_ptr<testing::ManualClock> clock{std::make_shared<testing::ManualClock>()};
    std::shared_ptr<testing::Script> script{std::make_shared<testing::Script>()};
    std::shared_ptr<PlainVendorConduct> conduct{std::make_shared<PlainVendorConduct>()};
    std::vector<std::shared_ptr<Observer>> observers;
    std::vector<std::string> instances{"main"};
    std::size_t attempts_at_one_instance{1};
    Threading threading{Threading::multiple};
    std::chrono::milliseconds deadline{15000};
    /// Of every instance, if it is not empty.
    std::string credential;
    /// The environment.
    std::map<std::string, std::string> variables;
    boost::asio::cancellation_signal cancellation;

private:
    std::optional<OtpClient> client_;
};

}  // namespace otp::test
