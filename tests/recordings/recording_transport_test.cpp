#include "recordings/exchange_probe.hpp"
#include "recordings/recorded_call.hpp"
#include "recordings/spelled_canaries.hpp"
#include "support/temporary_directory.hpp"

#include <otp/client.hpp>
#include <otp/testing/recording_transport.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/scripted_transport.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RecordingNote;
using ::testing::SizeIs;

constexpr auto never = Clock::TimePoint::max();

/// A vendor whose sends tell a phone number, and get an id.
class RecordingTransportTest : public ::testing::Test {
protected:
    RecordingTransportTest() {
        instance_.name = "shop";
        instance_.vendor = "acme";
        instance_.credentials.emplace("key", Secret("tulip-garden-7"));
        options_.folder = folder_.path() / "new" / "folder";
        options_.sensitive.request_headers = {"x-key"};
        options_.sensitive.request_members = {"/phone"};
        options_.sensitive.path_parameters = {"id"};
        options_.sensitive.response_members = {"/id", "/user/**"};
        options_.report = [this](RecordingNote const& note) { notes_.push_back(note); };
    }

    static HttpRequest request() {
        HttpRequest made(HttpMethod::post, "/users/ab%2F77/send", "/users/{id}/send");
        made.headers = {{"X-Key", "tulip-garden-7"}, {"accept-language", "de"}};
        made.content_type = json_content_type;
        made.body = R"({"phone":"+12025550173","locale":"de"})";
        return made;
    }

    void exchange(HttpRequest request, HttpExchange answer) {
        script_->add(testing::ScriptedStep(std::move(answer)));
        testing::RecordingTransport transport(inner(), instance_, options_);
        transport.async_exchange(
            std::move(request), never, probe_.handler(context_.get_executor())
        );
        context_.restart();
        context_.run();
    }
    void exchange(HttpRequest request, std::string body) {
        HttpHeaders const headers{{"Content-Type", "application/json"}, {"Set-Cookie", "a=b"}};
        exchange(std::move(request), HttpExchange(HttpResponse(200, headers, std::move(body))));
    }

    [[nodiscard]] std::shared_ptr<Transport> inner() {
        return std::make_shared<testing::ScriptedTransport>(
            context_.get_executor(), "https://acme.example.com", Clock::system(), script_
        );
    }

    /// Of the only file.
    [[nodiscard]] testing::Recording recorded() const {
        auto const files = files_of(options_.folder);
        EXPECT_THAT(files, SizeIs(1)) << (notes_.empty() ? "" : notes_.back().problem);
        return testing::load_recording(files.at(0));
    }
    [[nodiscard]] std::string problem() const { return notes_.empty() ? "" : notes_[0].problem; }

    TemporaryDirectory folder_;
    InstanceConfig instance_;
    testing::RecordingOptions options_;
    std::vector<RecordingNote> notes_;
    ExchangeProbe probe_;
    std::shared_ptr<testing::Script> script_ = std::make_shared<testing::Script>();
    boost::asio::io_context context_;
};

TEST_F(RecordingTransportTest, keeps_what_is_harmless_and_replaces_the_rest) {
    exchange(
        request(),
        R"({"ok":true,"id":"x7-ab/77","text":"sent to 202-555-0173","user":{"name":"Ada Lovelace",)"
        R"("age":36,"path":"ab/77","since":"2026-05-22T10:30:00Z"}})"
    );
    auto const made = recorded();
    EXPECT_EQ(made.name, "0001_send_200");
    EXPECT_EQ(made.request.target, "/users/{id}/send");
    EXPECT_THAT(
        made.request.headers,
        ElementsAre(
            std::pair("accept-language", "***"),
            std::pair("content-type", "application/json"),
            std::pair("x-key", "***")
        )
    );
    EXPECT_EQ(testing::to_bytes(made.request.body), R"({"phone":"***","locale":"de"})");
    EXPECT_THAT(made.ignored, ElementsAre("/phone"));
    EXPECT_EQ(
        testing::to_bytes(made.response.body),
        R"({"ok":true,"id":"a0-aa/01","text":"sent to ***","user":{"name":"Aaa Aaaaaaa2",)"
        R"("age":13,"path":"***","since":"2026-05-22T10:30:00Z"}})"
    );
    EXPECT_THAT(made.echoed, ElementsAre(testing::EchoedMember{"{id}", "/user/path"}));
    EXPECT_EQ(made.response.headers.at("set-cookie"), "***");
    ASSERT_THAT(notes_, SizeIs(1));
    EXPECT_EQ(notes_[0].problem, "");
    EXPECT_EQ(notes_[0].request, "POST /users/{id}/send");
}

