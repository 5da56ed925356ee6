#include <otp/adapter/adapter.hpp>
#include <otp/conformance/conformance.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

/// The conformance suite as somebody meets it who has written an adapter with faults: one line for
/// each, which says what to do.
namespace otp::conformance {
namespace {

using namespace otp::adapter;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Value = NeededMember::Value;

enum class Fault {
    drops_hint,
    drops_hint_of_email,  ///< A channel that the request under test is not for.
    drops_hint_beside_other,
    trusts_reference,
    encodes_reference,  ///< Which does not help against `..` and `/`.
    trusts_field,       ///< In a header.
    joins_body,
    overflows,
    narrows,            ///< To 32 bits.
    compares_narrowly,  ///< A level, by its lower 32 bits.
    mends_number,       ///< An id that is a number, by way of a double.
    overflows_in_refusal,
    believes_5xx,
    takes_2xx,
    leaks_message,
    leaks_header,
    leaks_id,
    counts,
    remembers,
    looks_at_clock,
    knows_its_thread,  ///< Answers another one otherwise.
    changes_input,
};
using Faults = std::set<Fault>;

VendorDescription description() {
    VendorDescription vendor;
    vendor.name = "hasty";
    vendor.channels = {Channel::sms, Channel::email};
    vendor.credentials = {{"key"}};
    vendor.send_fields = {{"sender", ""}};
    vendor.hints.locales = {{{Channel::sms, Channel::email}, {"en", "fr"}}};
    vendor.hints.expires_in = {std::chrono::minutes(1), std::chrono::minutes(10)};
    vendor.sensitive.request_headers = {"x-key"};
    vendor.sensitive.request_members = {"/to", "/code"};
    vendor.sensitive.path_parameters = {"id"};
    vendor.sensitive.response_members = {"/id"};
    return vendor;
}

/// `POST /codes` is answered with 201 and `{"id":"c1","number":7,"level":0,"expires_in":300}`,
/// `POST /codes/{id}/check` with 200 and `{"id":"c1","valid":true}`.
class HastyAdapter final : public ProviderAdapter {
public:
    HastyAdapter(Faults faults, std::string_view key) : faults_(std::move(faults)), key_(key) {}

    VendorDescription const& vendor() const noexcept override { return description_; }
    std::string const& base_url() const noexcept override { return base_url_; }

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        auto const channel = send.channel.value_or(Channel::sms);
        bool const to_email = channel == Channel::email;
        if (to_email ? !send.to.email : !send.to.phone) {
            return field_error(ErrorCategory::unsupported, "/to", "is missing");
        }
        JsonWriter body;
        body.add_text("to", to_email ? send.to.email->reveal() : send.to.phone->reveal());
        bool const drops = has(Fault::drops_hint) ||
                           (has(Fault::drops_hint_of_email) && to_email) ||
                           (has(Fault::drops_hint_beside_other) && send.expires_in);
        if (!drops) body.add_text_if("language", send.locale);
        if (send.expires_in) body.add_text("minutes", std::to_string(send.expires_in->count()));
        if (has(Fault::counts)) body.add_text("nonce", std::to_string(++counter_));
        auto const sender = field(send.vendor_fields, "sender");
        bool const is_header = is_plain_identifier(sender, 64) || has(Fault::trusts_field);
        std::vector<HttpHeader> headers{{"x-key", key_}};
        if (is_header) headers.push_back({"x-sender", std::string(sender)});
        if (!sender.empty() && !is_header) {
            return field_error(ErrorCategory::invalid_request, "/vendor_fields", "is no sender");
        }
        if (has(Fault::changes_input)) const_cast<SendOtp&>(send).reference = "mine";
        auto request = json_post("/codes", std::move(body), {headers.front()});
        request.headers = std::move(headers);
        return request;
    }

