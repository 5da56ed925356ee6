// The real program records, replays, and finds where a vendor has changed.

#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

constexpr auto other_phone = "+12025550163";

/// A mock vendor, and a folder of recordings of one login with it.
class Recordings : public testing::Test {
protected:
    [[nodiscard]] Finished send(std::vector<std::string> const& more) const {
        return otp_program(
            std::vector<std::string>{
                "send",
                "--config",
                setup_.config(),
                "--route",
                "stytch",
                "--handle-out",
                handle()} +
            more
        );
    }
    [[nodiscard]] Finished verify(std::string const& code, std::vector<std::string> const& more)
        const {
        return otp_program(
            std::vector<std::string>{
                "verify", "--config", setup_.config(), "--handle", handle(), "--code", code} +
            more
        );
    }
    [[nodiscard]] Finished replay(std::vector<std::string> const& more) const {
        return otp_program(
            std::vector<std::string>{
                "replay", "--against", setup_.config(), "--instance", "stytch", folder()} +
            more
        );
    }

    void record_a_login() const {
        auto const sent = send({"--phone", example_phone, "--record", folder()});
        ASSERT_EQ(sent.status, 0) << sent.err;
        auto const code = setup_.newest_code("stytch");
        auto const verified = verify(code, {"--record", folder()});
        ASSERT_EQ(verified.status, 0) << verified.err;
        for (auto const* const name : {sending, checking}) {
            for (auto const& secret : mock_secrets()) {
                EXPECT_THAT(setup_.read(name), Not(HasSubstr(secret)));
            }
            EXPECT_THAT(setup_.read(name), Not(HasSubstr(code)));
            EXPECT_THAT(setup_.read(name), Not(HasSubstr("9002336768")));
        }
    }

    [[nodiscard]] std::string folder() const { return setup_.file("recordings"); }
    [[nodiscard]] std::string handle() const { return setup_.file("handle.json"); }

    static constexpr auto sending = "recordings/0001_send_200.json";
    static constexpr auto checking = "recordings/0002_verify_200.json";
    MockSetup setup_;
};

TEST_F(Recordings, serve_anybody_without_a_vendor) {
    record_a_login();
    auto const messages = setup_.messages("stytch");
    auto const sent = send({"--phone", other_phone, "--replay", folder()});
    EXPECT_EQ(sent.status, 0) << sent.err;
    auto const verified = verify("000000", {"--replay", folder()});
    EXPECT_EQ(verified.status, 0) << verified.err;
    EXPECT_THAT(verified.out, HasSubstr("approved"));
    EXPECT_EQ(setup_.messages("stytch"), messages);

    auto const other = send({"--phone", other_phone, "--locale", "es", "--replay", folder()});
    EXPECT_EQ(other.status, 1);
    EXPECT_THAT(other.err, HasSubstr("body /locale is not in the recording"));
}

TEST_F(Recordings, are_made_and_served_by_configuration_alone) {
    auto config = json::parse(setup_.read("otp.json")).as_object();
    auto& instance = config.at("instances").at("stytch").as_object();
    instance["record"] = "recordings";
    (void)setup_.write("otp.json", json::serialize(config));
    EXPECT_EQ(send({"--phone", example_phone}).status, 0);
    EXPECT_TRUE(std::filesystem::exists(setup_.file(sending)));
    instance.erase("record");
    instance["replay"] = "recordings";
    (void)setup_.write("otp.json", json::serialize(config));
    auto const messages = setup_.messages("stytch");
    EXPECT_EQ(send({"--phone", other_phone}).status, 0);
    EXPECT_EQ(setup_.messages("stytch"), messages);
}

TEST_F(Recordings, show_where_the_vendor_has_changed) {
    record_a_login();
    auto const same = replay({"--phone", other_phone});
    // The code is wrong, and no wrong one was recorded.
    EXPECT_EQ(same.status, 1) << same.err;
    EXPECT_THAT(
        same.out, HasSubstr("same      POST /v1/otps/sms/login_or_create: as in 0001_send_200")
    );
    EXPECT_THAT(same.out, HasSubstr("status is 404 and was 200"));

    std::filesystem::remove(setup_.file(checking));
    EXPECT_EQ(replay({"--phone", other_phone}).status, 0);
    auto changed = setup_.read(sending);
    changed.replace(changed.find("\"phone_id\""), 10, "\"fone_id\"");
    (void)setup_.write(sending, changed);
    auto const drift = replay({"--phone", other_phone, "--json"});
    EXPECT_EQ(drift.status, 1);
    auto const object = json::parse(drift.out).as_object();
    EXPECT_EQ(object.at("ok"), false);
    EXPECT_EQ(
        json::serialize(object.at("requests").at(0).at("differences")),
        R"(["body /fone_id is missing","body /phone_id is new, a text"])"
    );
    EXPECT_THAT(drift.out, Not(HasSubstr(other_phone)));
}

TEST_F(Recordings, are_sent_to_nobody_by_mistake) {
    record_a_login();
    auto config = json::parse(setup_.read("otp.json")).as_object();
    auto& instance = config.at("instances").at("stytch").as_object();
    instance.erase("base_url");
    instance.erase("environment");
    (void)setup_.write("otp.json", json::serialize(config));
    auto const refused = replay({"--phone", other_phone});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("may reach people"));
    EXPECT_THAT(refused.err, HasSubstr("--live"));

    auto const unfilled =
        otp_program({"replay", "--against", setup_.config(), "--instance", "eko", folder()});
    EXPECT_EQ(unfilled.status, 1) << unfilled.err;
    EXPECT_THAT(unfilled.out, HasSubstr("2 recordings that were not sent"));
    EXPECT_THAT(
        otp_program({"replay", "--against", setup_.config(), folder()}).err,
        HasSubstr("give --instance; there are")
    );
}

}  // namespace
}  // namespace otp::test
