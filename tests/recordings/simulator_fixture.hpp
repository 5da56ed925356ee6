#pragma once

#include "support/temporary_directory.hpp"

#include <otp/client.hpp>
#include <otp/error.hpp>
#include <otp/testing/manual_clock.hpp>
#include <otp/testing/simulator.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// A client of the simulator on one thread, in virtual time.
class SimulatorTest : public ::testing::Test {
protected:
    using Sent = std::optional<Result<SendReceipt>>;
    using Verified = std::optional<Result<Verification>>;

    /// Instances with these names, in this order on the route `login`, all with one scenario.
    [[nodiscard]] ClientConfig config(std::vector<std::string> const& names = {"main"}) const {
        ClientConfig made;
        for (auto const& name : names) {
            auto& instance = made.instances.emplace_back();
            instance.name = name;
            instance.vendor = "simulator";
            instance.options = options;
            instance.delivery.retry.attempts = 1;
        }
        made.routes.push_back({"login", names});
        return made;
    }

    [[nodiscard]] ClientOptions client_options() const {
        ClientOptions made;
        made.vendors = testing::registry_with_simulator(simulator);
        made.clock = clock;
        made.environment = nullptr;
        made.environment_names = nullptr;
        return made;
    }

    /// Of the scenario with that JSON.
    void use_scenario(std::string const& text) {
        options["scenario"] = folder.write("scenario.json", text).string();
    }

    void make_client(std::vector<std::string> const& names = {"main"}) {
        client.emplace(context.get_executor(), config(names), client_options());
    }

    /// Runs until nothing is left to do at this moment.
    void settle() {
        context.restart();
        context.poll();
    }
    void advance(std::chrono::milliseconds duration) {
        clock->advance(duration);
        settle();
    }

    static Recipient recipient(std::string const& to) {
        if (to.starts_with('+')) return PhoneNumber::parse(to).value();
        return EmailAddress::parse(to).value();
    }

    void begin_send(Sent& outcome, SendOtp request) {
        if (!client) make_client();
        client->async_send(
            "login",
            std::move(request),
            boost::asio::bind_cancellation_slot(
                cancellation.slot(),
                [&outcome](Result<SendReceipt> sent) {
                    ASSERT_FALSE(outcome) << "completed twice";
                    outcome.emplace(std::move(sent));
                }
            )
        );
        settle();
    }
    void begin_send(Sent& outcome, std::string const& to) {
        begin_send(outcome, SendOtp(recipient(to)));
    }
    /// Until it is done, whatever time it takes.
    [[nodiscard]] Result<SendReceipt> send(std::string const& to) {
        Sent outcome;
        begin_send(outcome, to);
        for (int waits = 0; !outcome && waits < 20; ++waits) advance(std::chrono::seconds(1));
        return std::move(outcome.value());
    }

    [[nodiscard]] Result<Verification> verify(
        VerificationHandle const& handle, std::string const& code
    ) {
        Verified outcome;
        client->async_verify(
            VerifyOtp(handle, OtpCode::parse(code).value()),
            [&outcome](Result<Verification> verified) { outcome.emplace(std::move(verified)); }
        );
        settle();
        for (int waits = 0; !outcome && waits < 20; ++waits) advance(std::chrono::seconds(1));
        return std::move(outcome.value());
    }
    /// `approved`, `wrong_code`, …, or `error: ` and its category.
    [[nodiscard]] std::string check(VerificationHandle const& handle, std::string const& code) {
        auto const verified = verify(handle, code);
        if (!verified) return "error: " + std::string(to_string(verified.error().category));
        return std::string(to_string(verified->outcome));
    }
    /// The code that the person has; empty if there is none.
    [[nodiscard]] std::string code_for(std::string const& to) const {
        auto const message = simulator.latest(to);
        return message ? message->code : std::string();
    }

    boost::asio::io_context context{1};
    std::shared_ptr<testing::ManualClock> clock{std::make_shared<testing::ManualClock>()};
    testing::Simulator simulator;
    TemporaryDirectory folder;
    std::map<std::string, std::string, std::less<>> options;
    boost::asio::cancellation_signal cancellation;
    std::optional<OtpClient> client;
};

/// A code of six digits that is not `code`.
inline std::string another(std::string code) {
    code.front() = code.front() == '0' ? '1' : '0';
    return code;
}

}  // namespace otp::test
