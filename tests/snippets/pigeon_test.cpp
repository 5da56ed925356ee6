// The adapter of the example, held to what every adapter is held to.

#include "examples/pigeon_adapter.hpp"

#include <otp/conformance/conformance.hpp>
#include <otp/otp.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

namespace otp {
namespace {

namespace asio = boost::asio;

InstanceConfig instance_with(std::string const& ring) {
    InstanceConfig instance;
    instance.name = "birds";
    instance.vendor = "pigeon";
    instance.credentials.emplace("ring", Secret(ring));
    return instance;
}

HttpResponse refused_with(int status, std::string const& code) {
    return HttpResponse(status, {}, R"({"error":")" + code + R"(","text":"no"})");
}

TEST(PigeonAdapter, Conforms) {
    VendorRegistry vendors;
    vendors.add(pigeon::description(), pigeon::make_adapter);
    VerificationHandle handle("birds", "pigeon", Channel::sms);
    handle.set_reference("message", "feather-17");
    conformance::AdapterUnderTest subject(
        vendors,
        instance_with("fake-pigeon-ring-000"),
        SendOtp(PhoneNumber::parse("+12025550162").value()),
        VerifyOtp(handle, OtpCode::parse("481592").value())
    );
    subject.send_answers.successes = {{201, {}, R"({"message":"feather-17"})"}};
    subject.send_answers.decisive = {"/message"};
    subject.send_answers.refusals = {refused_with(401, "strange_ring")};
    subject.verify_answers.successes = {{200, {}, R"({"message":"feather-17","valid":true})"}};
    subject.verify_answers.decisive = {"/message", "/valid"};
    subject.verify_answers.refusals = {refused_with(409, "wrong_code")};
    for (auto const& failure : conformance::check_conformance(subject)) ADD_FAILURE() << failure;
}

TEST(PigeonAdapter, HasAnErrorTable) {
    auto const adapter = pigeon::make_adapter(instance_with("fake-ring")).value();
    SendOtp const send(PhoneNumber::parse("+12025550162").value());
    auto const roof = adapter->decode_send(send, refused_with(404, "no_such_roof"), {});
    ASSERT_TRUE(roof.has_error());
    EXPECT_EQ(roof.error().category, ErrorCategory::invalid_recipient);
    ASSERT_EQ(roof.error().violations.size(), 1U);
    EXPECT_EQ(roof.error().violations[0].pointer, "/to/phone");
    auto const unknown = adapter->decode_send(send, refused_with(422, "moulting"), {});
    EXPECT_EQ(unknown.error().category, ErrorCategory::bad_response);
    EXPECT_EQ(unknown.error().vendor_code, "moulting");
}

TEST(PigeonAdapter, ReadsItsSettings) {
    auto instance = instance_with("fake-ring");
    instance.options.emplace("bird", "white");
    auto const adapter = pigeon::make_adapter(instance).value();
    SendOtp send(PhoneNumber::parse("+12025550162").value());
    send.locale = "fr";
    EXPECT_EQ(
        adapter->encode_send(send, {}).value().body,
        R"({"to":"+12025550162","language":"fr","bird":"white"})"
    );
    instance.options.emplace("brid", "white");
    VendorRegistry registry;
    registry.add(pigeon::description(), pigeon::make_adapter);
    EXPECT_EQ(registry.make_adapter(instance).error().violations.at(0).pointer, "/options/brid");
}

TEST(PigeonAdapter, SendsAndVerifiesThroughAClient) {
    auto const script = std::make_shared<testing::Script>();
    script->add(testing::ScriptedStep(HttpResponse(201, {}, R"({"message":"feather-17"})")));
    script->add(testing::ScriptedStep(refused_with(409, "wrong_code")));
    script->add(
        testing::ScriptedStep(HttpResponse(200, {}, R"({"message":"feather-17","valid":true})"))
    );
    ClientOptions options;
    options.vendors.add(pigeon::description(), pigeon::make_adapter);
    options.transport = testing::scripted_transport_factory(script);
    ClientConfig config;
    config.instances.push_back(instance_with("fake-ring"));
    config.routes.push_back({"login", {"birds"}});

    asio::thread_pool pool(1);
    OtpClient client(pool.get_executor(), std::move(config), std::move(options));
    SendOtp request(PhoneNumber::parse("+12025550162").value());
    request.locale = "fr-CA";
    auto const sent = client.async_send("login", request, asio::use_future).get();
    ASSERT_TRUE(sent) << sent.error();
    // The hint is fitted to what the description says.
    EXPECT_NE(script->requests().at(0).request.body.find(R"("language":"fr")"), std::string::npos);
    auto const check = [&](std::string_view code) {
        VerifyOtp verify(sent->handle, OtpCode::parse(code).value());
        return client.async_verify(std::move(verify), asio::use_future).get().value().outcome;
    };
    EXPECT_EQ(check("4712"), Verification::Outcome::wrong_code);
    EXPECT_EQ(check("4711"), Verification::Outcome::approved);
}

}  // namespace
}  // namespace otp
