// What a configuration and a scenario may say of the simulator.

#include "recordings/simulator_fixture.hpp"

#include <otp/config.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// `pointer: message` of each.
std::vector<std::string> lines(Error const& error) {
    std::vector<std::string> all;
    for (auto const& [pointer, message] : error.violations) all.push_back(pointer + ": " + message);
    return all;
}

class SimulatorConfiguration : public SimulatorTest {
protected:
    [[nodiscard]] Result<ClientConfig> parse(std::string const& instances) const {
        ConfigSources sources;
        sources.base_directory = folder.path();
        return parse_config(
            R"({"version":1,"allow_inline_secrets":true,"instances":{)" + instances + "}}",
            testing::registry_with_simulator(),
            sources
        );
    }
    /// What is wrong with a scenario.
    [[nodiscard]] std::vector<std::string> mistakes(std::string const& scenario) const {
        static_cast<void>(folder.write("scenario.json", scenario));
        auto const config =
            parse(R"("main":{"vendor":"simulator","options":{"scenario":"scenario.json"}})");
        return config ? std::vector<std::string>() : lines(config.error());
    }
    /// Of the first recipient's sends.
    [[nodiscard]] std::vector<std::string> mistakes_of_send(std::string const& step) const {
        return mistakes(R"({"version":1,"recipients":{"+12025550190":{"send":)" + step + "}}}");
    }
};

std::string const live_stytch = R"("real":{"vendor":"stytch","environment":"live","credentials":{)"
                                R"("project_id":"project-live-fake","secret":"fake-secret"}})";

TEST_F(SimulatorConfiguration, NeedsNothingButItsName) {
    auto const config = parse(R"("main":{"vendor":"simulator"})");
    ASSERT_TRUE(config) << config.error();
    EXPECT_THAT(config->warnings, IsEmpty());
}

TEST_F(SimulatorConfiguration, SaysWhereTheSimulatorIs) {
    auto const config = parse_config(
        R"({"version":1,"instances":{"main":{"vendor":"simulator"}}})",
        VendorRegistry::built_in(),
        ConfigSources()
    );
    ASSERT_TRUE(config.has_error());
    EXPECT_THAT(
        lines(config.error()),
        ElementsAre(
            "/instances/main/vendor: the simulator is not one of this program's vendors: it "
            "comes with OtpClient::testing, as otp::testing::registry_with_simulator() of "
            "<otp/testing/simulator.hpp>, for ClientOptions and for reading the "
            "configuration"
        )
    );
}

TEST_F(SimulatorConfiguration, IsRefusedBesideALiveInstance) {
    auto const refusal =
        "/instances/main/vendor: \"main\" stands for a vendor in tests and demonstrations, with "
        "codes that others may know, and cannot be used together with the live instance \"real\"; "
        "whoever means it gives it the option dangerously_beside_live";
    auto const simulated = std::string(R"("main":{"vendor":"simulator"})");
    auto const parsed = parse(simulated + "," + live_stytch);
    ASSERT_TRUE(parsed.has_error());
    EXPECT_THAT(lines(parsed.error()), ElementsAre(refusal));

    auto const of_eko = [](std::string const& environment) {
        return R"(,"real":{"vendor":"eko","environment":")" + environment +
               R"(","credentials":{"developer_key":"fake-key","access_key":"fake-access"}})";
    };
    EXPECT_THAT(lines(parse(simulated + of_eko("production")).error()), ElementsAre(refusal));
    EXPECT_TRUE(parse(simulated + of_eko("sandbox")));
}

TEST_F(SimulatorConfiguration, IsRefusedBesideAnInstanceWhoseCredentialsAreLive) {
    auto const of_stytch = [this](std::string const& project) {
        return parse(
            R"("main":{"vendor":"simulator"},"real":{"vendor":"stytch","credentials":{)"
            R"("project_id":")" +
            project + R"(","secret":"fake-secret"}})"
        );
    };
    auto const live = of_stytch("project-live-fake");
    ASSERT_TRUE(live.has_error());
    EXPECT_THAT(lines(live.error()), ElementsAre(HasSubstr("live instance \"real\"")));
    EXPECT_TRUE(of_stytch("project-test-fake"));
}