    Result<SendReceipt> decode_send(
        SendOtp const&, HttpResponse const& answer, AttemptContext const& context
    ) const override {
        bool const takes = has(Fault::takes_2xx) && answer.status / 100 == 2;
        if (!is_success_status(answer.status)) return refusal(answer, context).error;
        JsonMemory memory;
        FlatSuccess const success{201, {{"id", Value::id}}};
        auto const body = read_success(answer, success, context, memory);
        if (takes && !body) return SendReceipt(handle("c1", context));
        if (!body) return body.error();
        auto const level = integer_member(*body, "level").value_or(-1);
        bool const good =
            has(Fault::compares_narrowly) ? static_cast<std::int32_t>(level) == 0 : level == 0;
        if (!good && !takes) return Error(ErrorCategory::bad_response, "level", Delivery::unknown);
        auto const id = *string_member(*body, "id");
        SendReceipt receipt(handle(id, context));
        receipt.request_id =
            has(Fault::leaks_id) ? std::string(id) : context.sent.scrub_identifier(id);
        auto const number = body->tree().if_contains("number");
        if (number != nullptr && number->is_number()) {
            receipt.handle.set_reference("number", text_of_number(*number));
        }
        receipt.expires_at = expiry(*body, context);
        return receipt;
    }

    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const&)
        const override {
        std::string const id(verify.handle.reference("id"));
        bool const unchecked = has(Fault::trusts_reference) || has(Fault::encodes_reference);
        if (!unchecked && !is_plain_identifier(id, 64)) {
            return field_error(ErrorCategory::invalid_request, "/handle/references/id", "is none");
        }
        auto const segment = has(Fault::trusts_reference) ? id : encode_path_segment(id);
        auto const path = "/codes/" + segment + "/check";
        JsonWriter body;
        body.add_text("code", verify.code.reveal());
        auto request = json_post(path, "/codes/{id}/check", std::move(body), {{"x-key", key_}});
        if (has(Fault::joins_body)) {
            request.body = R"({"code":")" + std::string(verify.code.reveal()) + "\"}";
        }
        return request;
    }

    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& answer, AttemptContext const& context
    ) const override {
        if (!is_success_status(answer.status)) return refusal(answer, context).verification();
        auto const id = verify.handle.reference("id");
        FlatSuccess const success{200, {{"id", Value::same, id}, {"valid", Value::truth}}, true};
        JsonMemory memory;
        auto const body = read_success(answer, success, context, memory);
        if (!body) return body.error();
        auto verification = verification_of(Verification::Outcome::approved, answer);
        if (has(Fault::remembers)) {
            verification.request_id = std::exchange(last_, std::string("before"));
        }
        bool const is_known = std::this_thread::get_id() == thread_;
        if (has(Fault::knows_its_thread) && !is_known) verification.request_id = "another's";
        return verification;
    }

