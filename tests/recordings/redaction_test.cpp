#include "recordings/recorded_call.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/client.hpp>
#include <otp/json_body.hpp>
#include <otp/seam/transport.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// What a request took to the vendor does not get out of the client, whatever the adapter does.
namespace otp::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Keeps everything as the vendor wrote it.
class CarelessAdapter final : public ProviderAdapter {
public:
    explicit CarelessAdapter(VendorDescription const& description) : description_(description) {}

    VendorDescription const& vendor() const noexcept override { return description_; }
    std::string const& base_url() const noexcept override { return base_url_; }

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        if (send.channel == Channel::whatsapp) {
            return field_error(
                ErrorCategory::invalid_recipient,
                "/to/phone",
                "is no good: " + std::string(send.to.phone->reveal())
            );
        }
        return HttpRequest(HttpMethod::post, "/send");
    }
    Result<SendReceipt> decode_send(
        SendOtp const&, HttpResponse const& response, AttemptContext const& context
    ) const override {
        if (response.status != 200) return failure(response);
        SendReceipt receipt(
            VerificationHandle(std::string(context.instance), "careless", Channel::sms)
        );
        receipt.request_id = response.body;
        receipt.warnings = {response.body};
        return receipt;
    }
    Result<HttpRequest> encode_verify(VerifyOtp const&, AttemptContext const&) const override {
        return HttpRequest(HttpMethod::post, "/verify");
    }
    Result<Verification>
    decode_verify(VerifyOtp const&, HttpResponse const& response, AttemptContext const&)
        const override {
        if (response.status != 200) return failure(response);
        Verification verification(Verification::Outcome::rejected);
        verification.request_id = response.body;
        verification.vendor_code = response.body;
        return verification;
    }

private:
    static Error failure(HttpResponse const& response) {
        Error error(ErrorCategory::invalid_request, response.body);
        error.vendor_code = response.body;
        error.request_id = response.body;
        error.documentation_url = response.body;
        error.violations = {{response.body, response.body}};
        return error;
    }

    VendorDescription const& description_;
    std::string base_url_{"https://careless.example.com"};
};

VendorDescription const& careless_vendor() {
    static VendorDescription const description = [] {
        VendorDescription vendor;
        vendor.name = "careless";
        vendor.title = "Careless";
        vendor.channels = {Channel::sms};
        return vendor;
    }();
    return description;
}

SendOtp send_request() {
    return SendOtp(Recipient(PhoneNumber::parse("+12025550162").value()));
}

VerifyOtp verify_request() {
    return {
        VerificationHandle("careless", "careless", Channel::sms), OtpCode::parse("481592").value()};
}

/// A client with one instance and the answers that it gets.
class RedactionTest : public ::testing::Test {
protected:
    OtpClient make_client(InstanceConfig instance) {
        ClientOptions options;
        options.vendors.add(careless_vendor(), [](InstanceConfig const&) {
            return Result<std::unique_ptr<ProviderAdapter>>(
                std::make_unique<CarelessAdapter>(careless_vendor())
            );
        });
        options.transport = testing::scripted_transport_factory(script);
        ClientConfig config;
        instance_name_ = instance.name;
        instance.delivery.retry.attempts = 1;
        config.instances.push_back(std::move(instance));
        return OtpClient(context_.get_executor(), std::move(config), std::move(options));
    }

    static InstanceConfig careless_instance() {
        InstanceConfig instance;
        instance.name = "careless";
        instance.vendor = "careless";
        return instance;
    }

    void answer(int status, std::string body) {
        script->add(testing::ScriptedStep(HttpResponse(status, {}, std::move(body))));
    }

    Result<SendReceipt> send(OtpClient& client, SendOtp request) {
        std::optional<Result<SendReceipt>> outcome;
        client.async_send(
            SendTarget::instance(instance_name_),
            std::move(request),
            [&outcome](Result<SendReceipt> sent) { outcome.emplace(std::move(sent)); }
        );
        context_.restart();
        context_.run();
        return std::move(*outcome);
    }

    Result<Verification> verify(OtpClient& client, VerifyOtp request) {
        std::optional<Result<Verification>> outcome;
        client.async_verify(std::move(request), [&outcome](Result<Verification> verified) {
            outcome.emplace(std::move(verified));
        });
        context_.restart();
        context_.run();
        return std::move(*outcome);
    }