TEST_F(SimulatorConfiguration, MayBeToldToStandBesideALiveInstance) {
    auto const told = [this](std::string const& value) {
        return parse(
            R"("main":{"vendor":"simulator","options":{"dangerously_beside_live":)" + value +
            "}}," + live_stytch
        );
    };
    auto const permitted = told("true");
    ASSERT_TRUE(permitted) << permitted.error();
    ASSERT_THAT(permitted->warnings, SizeIs(1));
    EXPECT_EQ(permitted->warnings[0].pointer, "/instances/main/vendor");
    EXPECT_THAT(permitted->warnings[0].message, HasSubstr("\"real\""));
    EXPECT_TRUE(told("false").has_error());
}

TEST_F(SimulatorConfiguration, IsRefusedBesideALiveInstanceByTheClientToo) {
    auto mixed = [this] {
        auto made = config();
        auto& real = made.instances.emplace_back();
        real.name = "real";
        real.vendor = "stytch";
        real.credentials.emplace("project_id", Secret("project-live-fake"));
        real.credentials.emplace("secret", Secret("fake-secret"));
        return made;
    };
    try {
        OtpClient const refused(context.get_executor(), mixed(), client_options());
        ADD_FAILURE() << "made";
    } catch (ErrorException const& refusal) {
        EXPECT_EQ(refusal.error().category, ErrorCategory::config_invalid);
        EXPECT_THAT(lines(refusal.error()), ElementsAre(HasSubstr("live instance \"real\"")));
    }

    make_client();
    std::optional<Result<ReloadReport>> reloaded;
    client->async_reload(mixed(), [&](Result<ReloadReport> outcome) {
        reloaded.emplace(std::move(outcome));
    });
    settle();
    ASSERT_TRUE(reloaded && reloaded->has_error());
    EXPECT_THAT(lines(reloaded->error()), ElementsAre(HasSubstr("live instance \"real\"")));
    EXPECT_TRUE(send("+12025550190")) << "it goes by the old configuration";

    options["dangerously_beside_live"] = "true";
    OtpClient const accepted(context.get_executor(), mixed(), client_options());
}

TEST_F(SimulatorConfiguration, ChecksItsOptions) {
    auto const config = parse(
        R"("main":{"vendor":"simulator","environment":"test","base_url":"https://a.example",)"
        R"("options":{"show_codes":"stdout","dangerously_beside_live":"yes","scenarios":"x"}})"
    );
    ASSERT_TRUE(config.has_error());
    EXPECT_THAT(
        lines(config.error()),
        ElementsAre(
            HasSubstr("/environment: "),
            HasSubstr("/options/scenarios: "),
            "/instances/main/options/dangerously_beside_live: must be true or false",
            "/instances/main/options/show_codes: must be stderr or receipt"
        )
    );
    EXPECT_THAT(
        mistakes("{"),
        ElementsAre(HasSubstr("/instances/main/options/scenario: scenario.json is no JSON: "))
    );
    auto const missing =
        parse(R"("main":{"vendor":"simulator","options":{"scenario":"missing.json"}})");
    EXPECT_THAT(
        lines(missing.error()),
        ElementsAre("/instances/main/options/scenario: missing.json cannot be read")
    );
    auto const directory = parse(R"("main":{"vendor":"simulator","options":{"scenario":"."}})");
    EXPECT_THAT(lines(directory.error()), ElementsAre(HasSubstr("cannot be read")));
    auto const empty = parse(R"("main":{"vendor":"simulator","options":{"scenario":""}})");
    EXPECT_THAT(lines(empty.error()), ElementsAre(HasSubstr("must be the path of a file")));
}

TEST_F(SimulatorConfiguration, ReadsNoScenarioWhereFilesMayNotBeRead) {
    static_cast<void>(folder.write("scenario.json", R"({"version":1})"));
    ConfigSources sources;
    sources.base_directory = folder.path();
    sources.allow_files = false;
    auto const config = parse_config(
        R"({"version":1,"instances":{"main":{"vendor":"simulator",
            "options":{"scenario":"scenario.json"}}}})",
        testing::registry_with_simulator(),
        sources
    );
    ASSERT_TRUE(config.has_error());
    EXPECT_THAT(lines(config.error()), ElementsAre(HasSubstr("this text may name none")));
}