private:
    [[nodiscard]] bool has(Fault fault) const { return faults_.contains(fault); }

    static std::string_view field(VendorFields const& fields, std::string_view name) {
        auto const own = fields.find("hasty");
        if (own == fields.end()) return {};
        auto const value = own->second.find(name);
        return value == own->second.end() ? std::string_view() : value->second;
    }

    static VerificationHandle handle(std::string_view id, AttemptContext const& context) {
        VerificationHandle handle(std::string(context.instance), "hasty", Channel::sms);
        handle.set_reference("id", id);
        return handle;
    }

    [[nodiscard]] std::string text_of_number(boost::json::value const& number) const {
        if (has(Fault::mends_number)) {
            return std::to_string(static_cast<std::int64_t>(number.to_number<double>() / 8) * 8);
        }
        return number.is_int64() ? std::to_string(number.get_int64()) : std::string();
    }

    [[nodiscard]] std::optional<std::chrono::sys_time<std::chrono::milliseconds>> expiry(
        JsonObject const& body, AttemptContext const& context
    ) const {
        auto const seconds = integer_member(body, "expires_in");
        if (!seconds) return std::nullopt;
        constexpr std::int64_t a_day = 86400;
        auto const now =
            has(Fault::looks_at_clock)
                ? std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())
                : context.now;
        if (has(Fault::overflows)) {
            auto const wrapped = static_cast<std::uint64_t>(*seconds) * 1000U;
            return now + std::chrono::milliseconds(static_cast<std::int64_t>(wrapped));
        }
        if (has(Fault::narrows)) {
            return now + std::chrono::seconds(static_cast<std::int32_t>(*seconds));
        }
        if (*seconds < 0 || *seconds > a_day) return std::nullopt;
        return now + std::chrono::seconds(*seconds);
    }

    [[nodiscard]] Refusal refusal(HttpResponse const& answer, AttemptContext const& context) const {
        static constexpr ErrorRule rules[] = {
            {"bad_number", ErrorCategory::invalid_recipient, "/to/phone"},
            {"wrong", ErrorCategory::provider_error, {}, Verification::Outcome::wrong_code}};
        HttpResponse judged = answer;
        if (has(Fault::believes_5xx) && answer.status >= 500) judged.status = 400;
        auto found = read_refusal(judged, {.code = "error", .message = "message"}, rules, context);
        auto const body = parse_json_body(answer.body);
        if (!body || !body->is_object()) return found;
        auto const& members = body->get_object();
        auto const wait = integer_member(members, "wait");
        if (has(Fault::overflows_in_refusal) && wait && answer.status == 429) {
            found.error.retry_after = std::chrono::seconds(static_cast<std::int32_t>(*wait));
        }
        if (has(Fault::leaks_message)) {
            found.error.message = string_member(members, "message").value_or("");
        }
        if (has(Fault::leaks_header)) {
            found.error.request_id = answer.headers.find("x-trace").value_or("");
        }
        return found;
    }

    Faults faults_;
    VendorDescription description_{description()};
    std::string base_url_{"https://hasty.example.com"};
    std::string key_;
    mutable std::atomic<int> counter_{0};
    std::thread::id thread_{std::this_thread::get_id()};
    mutable std::string last_;
};

/// The suite, run as its documentation shows it.
std::vector<Failure> failures_of(Faults const& faults) {
    VendorRegistry vendors;
    vendors.add(description(), [&faults](InstanceConfig const& instance) {
        return Result<std::unique_ptr<ProviderAdapter>>(std::make_unique<HastyAdapter>(
            faults, instance.credentials.find("key")->second.reveal()
        ));
    });
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "hasty";
    instance.credentials.emplace("key", Secret("fake-hasty-key-000"));
    VerificationHandle handle("main", "hasty", Channel::sms);
    handle.set_reference("id", "c1");
    AdapterUnderTest subject(
        vendors,
        std::move(instance),
        SendOtp(PhoneNumber::parse("+12025550162").value()),
        VerifyOtp(handle, OtpCode::parse("481592").value())
    );
    subject.send_answers.successes = {
        {201, {}, R"({"id":"c1","number":7,"level":0,"expires_in":300})"}};
    subject.send_answers.refusals = {
        {400, {{"x-trace", "t-1"}}, R"({"error":"bad_number","message":"is no number"})"},
        {429, {{"x-trace", "t-2"}}, R"({"error":"slow","message":"try later","wait":5})"}};
    subject.send_answers.decisive = {"/id"};
    subject.send_answers.all_values_documented = {"/level"};
    subject.verify_answers.successes = {{200, {}, R"({"id":"c1","valid":true})"}};
    subject.verify_answers.refusals = {
        {400, {}, R"({"error":"wrong","message":"is wrong"})"}, subject.send_answers.refusals[1]};
    subject.verify_answers.decisive = {"/id", "/valid"};
    return check_conformance(subject);
}

std::vector<std::string> lines_of(Faults const& faults) {
    std::vector<std::string> lines;
    for (auto const& failure : failures_of(faults)) lines.push_back(to_string(failure));
    return lines;
}

TEST(BadAdapter, WithoutFaultsHasNoFailure) {
    EXPECT_THAT(lines_of({}), IsEmpty());
}

