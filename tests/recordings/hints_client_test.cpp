#include "recordings/recorded_call.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/client.hpp>
#include <otp/error.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the client makes of a request's hints, for each instance that it offers the request to.
namespace otp {

void PrintTo(AppliedHint const& hint, std::ostream* out) {
    *out << hint.name << ": " << hint.wanted << " -> " << hint.used.value_or("left out");
}

namespace test {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A client of one instance for each vendor, named like it, and what its transports do.
class HintsClient : public ::testing::Test {
protected:
    HintsClient() {
        ClientConfig config;
        RouteConfig route;
        route.name = "login";
        for (std::string const vendor : {"eko", "stytch", "spherepay", "loyaltydog", "10npay"}) {
            auto instance = instance_for(vendor, {});
            instance.name = vendor;
            route.use.push_back(vendor);
            config.instances.push_back(std::move(instance));
        }
        config.routes.push_back(std::move(route));
        ClientOptions options;
        options.transport = testing::scripted_transport_factory(script);
        client.emplace(context.get_executor(), std::move(config), std::move(options));
    }

    Result<SendReceipt> send(SendTarget const& target, SendOtp request) {
        std::optional<Result<SendReceipt>> outcome;
        client->async_send(target, std::move(request), [&](Result<SendReceipt> sent) {
            outcome.emplace(std::move(sent));
        });
        context.restart();
        context.run();
        return std::move(*outcome);
    }

    Result<Verification> verify(VerifyOtp request) {
        std::optional<Result<Verification>> outcome;
        client->async_verify(std::move(request), [&](Result<Verification> checked) {
            outcome.emplace(std::move(checked));
        });
        context.restart();
        context.run();
        return std::move(*outcome);
    }

    void answer(int status, std::string body) {
        script->add(testing::ScriptedStep(
            HttpResponse(status, {{"content-type", "application/json"}}, std::move(body))
        ));
    }

    boost::json::value last_body() {
        return boost::json::parse(script->requests().back().request.body);
    }

