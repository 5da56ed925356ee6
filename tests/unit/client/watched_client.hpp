#pragma once

#include "unit/client/plain_vendor.hpp"
#include "unit/client/watched_transport.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// A client of the vendor `plain`, over transports that keep what they are asked for.
class WatchedClient : public ::testing::Test {
protected:
    using Sent = std::optional<Result<SendReceipt>>;

    // What is held keeps the client, which keeps the transports.
    void TearDown() override {
        is_over_ = true;
        for (auto const& transport : transports) {
            transport->after_request = nullptr;
            transport->close();
        }
        settle();
    }

    [[nodiscard]] OtpClient make_client() {
        ClientOptions options;
        options.threading = threading;
        options.vendors = plain_registry(conduct);
        options.clock = clock;
        options.environment = [this](std::string const& name) -> std::optional<std::string> {
            auto const found = variables.find(name);
            if (found == variables.end()) return std::nullopt;
            return found->second;
        };
        options.environment_names = nullptr;
        options.transport = [this](TransportSettings const& settings) {
            transports.push_back(std::make_shared<WatchedTransport>(settings));
            return Result<std::shared_ptr<Transport>>(transports.back());
        };
        auto const& user = executor ? *executor : context.get_executor();
        return OtpClient(user, std::move(config), std::move(options));
    }
    [[nodiscard]] OtpClient& client() {
        if (!client_) client_.emplace(make_client());
        return *client_;
    }
    void destroy_client() { client_.reset(); }

    /// In the order in which they were made.
    [[nodiscard]] WatchedTransport& transport(std::size_t number = 0) {
        return *transports.at(number);
    }

    static SendOtp request() { return SendOtp(PhoneNumber::parse("+12025550162").value()); }
    /// A handler that fills `outcome`, once and during the test.
    template <class Outcome>
    [[nodiscard]] auto keep_in(std::optional<Outcome>& outcome) {
        return [this, &outcome](Outcome made) {
            if (is_over_) return;
            ASSERT_FALSE(outcome) << "completed twice";
            outcome.emplace(std::move(made));
        };
    }
    /// Begins a send; `outcome` is filled when it is done.
    void begin_send(Sent& outcome) {
        client().async_send("login", request(), keep_in(outcome));
        settle();
    }
    /// Runs until nothing is left to do at this moment.
    void settle() {
        context.restart();
        context.poll();
    }

    boost::asio::io_context context{1};
    std::shared_ptr<testing::ManualClock> clock{std::make_shared<testing::ManualClock>()};
    std::shared_ptr<PlainVendorConduct> conduct{std::make_shared<PlainVendorConduct>()};
    ClientConfig config{plain_config({"main"})};
    Threading threading{Threading::multiple};
    /// Instead of the context's.
    std::optional<boost::asio::any_io_executor> executor;
    /// The environment.
    std::map<std::string, std::string> variables;
    std::vector<std::shared_ptr<WatchedTransport>> transports;

private:
    std::optional<OtpClient> client_;
    bool is_over_{false};
};

/// The outcome in two words.
template <class Value>
[[nodiscard]] std::string say(std::optional<Result<Value>> const& outcome) {
    if (!outcome) return "none";
    if (*outcome) return "success";
    auto const& error = outcome->error();
    return std::string(to_string(error.category)) + ' ' + std::string(to_string(error.delivery));
}

}  // namespace otp::test