TEST_F(RecordingTransportTest, a_leak_that_is_planted_is_found_and_not_written) {
    struct Leak {
        char const* what;
        std::string request;
        std::string response;
    };
    for (auto const& [what, sent, answered] : std::vector<Leak>{
             {"a number in a member that is not listed", R"({"to":"+12025550173"})", "{}"},
             {"an address in such a one", R"({"to":"ada@example.org"})", "{}"},
             {"a known number as the name of a member",
              R"({"phone":"+12025550173"})",
              R"({"12025550173":1})"},
             {"a code that begins with zeros", R"({"phone":"000123","key":"000123"})", "{}"},
             {"a secret beside its place", R"({"phone":"1","key":"tulip-garden-7"})", "{}"},
             {"in capitals, grouped", R"({"phone":"1","key":"TULIP GARDEN 7"})", "{}"},
             {"percent-encoded", R"({"phone":"1","key":"tulip%2Dgarden%2D7"})", "{}"},
             {"twice", R"({"phone":"1","key":"%2574ulip-garden-7"})", "{}"},
             {"with JSON's escapes", R"({"phone":"1","key":"\\u0074ulip-garden-7"})", "{}"},
             {"in Base64", R"({"phone":"1","key":"dHVsaXAtZ2FyZGVuLTc="})", "{}"},
             {"within Base64", R"({"phone":"1","key":"eHR1bGlwLWdhcmRlbi03Og=="})", "{}"},
             {"in hexadecimal", R"({"phone":"1","key":"74756c69702d67617264656e2d37"})", "{}"}}) {
        notes_.clear();
        auto leaking = request();
        leaking.body = sent;
        exchange(std::move(leaking), answered);
        EXPECT_THAT(files_of(options_.folder), IsEmpty()) << what;
        EXPECT_THAT(problem(), HasSubstr("would still stand in it")) << what;
        EXPECT_THAT(problem(), Not(HasSubstr("tulip"))) << what;
        ASSERT_TRUE(probe_.exchange && probe_.exchange->outcome) << what;
        EXPECT_EQ(probe_.exchange->outcome->body, answered);
    }
}

TEST_F(RecordingTransportTest, never_overwrites_and_goes_on_counting) {
    for (int round = 0; round < 3; ++round) exchange(request(), "{}");
    std::filesystem::remove(options_.folder / "0002_send_200.json");
    std::ofstream(options_.folder / "0007_mine.json") << "mine";
    exchange(request(), "{}");
    std::vector<std::string> names;
    for (auto const& file : files_of(options_.folder)) names.push_back(file.filename().string());
    EXPECT_THAT(
        names,
        ElementsAre(
            "0001_send_200.json", "0003_send_200.json", "0007_mine.json", "0008_send_200.json"
        )
    );
    EXPECT_EQ(content_of(options_.folder / "0007_mine.json"), "mine");
}

TEST_F(RecordingTransportTest, what_cannot_be_recorded_changes_nothing_for_the_exchange) {
    exchange(request(), HttpExchange(Error(ErrorCategory::timeout, "slow")));
    EXPECT_EQ(problem(), "there was no answer");
    EXPECT_EQ(probe_.exchange->outcome.error().category, ErrorCategory::timeout);

    notes_.clear();
    std::ofstream(folder_.path() / "new") << "a file, where the folder was to be";
    exchange(request(), "{}");
    EXPECT_THAT(problem(), HasSubstr("the folder cannot be made"));
    EXPECT_TRUE(probe_.exchange->outcome);

    notes_.clear();
    auto elsewhere = HttpRequest(HttpMethod::get, "/users/a/b", "/users/{id}");
    exchange(std::move(elsewhere), "{}");
    EXPECT_EQ(problem(), "its path does not fit its route");
    EXPECT_EQ(probe_.completions, 3);
}

TEST_F(RecordingTransportTest, cancels_and_closes_what_it_wraps) {
    script_->add(testing::ScriptedStep::silence());
    script_->add(testing::ScriptedStep::silence());
    testing::RecordingTransport transport(inner(), instance_, options_);
    transport.async_exchange(request(), never, probe_.handler(context_.get_executor()));
    context_.poll();
    probe_.cancel.emit(boost::asio::cancellation_type::terminal);
    context_.poll();
    ASSERT_EQ(probe_.completions, 1);
    EXPECT_EQ(probe_.exchange->outcome.error().category, ErrorCategory::cancelled);
    ExchangeProbe other;
    transport.async_exchange(request(), never, other.handler(context_.get_executor()));
    transport.close();
    context_.restart();
    context_.run();
    ASSERT_EQ(other.completions, 1);
    EXPECT_EQ(other.exchange->outcome.error().category, ErrorCategory::cancelled);
    EXPECT_THAT(files_of(options_.folder), IsEmpty());
}

/// A send and a verify of one vendor, through the whole client.
struct Login {
    std::string vendor;
    std::string send;
    std::string verify;
    bool grant;

    friend std::ostream& operator<<(std::ostream& out, Login const& login) {
        return out << login.vendor;
    }
};

