// A refusal of credentials where this machine's clock is wrong.
#include "unit/client/client_fixture.hpp"

#include <otp/testing/scripted_transport.hpp>

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

// Twenty minutes after the clock of a test.
constexpr auto later = "Thu, 01 Jan 2026 00:20:00 GMT";
constexpr auto on_time = "Thu, 01 Jan 2026 00:00:30 GMT";
constexpr auto behind = "this machine's clock is 20 minutes behind the answer's Date";

class RefusedCredentials : public ClientOfPlainVendor {
protected:
    void refuse(int status, std::string_view date) {
        script->add(testing::ScriptedStep(HttpResponse(status, {{"Date", date}}, "{}")));
    }
};

TEST_F(RefusedCredentials, NameTheDifferenceOfTheClocks) {
    refuse(401, later);
    EXPECT_THAT(send()->error().message, HasSubstr(behind));
    refuse(401, later);
    EXPECT_THAT(verify()->error().message, HasSubstr(behind));
    refuse(401, on_time);
    EXPECT_THAT(send()->error().message, Not(HasSubstr("clock")));
}

TEST_F(RefusedCredentials, AtTheTokenEndpointDoSo) {
    conduct->needs_token = true;
    refuse(401, later);
    EXPECT_THAT(send()->error().message, HasSubstr(behind));
    refuse(401, on_time);
    EXPECT_THAT(send()->error().message, Not(HasSubstr("clock")));
}

/// A client of Eko, whose requests are signed with the time.
class EkoWithAWrongClock : public ::testing::Test {
protected:
    EkoWithAWrongClock() {
        InstanceConfig instance;
        instance.name = "eko";
        instance.vendor = "eko";
        instance.environment = "sandbox";
        instance.credentials.emplace("developer_key", Secret("fake-developer-key"));
        instance.credentials.emplace("access_key", Secret("fake-access-key"));
        instance.options = {{"initiator_id", "9962981729"}, {"csp_id", "9002336768"}};
        ClientConfig config;
        config.instances.push_back(std::move(instance));
        config.routes = {{"login", {"eko"}}};
        ClientOptions options;
        options.transport = testing::scripted_transport_factory(script_);
        options.clock = std::make_shared<testing::ManualClock>();
        options.environment = nullptr;
        client_.emplace(context_.get_executor(), std::move(config), std::move(options));
    }

    Error refusal(HttpResponse response) {
        script_->add(testing::ScriptedStep(std::move(response)));
        std::optional<Error> error;
        client_->async_send(
            "login",
            SendOtp(PhoneNumber::parse("+919002336768").value()),
            [&error](Result<SendReceipt> const& sent) { error = sent.error(); }
        );
        context_.restart();
        context_.poll();
        return error.value();
    }

    boost::asio::io_context context_{1};
    std::shared_ptr<testing::Script> script_{std::make_shared<testing::Script>()};
    std::optional<OtpClient> client_;
};

TEST_F(EkoWithAWrongClock, IsToldSo) {
    for (auto const* body : {"", "{}", R"({"status":1,"message":"Forbidden"})", "<html>"}) {
        auto const error = refusal(HttpResponse(403, {{"Date", later}}, body));
        EXPECT_THAT(error.message, HasSubstr(behind)) << body;
    }
    auto const error = refusal(HttpResponse(403, {{"Date", later}}, ""));
    EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(
        error.message,
        "the vendor refused the credentials; this machine's clock is 20 minutes behind the "
        "answer's Date, and a request that is signed with a wrong time is refused"
    );
}

TEST_F(EkoWithAWrongClock, IsNotToldByADateThatACacheHadKept) {
    auto const error = refusal(HttpResponse(403, {{"Date", later}, {"Age", "600"}}, "{}"));
    EXPECT_THAT(error.message, Not(HasSubstr("clock")));
}

}  // namespace
}  // namespace otp::test