    static std::string printed(Error const& error) {
        std::ostringstream out;
        out << error << boost::json::serialize(to_json(error));
        for (auto const& attempt : error.attempts) out << boost::json::serialize(to_json(attempt));
        return out.str();
    }

    std::shared_ptr<testing::Script> script{std::make_shared<testing::Script>()};

private:
    boost::asio::io_context context_;
    std::string instance_name_;
};

TEST_F(RedactionTest, MasksWhatACarelessAdapterKeepsOfARefusal) {
    auto client = make_client(careless_instance());
    answer(400, "to 2025550162");
    auto const sent = send(client, send_request());
    ASSERT_FALSE(sent);
    EXPECT_THAT(printed(sent.error()), Not(HasSubstr("2025550162")));
    EXPECT_EQ(sent.error().message, "to ***");

    answer(400, "code 4.8.1.5.9.2");
    auto const verified = verify(client, verify_request());
    ASSERT_FALSE(verified);
    EXPECT_THAT(printed(verified.error()), Not(HasSubstr("4.8.1.5")));
    EXPECT_EQ(verified.error().attempts.at(0).request_id, "code ***");
}

TEST_F(RedactionTest, MasksWhatACarelessAdapterKeepsOfASuccess) {
    auto client = make_client(careless_instance());
    answer(200, "to 2025550162");
    auto const sent = send(client, send_request());
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->request_id, "to ***");
    EXPECT_EQ(sent->warnings.at(0), "to ***");
    EXPECT_EQ(sent->attempts.at(0).request_id, "to ***");

    answer(200, "code-4815");
    auto const verified = verify(client, verify_request());
    ASSERT_TRUE(verified);
    EXPECT_EQ(verified->request_id, "code-***");
    EXPECT_EQ(verified->vendor_code, "code-***");
    EXPECT_EQ(verified->attempts.at(0).request_id, "code-***");
}

TEST_F(RedactionTest, MasksWhatACarelessAdapterSaysOfARequestThatItRefuses) {
    auto client = make_client(careless_instance());
    auto request = send_request();
    request.channel = Channel::whatsapp;
    auto const sent = send(client, std::move(request));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().message, "/to/phone is no good: +***");
}

/// 10nPay with a grant, whose texts look like nothing secret.
InstanceConfig instance_with_grant() {
    auto instance = instance_for("10npay", {{"operation", "token"}});
    instance.credentials["client_secret"] = Secret("tulip-garden");
    return instance;
}

TEST_F(RedactionTest, LeavesTheLimitsThatAnAdapterNames) {
    auto client = make_client(instance_with_grant());
    auto request = send_request();
    request.to.user_ids["10npay"] = "2147483648";
    auto const sent = send(client, std::move(request));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().message, "/to/user_ids/10npay must be an integer from 1 to 2147483647");
    EXPECT_EQ(sent.error().violations.at(0).message, "must be an integer from 1 to 2147483647");
}

TEST_F(RedactionTest, LeavesWhatTheSdkSaysOfTheConnection) {
    auto client = make_client(careless_instance());
    std::string const message = "no connection to 192.0.2.17:443 in 2025550 ms";
    HttpExchange exchange(Error(ErrorCategory::connect_failed, message));
    script->add(testing::ScriptedStep(std::move(exchange)));
    auto request = send_request();
    request.client.ip_address = "192.0.2.17";
    auto const sent = send(client, std::move(request));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().message, message);
}

TEST_F(RedactionTest, MasksTheCredentialsThatATokenEndpointRepeats) {
    auto client = make_client(instance_with_grant());
    answer(400, R"({"error":"invalid_client","error_description":"tulip-garden is wrong"})");
    auto request = send_request();
    request.to.user_ids["10npay"] = "2077";
    auto const sent = send(client, std::move(request));
    ASSERT_FALSE(sent);
    EXPECT_THAT(sent.error().message, HasSubstr("*** is wrong"));
    EXPECT_THAT(printed(sent.error()), Not(HasSubstr("tulip")));
}

TEST_F(RedactionTest, MasksTheAccessToken) {
    auto client = make_client(instance_with_grant());
    answer(200, R"({"access_token":"meadow-daisy","token_type":"Bearer","expires_in":3600})");
    answer(400, R"({"status":400,"errors":{"Error":["Meadow-Daisy may not"]}})");
    auto request = send_request();
    request.to.user_ids["10npay"] = "2077";
    auto const sent = send(client, std::move(request));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().message, "*** may not");
}

}  // namespace
}  // namespace otp::test