class RecordedLogin : public ::testing::TestWithParam<Login> {
protected:
    struct Outcome {
        std::string handle;
        std::string request_id;
        std::string user_id;
        bool approved{false};
    };

    static testing::Recording load(std::string const& name) {
        return testing::load_recording(recordings_folder(GetParam().vendor) / (name + ".json"));
    }

    /// Records in `folder` what `inner` answers.
    static TransportFactory recorded_in(
        std::filesystem::path const& folder, TransportFactory inner
    ) {
        return [folder, inner](TransportSettings const& settings) {
            testing::RecordingOptions options;
            options.folder = folder;
            options.sensitive =
                VendorRegistry::built_in().find(settings.instance.vendor)->sensitive;
            options.report = [](RecordingNote const& note) { EXPECT_EQ(note.problem, ""); };
            return Result<std::shared_ptr<Transport>>(std::make_shared<testing::RecordingTransport>(
                inner(settings).value(), settings.instance, std::move(options)
            ));
        };
    }

    static Outcome log_in(TransportFactory transport, SendOtp request, std::string const& code) {
        auto const& [vendor, send, verify, grant] = GetParam();
        ClientConfig config;
        boost::json::object input;
        if (grant) input.emplace("operation", "token");
        config.instances.push_back(instance_for(vendor, input));
        config.instances.back().delivery.retry.attempts = 1;
        boost::asio::io_context context;
        ClientOptions options;
        options.transport = std::move(transport);
        OtpClient client(context.get_executor(), std::move(config), std::move(options));
        Outcome outcome;
        client.async_send(
            SendTarget::instance(std::string(recorded_instance)),
            std::move(request),
            [&](Result<SendReceipt> sent) {
                ASSERT_TRUE(sent) << sent.error();
                outcome.handle = boost::json::serialize(sent->handle.to_json());
                outcome.request_id = sent->request_id;
                client.async_verify(
                    VerifyOtp(sent->handle, OtpCode::parse(code).value()),
                    [&outcome](Result<Verification> verified) {
                        ASSERT_TRUE(verified) << verified.error();
                        outcome.approved = verified->approved();
                        outcome.user_id = verified->user_id;
                    }
                );
            }
        );
        context.run();
        return outcome;
    }

    /// The same kind of recipient, but somebody else.
    static SendOtp another(boost::json::object input) {
        bool const is_of_eko = GetParam().vendor == "eko";
        if (input.contains("phone")) input["phone"] = is_of_eko ? "+919876500173" : "+12025550119";
        if (input.contains("reference")) input["reference"] = "REQ-20261231-777";
        if (auto* const ids = input.if_contains("user_ids")) {
            auto const id = GetParam().vendor == "10npay" ? "9111" : "customer_0123456789abcdef";
            for (auto& member : ids->as_object()) member.value() = id;
        }
        return send_from(input);
    }
};

// What a recording of a replay would not be, if anything in it were anew each time or read wrongly.
TEST_P(RecordedLogin, replays_for_anybody_and_byte_for_byte) {
    auto const sending = load(GetParam().send);
    auto const verifying = load(GetParam().verify);
    std::vector vendors{sending, verifying};
    if (GetParam().grant) vendors.push_back(load("token_ok"));
    auto const code = std::string(verifying.input.at("code").as_string());
    TemporaryDirectory folder;
    auto const first = folder.path() / "first";
    auto const second = folder.path() / "second";

    auto const original = log_in(
        recorded_in(first, testing::replay_transport_factory(std::move(vendors))),
        send_from(sending.input),
        code
    );
    auto const again = log_in(
        recorded_in(second, testing::replay_transport_factory(first)),
        send_from(sending.input),
        code
    );
    auto const other =
        log_in(testing::replay_transport_factory(second), another(sending.input), "000000");

    EXPECT_TRUE(original.approved && again.approved && other.approved);
    EXPECT_EQ(again.request_id, original.request_id);
    EXPECT_EQ(again.user_id.empty(), original.user_id.empty());
    EXPECT_THAT(files_of(first), SizeIs(GetParam().grant ? 3 : 2));
    ASSERT_EQ(files_of(first).size(), files_of(second).size());
    for (auto const& file : files_of(first)) {
        EXPECT_EQ(content_of(second / file.filename()), content_of(file));
    }
}

INSTANTIATE_TEST_SUITE_P(
    AllVendors,
    RecordedLogin,
    ::testing::Values(
        Login{"10npay", "send_204", "verify_200_empty", true},
        Login{"eko", "send_ok", "verify_ok", false},
        Login{"loyaltydog", "send_sms_ok", "verify_sms_ok", true},
        Login{"spherepay", "send_phone_ok", "verify_phone_ok", false},
        Login{"stytch", "send_sms_ok", "verify_ok", false}
    ),
    [](auto const& parameter) { return parameter.param.vendor; }
);

}  // namespace
}  // namespace otp::test