TEST_F(SimulatorConfiguration, TellsEveryMistakeOfAScenarioWithItsPlace) {
    EXPECT_THAT(
        mistakes(R"({"seed":-1,"reserved_recipients":"no","recipient":{},
            "defaults":{"wrong_codes":0,"code_length":11,"expires_in":"25h"},
            "recipients":{
                "2025550190":{},
                "+1*2":{},
                "+12025550190":{"code":"12","verify":{"outcome":"wrong_cod"}},
                "+12025550191":{"code":"123456","valid_until":"tomorrow","send":[]},
                "+12025550192":{"valid_until":"2027-01-01T00:00:00Z"}}})"),
        ElementsAre(
            HasSubstr("/recipient is no member here; did you mean \"recipients\"?"),
            HasSubstr("/version is missing: it is 1"),
            HasSubstr("/seed must be a whole number from 0 to 2147483647"),
            HasSubstr("/reserved_recipients must be true or false"),
            HasSubstr("/defaults/expires_in must be a duration of at most 24h"),
            HasSubstr("/defaults/wrong_codes must be a whole number from 1 to 100"),
            HasSubstr("/defaults/code_length must be a whole number from 4 to 10"),
            HasSubstr("/recipients/2025550190 must be a number such as +12025550162"),
            HasSubstr("/recipients/+1*2 must be a number such as +12025550162"),
            HasSubstr("/recipients/+12025550190/verify/outcome is no outcome; did you mean "
                      "\"wrong_code\"?"),
            HasSubstr("/recipients/+12025550190/code must be 4 to 10 digits"),
            HasSubstr("/recipients/+12025550190/valid_until is missing: a code that is written "
                      "down must end one day"),
            HasSubstr("/recipients/+12025550191/send must have at least one step"),
            HasSubstr("/recipients/+12025550191/valid_until must be a time with its zone"),
            HasSubstr("/recipients/+12025550192/valid_until is about a code, which is missing")
        )
    );
}

TEST_F(SimulatorConfiguration, TellsEveryMistakeOfAStep) {
    EXPECT_THAT(
        mistakes_of_send(R"([{"fail":"timeot"},{"fail":"timeout","delivery":"accepted"},
            {"delivery":"unknown"},{"retry_after":"3s"},{"delay":"3"},{"outcome":"approved"},3,
            {"fail":"tls_failed","delivery":"unknown"},
            {"fail":"unavailable","delivery":"not_sent","code_arrives":true}])"),
        ElementsAre(
            HasSubstr("/send/0/fail is no category of an error; did you mean \"timeout\"?"),
            HasSubstr("/send/1/delivery is no delivery of a failure; there are not_sent, unknown"),
            HasSubstr("/send/2/delivery is about a failure: fail is missing"),
            HasSubstr("/send/3/retry_after is about a failure: fail is missing"),
            HasSubstr("/send/4/delay must be a duration of at most 24h, such as 500ms, 30s or 5m"),
            HasSubstr("/send/5/outcome is no member here"),
            HasSubstr("/send/6 must be an object"),
            HasSubstr("/send/7/delivery must be not_sent: nothing leaves where there is no "
                      "connection"),
            HasSubstr("/send/8/code_arrives cannot be true where nothing was sent")
        )
    );
    EXPECT_THAT(
        mistakes(R"({"version":1,"defaults":{"verify":{"fail":"timeout","outcome":"expired"}}})"),
        ElementsAre(HasSubstr("/defaults/verify/outcome cannot stand beside fail"))
    );
    EXPECT_THAT(mistakes(R"({"version":1,"defaults":{"send":{"delay":"24h"}}})"), IsEmpty());
}

/// The numbers and addresses in code of the tables of a page.
std::set<std::string> recipients_of_tables(std::string const& page) {
    std::set<std::string> found;
    std::regex const row("\\| `([^`]*@example\\.com|\\+[0-9]+)` \\|");
    for (std::sregex_iterator match(page.begin(), page.end(), row), end; match != end; ++match) {
        found.insert((*match)[1]);
    }
    return found;
}

TEST_F(SimulatorConfiguration, ItsPageListsTheReservedRecipients) {
    std::ifstream in(std::filesystem::path(OTP_SOURCE_DIR) / "docs/vendors/simulator.md");
    std::string const page{std::istreambuf_iterator<char>(in), {}};
    auto const listed = recipients_of_tables(page);
    EXPECT_THAT(listed, SizeIs(30));
    for (auto const& to : listed) {
        // Whose breaker has seen nothing of the others.
        make_client();
        auto const before = send(to);
        bool const is_unusual =
            before.has_error() || code_for(to) == "123456" || code_for(to).empty();
        EXPECT_TRUE(is_unusual) << to << " is answered as anybody";
    }
    for (int number = 100; number < 200; ++number) {
        auto const to = "+12025550" + std::to_string(number);
        if (listed.contains(to)) continue;
        make_client();
        EXPECT_TRUE(send(to)) << to;
        EXPECT_NE(code_for(to), "123456") << to << " is missing in the page";
    }
}

}  // namespace
}  // namespace otp::test
