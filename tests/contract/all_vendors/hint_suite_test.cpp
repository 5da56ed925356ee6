#include "observe.hpp"

#include <otp/conformance/conformance.hpp>
#include <otp/json_body.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <set>
#include <string>
#include <utility>

/// The conformance suite finds an adapter that does other things with hints than its description
/// says.
namespace otp::conformance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Names of hints.
using Names = std::set<std::string>;

struct Flaws {
    /// Left out of the request.
    Names drops{};
    /// Sent always with the same value.
    Names freezes{};
    /// Missing in the description of a send, and sent where they are given.
    Names conceals{};
    /// Refused if the value is none of the vendor's favourites.
    Names refuses{};
    bool drops_in_verify{false};
};

constexpr std::size_t most_agent = 64;

VendorDescription description(Names const& conceals) {
    VendorDescription vendor;
    vendor.name = "small";
    vendor.channels = {Channel::sms, Channel::whatsapp, Channel::email};
    auto& hints = vendor.hints;
    hints.locales = {{{Channel::sms, Channel::whatsapp}, {"en", "de-DE"}}};
    hints.expires_in = {std::chrono::minutes(1), std::chrono::minutes(10)};
    hints.reference_characters = 30;
    hints.device_of_send = hints.device_of_verify = {true, most_agent};
    if (conceals.contains("locale")) hints.locales.clear();
    if (conceals.contains("expires_in")) hints.expires_in.reset();
    if (conceals.contains("reference")) hints.reference_characters.reset();
    if (conceals.contains("client.ip_address")) hints.device_of_send.ip_address = false;
    if (conceals.contains("client.user_agent")) hints.device_of_send.user_agent_bytes.reset();
    return vendor;
}

class HintAdapter final : public ProviderAdapter {
public:
    explicit HintAdapter(Flaws flaws)
        : flaws_(std::move(flaws)), description_(description(flaws_.conceals)) {}

    VendorDescription const& vendor() const noexcept override { return description_; }
    std::string const& base_url() const noexcept override { return base_url_; }

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        if (send.channel == Channel::email) {
            return field_error(ErrorCategory::unsupported, "/to/email", "none");
        }
        boost::json::object body{{"to", std::string(send.to.phone->reveal())}};
        Error refusal(ErrorCategory::invalid_request);
        add(body, "locale", send.locale, "en", refusal);
        auto const expiry = send.expires_in
                                ? std::optional(std::to_string(send.expires_in->count()))
                                : std::nullopt;
        add(body, "expires_in", expiry, "5", refusal);
        add(body, "reference", send.reference, "order-1", refusal);
        add_client(body, send.client, refusal);
        if (!refusal.message.empty()) return refusal;
        return request("/send", body);
    }
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const&)
        const override {
        boost::json::object body;
        Error refusal(ErrorCategory::invalid_request);
        if (!flaws_.drops_in_verify) add_client(body, verify.client, refusal);
        if (!refusal.message.empty()) return refusal;
        return request("/verify", body);
    }
    Result<SendReceipt>
    decode_send(SendOtp const&, HttpResponse const& response, AttemptContext const&)
        const override {
        if (!succeeded(response)) return failure(response);
        return SendReceipt(VerificationHandle("i", "small", Channel::sms));
    }
    Result<Verification>
    decode_verify(VerifyOtp const&, HttpResponse const& response, AttemptContext const&)
        const override {
        if (!succeeded(response)) return failure(response);
        return Verification(Verification::Outcome::approved);
    }

private:
    void add(
        boost::json::object& body,
        std::string const& name,
        std::optional<std::string> const& value,
        std::string const& favourite,
        Error& refusal
    ) const {
        if (!value || flaws_.drops.contains(name)) return;
        if (flaws_.refuses.contains(name) && *value != favourite) refusal.message = "not so";
        body[name] = flaws_.freezes.contains(name) ? favourite : *value;
    }

    void add_client(boost::json::object& body, ClientAttributes const& client, Error& refusal)
        const {
        add(body, "client.ip_address", client.ip_address, "203.0.113.5", refusal);
        add(body, "client.user_agent", client.user_agent, "curl", refusal);
    }

    static HttpRequest request(std::string_view target, boost::json::object const& body) {
        HttpRequest made(HttpMethod::post, target);
        made.body = boost::json::serialize(body);
        return made;
    }
    static bool succeeded(HttpResponse const& response) {
        if (response.status != 200) return false;
        auto const body = parse_json_body(response.body);
        return body && body->is_object() && bool_member(body->get_object(), "ok").value_or(false);
    }
    static Error failure(HttpResponse const& response) {
        return Error(ErrorCategory::provider_error, "failed", delivery_of_refusal(response.status));
    }

    Flaws flaws_;
    VendorDescription description_;
    std::string base_url_{"https://small.example.com"};
};

/// The checks about hints that the adapter fails.
Names findings(Flaws flaws) {
    HintAdapter const adapter(std::move(flaws));
    AdapterUnderTest subject(
        adapter,
        SendOtp(Recipient(PhoneNumber::parse("+12025550162").value())),
        VerifyOtp(VerificationHandle("i", "small", Channel::sms), OtpCode::parse("481592").value())
    );
    subject.send_answers.successes.emplace_back(200, HttpHeaders{}, R"({"ok":true})");
    subject.verify_answers = subject.send_answers;
    Names checks;
    for (auto const& seen : observe(subject)) {
        auto const check = seen.operation + ": " + seen.check;
        if (seen.check.starts_with("hint")) checks.insert(check);
    }
    return checks;
}

Names const all_hints{
    "locale", "expires_in", "reference", "client.ip_address", "client.user_agent"};

TEST(HintConformance, PassesAnAdapterThatDoesWhatItSays) {
    EXPECT_THAT(findings({}), IsEmpty());
}

TEST(HintConformance, FindsEachHintThatIsDropped) {
    for (auto const& hint : all_hints) {
        auto const found = findings({.drops = {hint}});
        EXPECT_TRUE(found.contains("send: hint " + hint)) << hint;
        EXPECT_EQ(found.size(), hint.starts_with("client") ? 2U : 1U) << hint;
    }
    EXPECT_THAT(
        findings({.drops_in_verify = true}),
        UnorderedElementsAre("verify: hint client.ip_address", "verify: hint client.user_agent")
    );
}

TEST(HintConformance, FindsEachHintWhoseValueDoesNotCount) {
    for (auto const& hint : all_hints) {
        EXPECT_TRUE(findings({.freezes = {hint}}).contains("send: hint " + hint)) << hint;
    }
}

TEST(HintConformance, FindsEachHintThatMakesARequestFail) {
    for (auto const& hint : all_hints) {
        EXPECT_TRUE(findings({.refuses = {hint}}).contains("send: hint " + hint)) << hint;
    }
}

TEST(HintConformance, FindsEachHintThatTheDescriptionConceals) {
    for (auto const& hint : all_hints) {
        EXPECT_THAT(findings({.conceals = {hint}}), ElementsAre("send: hint " + hint));
    }
}

}  // namespace
}  // namespace otp::conformance