/// It passed the suite of the first edition.
TEST(BadAdapter, OfTheIssueHasAFailureForEachFault) {
    EXPECT_THAT(
        lines_of({Fault::drops_hint, Fault::trusts_reference, Fault::overflows}),
        ElementsAre(
            AllOf(HasSubstr("send: large number: "), HasSubstr(": /expires_in (")),
            AllOf(HasSubstr("verify: path: "), HasSubstr(": reference id (")),
            AllOf(HasSubstr("send: hint: "), HasSubstr(": locale ("))
        )
    );
}

/// A fault, and what the one line about it begins with and names.
struct Case {
    Fault fault;
    std::string begin;
    std::string place;

    friend std::ostream& operator<<(std::ostream& out, Case const& tried) {
        return out << tried.begin << tried.place;
    }
};

class OneFault : public ::testing::TestWithParam<Case> {};

TEST_P(OneFault, HasOneLine) {
    auto const lines = lines_of({GetParam().fault});
    EXPECT_THAT(
        lines,
        ElementsAre(AllOf(::testing::StartsWith(GetParam().begin), HasSubstr(GetParam().place)))
    );
    for (auto const& line : lines) {
        EXPECT_THAT(line, Not(HasSubstr("\n")));
        EXPECT_THAT(line, AllOf(Not(HasSubstr("2025550162")), Not(HasSubstr("481592"))));
        EXPECT_THAT(line, Not(HasSubstr("fake-hasty-key")));
        EXPECT_LT(line.size(), 500U);
    }
}

INSTANTIATE_TEST_SUITE_P(
    BadAdapter,
    OneFault,
    ::testing::Values(
        Case{Fault::drops_hint, "send: hint: ", ": locale ("},
        Case{Fault::drops_hint_of_email, "send: hint: ", ": locale ("},
        Case{Fault::drops_hint_beside_other, "send: hint: ", ": locale ("},
        Case{Fault::trusts_reference, "verify: path: ", ": reference id ("},
        Case{Fault::encodes_reference, "verify: path: ", ": reference id ("},
        Case{Fault::trusts_field, "send: header: ", ": field sender ("},
        Case{Fault::joins_body, "verify: body: ", ": the code ("},
        Case{Fault::overflows, "send: large number: ", ": /expires_in ("},
        Case{Fault::narrows, "send: large number: ", ": /expires_in ("},
        Case{Fault::compares_narrowly, "send: large number: ", ": /level ("},
        Case{Fault::mends_number, "send: id: ", ": /number ("},
        Case{Fault::overflows_in_refusal, "send, verify: large number: ", ": /wait ("},
        Case{Fault::believes_5xx, "send, verify: failing server: ", ""},
        Case{Fault::takes_2xx, "send: 2xx alone: ", ""},
        Case{Fault::leaks_message, "send, verify: masked text: ", ": Error::message ("},
        Case{Fault::leaks_header, "send, verify: masked text: ", ": Error::request_id ("},
        Case{Fault::leaks_id, "send: masked text: ", ": SendReceipt::request_id ("},
        Case{Fault::counts, "send: purity: the same input gives another output (", ""},
        Case{Fault::remembers, "verify: purity: ", ""},
        Case{Fault::looks_at_clock, "send: purity: it looks at the machine's clock: ", ""},
        Case{Fault::knows_its_thread, "verify: purity: two threads at once ", ""},
        Case{Fault::changes_input, "send, verify: purity: it changes ", ""}
    )
);

TEST(BadAdapter, IsToldWhatToDo) {
    auto const failures = failures_of({Fault::trusts_reference});
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].check, "path");
    EXPECT_EQ(failures[0].operation, "verify");
    EXPECT_EQ(failures[0].place, "reference id");
    EXPECT_GT(failures[0].variants, 5U);
    EXPECT_THAT(failures[0].advice, HasSubstr("is_plain_identifier"));
    EXPECT_THAT(failures[0].example, HasSubstr(".."));
}

}  // namespace
}  // namespace otp::conformance