    std::shared_ptr<testing::Script> script = std::make_shared<testing::Script>();
    boost::asio::io_context context;
    std::optional<OtpClient> client;
};

/// What an application passes on without knowing who sends.
SendOtp with_every_hint(std::string_view phone) {
    SendOtp send(PhoneNumber::parse(phone).value());
    send.to.user_ids = {{"spherepay", "customer_1"}, {"10npay", "2077"}};
    send.locale = "en-US";
    send.expires_in = minutes(15);
    send.reference = "123e4567-e89b-12d3-a456-426614174000";
    send.client.ip_address = "203.0.113.5:51234";
    send.client.user_agent = "a\tb\xE9";
    return send;
}

constexpr auto stytch_accepts =
    R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":"p"})";
constexpr auto eko_accepts = R"({"status":0,"response_status_id":0,"data":{}})";

auto stytch_hints() {
    return ElementsAre(
        AppliedHint{"locale", "en-US", "en"},
        AppliedHint{"expires_in", "15m", "10m"},
        AppliedHint{"reference", "123e4567-e89b-12d3-a456-426614174000", std::nullopt},
        AppliedHint{"client.ip_address", "203.0.113.***:51234", "203.0.113.***"},
        AppliedHint{"client.user_agent", "a b?", "a b\u00E9"}
    );
}

auto eko_hints() {
    return ElementsAre(
        AppliedHint{"locale", "en-US", std::nullopt},
        AppliedHint{"expires_in", "15m", std::nullopt},
        AppliedHint{"reference", "123e4567-e89b-12d3-a456-426614174000", "tbwa3skw3sbcwxmpngdg"},
        AppliedHint{"client.ip_address", "203.0.113.***:51234", std::nullopt},
        AppliedHint{"client.user_agent", "a b?", std::nullopt}
    );
}

TEST_F(HintsClient, NamesThemInTheAttemptThatWasAccepted) {
    answer(200, stytch_accepts);
    auto const sent = send(SendTarget::instance("stytch"), with_every_hint("+12025550162"));
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_THAT(sent->attempts.at(0).hints, stytch_hints());
    EXPECT_EQ(
        last_body(),
        boost::json::parse(
            R"({"phone_number":"+12025550162","expiration_minutes":10,"locale":"en",)"
            R"("attributes":{"ip_address":"203.0.113.5","user_agent":"a b\u00e9"}})"
        )
    );
}

TEST_F(HintsClient, NamesThemInTheAttemptThatFailed) {
    answer(503, "");
    auto const sent = send(SendTarget::instance("stytch"), with_every_hint("+12025550162"));
    ASSERT_FALSE(sent);
    EXPECT_THAT(sent.error().attempts.at(0).hints, stytch_hints());
}

TEST_F(HintsClient, KeepsTheMappedReferenceForTheCheck) {
    answer(200, eko_accepts);
    auto const sent = send(SendTarget::instance("eko"), with_every_hint("+919002336768"));
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_THAT(sent->attempts.at(0).hints, eko_hints());
    EXPECT_EQ(last_body().at("client_ref_id").as_string(), "tbwa3skw3sbcwxmpngdg");
    EXPECT_EQ(sent->handle.reference("client_ref_id"), "tbwa3skw3sbcwxmpngdg");
}

TEST_F(HintsClient, FitsTheRequestsOwnToEachInstance) {
    // Eko cannot serve the number: what it would have made of the hints is not for Stytch.
    answer(200, stytch_accepts);
    auto const sent = send("login", with_every_hint("+12025550162"));
    ASSERT_TRUE(sent) << sent.error();
    ASSERT_THAT(sent->attempts, SizeIs(2));
    EXPECT_EQ(sent->attempts[0].decision, Decision::skip);
    EXPECT_THAT(sent->attempts[0].hints, eko_hints());
    EXPECT_THAT(sent->attempts[1].hints, stytch_hints());
}

TEST_F(HintsClient, NoneIsAReasonToFailAtAnyVendor) {
    for (std::string const vendor : {"10npay", "eko", "loyaltydog", "spherepay", "stytch"}) {
        answer(503, "");
        auto const sent = send(SendTarget::instance(vendor), with_every_hint("+919002336768"));
        ASSERT_FALSE(sent);
        EXPECT_EQ(sent.error().http_status, 503) << vendor << ": " << sent.error();
        EXPECT_THAT(sent.error().attempts.at(0).hints, SizeIs(5)) << vendor;
    }
    EXPECT_EQ(script->remaining(), 0U);
}

TEST_F(HintsClient, WhatCannotBeMeantIsRefusedForEveryVendorAlike) {
    auto const expect_refused = [this](std::string const& vendor, SendOtp request, auto pointer) {
        // Nor does it matter whether the vendor could serve the recipient.
        auto const sent = send(SendTarget::instance(vendor), std::move(request));
        ASSERT_FALSE(sent) << vendor;
        EXPECT_EQ(sent.error().category, ErrorCategory::invalid_request) << vendor;
        EXPECT_EQ(sent.error().delivery, Delivery::not_sent) << vendor;
        ASSERT_THAT(sent.error().violations, SizeIs(1)) << vendor;
        EXPECT_EQ(sent.error().violations[0].pointer, pointer) << vendor;
        EXPECT_THAT(sent.error().attempts.at(0).hints, SizeIs(5)) << vendor;
    };
    for (std::string const vendor : {"10npay", "eko", "loyaltydog", "spherepay", "stytch"}) {
        for (std::string const locale : {"en-", "en-US,en-;q=0.9", "not a tag"}) {
            auto request = with_every_hint("+12025550162");
            request.locale = locale;
            expect_refused(vendor, std::move(request), "/locale");
        }
        for (int const life : {0, -5}) {
            auto request = with_every_hint("+12025550162");
            request.expires_in = minutes(life);
            expect_refused(vendor, std::move(request), "/expires_in");
        }
    }
    EXPECT_THAT(script->requests(), IsEmpty());
}

TEST_F(HintsClient, PassesOnWhatAWebServerKnows) {
    auto request = with_every_hint("+12025550162");
    request.locale = "sv-SE,sv;q=0.9,de-CH;q=0.8,en;q=0.7";
    request.client = {"10.0.0.1", "\u200B"};
    answer(200, stytch_accepts);
    auto const sent = send(SendTarget::instance("stytch"), std::move(request));
    ASSERT_TRUE(sent) << sent.error();
    auto const& hints = sent->attempts.at(0).hints;
    ASSERT_THAT(hints, SizeIs(5));
    EXPECT_EQ(hints[0], (AppliedHint{"locale", "sv-SE,sv;q=0.9,de-CH;q=0.8,en;q=0.7", "de-DE"}));
    EXPECT_EQ(hints[3], (AppliedHint{"client.ip_address", "10.0.0.***", std::nullopt}));
    EXPECT_EQ(hints[4].used, std::nullopt);
    EXPECT_EQ(
        last_body(),
        boost::json::parse(
            R"({"phone_number":"+12025550162","expiration_minutes":10,"locale":"de-DE"})"
        )
    );
}

TEST_F(HintsClient, NamesThoseOfAVerify) {
    VerificationHandle handle("stytch", "stytch", Channel::sms);
    handle.set_reference("method_id", "p");
    VerifyOtp check(handle, OtpCode::parse("481592").value());
    check.client = {"unknown", std::string(1100, '.')};
    answer(200, R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p"})");
    auto const checked = verify(std::move(check));
    ASSERT_TRUE(checked) << checked.error();
    auto const& hints = checked->attempts.at(0).hints;
    ASSERT_THAT(hints, SizeIs(2));
    EXPECT_EQ(hints[0], (AppliedHint{"client.ip_address", "unknown", std::nullopt}));
    EXPECT_EQ(hints[1].name, "client.user_agent");
    EXPECT_TRUE(hints[1].used);
    EXPECT_EQ(
        last_body().at("attributes"), (boost::json::value{{"user_agent", std::string(1024, '.')}})
    );
}

TEST_F(HintsClient, NamesNoneWhereThereAreNone) {
    answer(200, stytch_accepts);
    auto const sent =
        send(SendTarget::instance("stytch"), SendOtp(PhoneNumber::parse("+12025550162").value()));
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_THAT(sent->attempts.at(0).hints, IsEmpty());
}

/// A vendor of somebody else's, whose adapter sends what it is given.
class PlainAdapter final : public ProviderAdapter {
public:
    explicit PlainAdapter(VendorDescription const& description) : description_(description) {}

