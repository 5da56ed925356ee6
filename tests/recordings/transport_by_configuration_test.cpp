#include "recordings/exchange_probe.hpp"
#include "recordings/recorded_call.hpp"
#include "support/temporary_directory.hpp"

#include <otp/testing/recordings.hpp>
#include <otp/testing/transport_by_configuration.hpp>

#include <boost/asio/io_context.hpp>

#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <stdlib.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

using otp::test::ExchangeProbe;
using otp::test::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// One instance of SpherePay whose transport is made by its configuration.
class TransportByConfiguration : public ::testing::Test {
protected:
    TransportByConfiguration() : instance_(otp::test::instance_for("spherepay", {})) {}

    Result<std::shared_ptr<Transport>> make(TransportFactory const& factory) {
        TransportSettings const settings{
            context_.get_executor(),
            // Nobody listens there.
            "http://127.0.0.1:1",
            instance_,
            Clock::system(),
            NameResolver::system()};
        return factory(settings);
    }

    HttpExchange exchange(Transport& transport, std::string const& customer) {
        HttpRequest request(
            HttpMethod::post, "/v2/customer/" + customer + "/otp-send", "/v2/customer/{id}/otp-send"
        );
        request.headers = {{"authorization", "Bearer fake"}};
        request.content_type = json_content_type;
        request.body = R"({"type":"phone"})";
        ExchangeProbe probe;
        transport.async_exchange(
            std::move(request), Clock::TimePoint::max(), probe.handler(context_.get_executor())
        );
        context_.restart();
        context_.run();
        return std::move(*probe.exchange);
    }

    InstanceConfig instance_;
    boost::asio::io_context context_;
    TemporaryDirectory folder_;
};

TEST_F(TransportByConfiguration, replays_a_folder_as_often_as_it_is_asked) {
    save_recording(recordings("spherepay", {"send_phone_ok"}).front(), folder_.path());
    instance_.replay = folder_.path();
    auto const factory = transport_by_configuration();
    auto const transport = make(factory).value();
    for (int round = 0; round < 2; ++round) {
        auto const done = exchange(*transport, "customer_f31121c389624d3697cbf3ea8830b7a4");
        ASSERT_TRUE(done.outcome) << done.outcome.error();
        EXPECT_EQ(done.outcome->status, 200);
    }
    EXPECT_EQ(exchange(*transport, "other").bytes_taken, 0U);
}

TEST_F(TransportByConfiguration, records_what_the_vendor_answers_or_says_that_it_did_not) {
    instance_.record = folder_.path() / "made";
    std::vector<RecordingNote> notes;
    auto const factory = transport_by_configuration(
        VendorRegistry::built_in(), [&notes](RecordingNote const& note) { notes.push_back(note); }
    );
    auto const transport = make(factory).value();
    EXPECT_EQ(exchange(*transport, "any").outcome.error().category, ErrorCategory::connect_failed);
    ASSERT_THAT(notes, SizeIs(1));
    EXPECT_EQ(notes[0].problem, "there was no answer");
    EXPECT_EQ(notes[0].instance, instance_.name);
}

TEST_F(TransportByConfiguration, a_folder_without_recordings_is_a_mistake) {
    instance_.replay = folder_.path() / "none";
    auto const made = make(transport_by_configuration());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(made.error().message, HasSubstr("none"));
}

TEST_F(TransportByConfiguration, the_clients_own_transport_refuses_both_keys) {
    instance_.record = folder_.path();
    auto const recording = make(make_http_transport);
    ASSERT_FALSE(recording);
    EXPECT_EQ(recording.error().category, ErrorCategory::config_invalid);
    EXPECT_EQ(recording.error().violations.at(0).pointer, "/record");
    EXPECT_THAT(recording.error().message, HasSubstr("otp::testing::transport_by_configuration()"));
    instance_.record.reset();
    instance_.replay = folder_.path();
    auto const replaying = make(make_http_transport);
    ASSERT_FALSE(replaying);
    EXPECT_EQ(replaying.error().violations.at(0).pointer, "/replay");
}

/// The environment is that of the process.
class InstalledRecordings : public ::testing::Test {
protected:
    ~InstalledRecordings() override { ::unsetenv("OTP_RECORDINGS"); }

    static std::string refusal(std::string_view vendor) {
        try {
            return recordings(vendor).string() + " was found";
        } catch (ErrorException const& exception) {
            return exception.what();
        }
    }
};

TEST_F(InstalledRecordings, are_found_by_the_vendors_name) {
    EXPECT_THAT(load_recordings(recordings("eko")), ::testing::Not(IsEmpty()));
    auto const chosen = recordings("stytch", {"verify_ok", "send_sms_ok"});
    std::vector<std::string> names;
    for (auto const& recording : chosen) names.push_back(recording.name);
    EXPECT_THAT(names, ElementsAre("verify_ok", "send_sms_ok"));
}

TEST_F(InstalledRecordings, say_what_to_do_where_there_are_none) {
    EXPECT_THAT(refusal("stych"), HasSubstr("did you mean \"stytch\"?"));
    EXPECT_THAT(refusal(""), HasSubstr("no recordings of a vendor"));
    EXPECT_THROW((void)recordings("stytch", {"send_sms_okay"}), ErrorException);
    TemporaryDirectory const empty;
    ::setenv("OTP_RECORDINGS", empty.path().c_str(), 1);
    EXPECT_THAT(refusal("stytch"), HasSubstr("has no recordings of a vendor \"stytch\""));
    ::setenv("OTP_RECORDINGS", (empty.path() / "none").c_str(), 1);
    EXPECT_THAT(refusal("stytch"), HasSubstr("let the environment's OTP_RECORDINGS name"));
}

}  // namespace
}  // namespace otp::testing
