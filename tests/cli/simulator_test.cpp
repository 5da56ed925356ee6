// The simulator from the command line, where a send and its check are two processes.

#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class SimulatorProgram : public testing::Test {
protected:
    /// A configuration of one simulator, with these options, and of `others`.
    [[nodiscard]] std::string config(
        std::string const& options = "{}", std::string const& others = ""
    ) const {
        return folder
            .write(
                "demo.json",
                R"({"version":1,"allow_inline_secrets":true,"instances":{"demo":{)"
                R"("vendor":"simulator","options":)" +
                    options + "}" + others + R"(},"routes":{"login":{"use":["demo"]}}})"
            )
            .string();
    }
    [[nodiscard]] Finished send(std::string const& file, std::string const& phone) const {
        return otp_program(
            {"send", "--config", file, "--phone", phone, "--handle-out", handle, "--show-test-code"}
        );
    }
    [[nodiscard]] std::string verify(std::string const& file, std::string const& code) const {
        auto const verified =
            otp_program({"verify", "--config", file, "--handle", handle, "--code", code});
        return verified.status == 0 ? verified.out.substr(0, verified.out.find('\n'))
                                    : verified.err.substr(0, verified.err.find('\n'));
    }
    [[nodiscard]] static std::string match(std::string const& text, char const* expression) {
        std::smatch found;
        return std::regex_search(text, found, std::regex(expression)) ? found[1].str() : "";
    }

    TemporaryDirectory folder;
    std::string handle{(folder.path() / "handle.json").string()};
};

TEST_F(SimulatorProgram, ACodeThatIsShownCanBeVerifiedByAnotherProcess) {
    auto const printing = config(R"({"show_codes":"stderr"})");
    auto const sent = send(printing, "+12025550162");
    ASSERT_EQ(sent.status, 0) << sent.err;
    auto const code = match(
        sent.err, R"(simulator demo: code ([0-9]{6}) for \+12025550162 \(sms\), valid until 20)"
    );
    ASSERT_NE(code, "") << sent.err;
    EXPECT_EQ(verify(printing, wrong_code(code)), "otp: not approved: the code is wrong");
    EXPECT_EQ(verify(printing, code), "approved");

    auto const telling = config(R"({"show_codes":"receipt"})");
    auto const told = send(telling, "+12025550162");
    auto const test_code = match(told.out, R"(test code +([0-9]{6}))");
    ASSERT_NE(test_code, "") << told.out;
    EXPECT_EQ(verify(telling, test_code), "approved");

    auto const quiet = send(config(), "+12025550162");
    EXPECT_EQ(quiet.status, 0);
    EXPECT_EQ(match(quiet.out + quiet.err, "([^0-9][0-9]{6}[^0-9])"), "") << "nobody asked for it";
}

TEST_F(SimulatorProgram, AFixedCodeCanBeVerifiedByAnotherProcess) {
    auto const file = config(R"({"scenario":"scenario.json"})");
    static_cast<void>(folder.write("scenario.json", R"({"version":1,"recipients":{"+12025550162":{
        "code":"135790","valid_until":"2100-01-01T00:00:00Z"}}})"));
    ASSERT_EQ(send(file, "+12025550162").status, 0) << "the path begins at the configuration's";
    EXPECT_EQ(verify(file, "135791"), "otp: not approved: the code is wrong");
    EXPECT_EQ(verify(file, "135790"), "approved");
    EXPECT_THAT(send(file, "+12025550101").err, HasSubstr("invalid_recipient"));
}

TEST_F(SimulatorProgram, IsCheckedAndRefusedBesideALiveInstance) {
    auto const alone = otp_program({"check", "--connect", "--config", config()});
    EXPECT_EQ(alone.status, 0) << alone.err;
    EXPECT_THAT(alone.out, HasSubstr("vendor        simulator"));
    EXPECT_THAT(alone.out, HasSubstr("credentials   none"));

    std::string const live = R"(,"real":{"vendor":"stytch","credentials":{)"
                             R"("project_id":"project-live-fake","secret":"fake-secret"}})";
    auto const refused = otp_program({"check", "--config", config("{}", live)});
    EXPECT_NE(refused.status, 0);
    EXPECT_THAT(refused.err, HasSubstr("\"demo\" stands for a vendor"));
    EXPECT_THAT(refused.err, HasSubstr("the live instance \"real\""));

    auto const told = config(R"({"dangerously_beside_live":true})", live);
    auto const permitted = otp_program({"check", "--config", told});
    EXPECT_EQ(permitted.status, 0) << permitted.err;
    EXPECT_THAT(permitted.out, HasSubstr("warning /instances/demo/vendor: \"demo\" is no vendor"));

    static_cast<void>(folder.write("scenario.json", R"({"version":1,"sed":7})"));
    auto const mistaken =
        otp_program({"check", "--config", config(R"({"scenario":"scenario.json"})")});
    EXPECT_NE(mistaken.status, 0);
    EXPECT_THAT(mistaken.err, HasSubstr("/sed is no member here; did you mean \"seed\"?"));
}

TEST_F(SimulatorProgram, IsListedLastAndAsNoVendor) {
    auto const listed = otp_program({"vendors"});
    EXPECT_THAT(listed.out, HasSubstr("simulator (in process)"));
    EXPECT_LT(listed.out.find("\nstytch "), listed.out.find("\nsimulator "));
    auto const json = boost::json::parse(otp_program({"vendors", "--json"}).out);
    auto const& vendors = json.at("vendors").as_array();
    ASSERT_EQ(vendors.size(), 6U);
    EXPECT_EQ(vendors.back().at("name"), "simulator");
    EXPECT_EQ(vendors.back().at("in_process"), true);
    EXPECT_EQ(vendors.front().at("in_process"), false);
}

}  // namespace
}  // namespace otp::test