    VendorDescription const& vendor() const noexcept override { return description_; }
    std::string const& base_url() const noexcept override { return base_url_; }
    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        HttpRequest request(HttpMethod::post, "/codes");
        request.body = send.locale.value_or("-") + ' ' + send.reference.value_or("-") + ' ' +
                       send.client.ip_address.value_or("-") + ' ' +
                       (send.expires_in ? std::to_string(send.expires_in->count()) : "-");
        return request;
    }
    Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const&, AttemptContext const& context
    ) const override {
        SendReceipt receipt(VerificationHandle("plain", "plain", Channel::sms));
        receipt.expires_at = context.now + *send.expires_in;
        receipt.request_id = std::to_string(send.expires_in->count());
        return receipt;
    }
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const&)
        const override {
        HttpRequest request(HttpMethod::post, "/checks");
        request.body = verify.client.ip_address.value_or("-");
        return request;
    }
    Result<Verification> decode_verify(VerifyOtp const&, HttpResponse const&, AttemptContext const&)
        const override {
        return Verification(Verification::Outcome::rejected);
    }

private:
    VendorDescription const& description_;
    std::string base_url_{"https://plain.example"};
};

TEST(HintsOfAVendorOfOnesOwn, ComeFitted) {
    VendorDescription description;
    description.name = "plain";
    description.channels = {Channel::sms};
    description.credentials = {{"key"}};
    description.hints.locales = {{{Channel::sms}, {"de-DE"}}};
    description.hints.expires_in = {minutes(3), minutes(3)};
    description.hints.device_of_verify.ip_address = true;

    ClientConfig config;
    InstanceConfig instance;
    instance.name = "plain";
    instance.vendor = "plain";
    instance.credentials.emplace("key", Secret("not-a-real-key"));
    config.instances.push_back(std::move(instance));
    auto const script = std::make_shared<testing::Script>();
    script->add(testing::ScriptedStep(HttpResponse(200, {}, "")));
    script->add(testing::ScriptedStep(HttpResponse(200, {}, "")));
    ClientOptions options;
    options.transport = testing::scripted_transport_factory(script);
    options.vendors.add(description, [&description](InstanceConfig const&) {
        return Result<std::unique_ptr<ProviderAdapter>>(std::make_unique<PlainAdapter>(description)
        );
    });
    boost::asio::io_context context;
    OtpClient client(context.get_executor(), std::move(config), std::move(options));

    auto request = with_every_hint("+12025550162");
    request.locale = "de";
    std::optional<Result<SendReceipt>> sent;
    client.async_send(SendTarget::instance("plain"), request, [&](Result<SendReceipt> result) {
        sent.emplace(std::move(result));
    });
    context.run();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ(script->requests().at(0).request.body, "de-DE - - 3");
    EXPECT_EQ((*sent)->request_id, "3");

    VerifyOtp check((*sent)->handle, OtpCode::parse("481592").value());
    check.client.ip_address = "[2001:db8::1]:443";
    std::optional<Result<Verification>> checked;
    client.async_verify(std::move(check), [&](Result<Verification> result) {
        checked.emplace(std::move(result));
    });
    context.restart();
    context.run();
    ASSERT_TRUE(checked && *checked);
    EXPECT_EQ(script->requests().at(1).request.body, "2001:db8::1");
}

}  // namespace
}  // namespace test
}  // namespace otp
