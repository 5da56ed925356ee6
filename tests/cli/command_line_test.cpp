// A slip in a command line is named with what was probably meant; help and versions are where
// people look for them. Nothing here needs a vendor.

#include "cli/support/mock_setup.hpp"

#include <otp/version.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

struct Slip {
    Arguments arguments;
    std::string mistake;
};

TEST(CommandLine, NamesASlipWithWhatWasProbablyMeant) {
    std::vector<Slip> const slips{
        {{"sned"}, "unknown command sned; did you mean send?"},
        {{"verfy", "--json"}, "unknown command verfy; did you mean verify?"},
        {{"chekc"}, "unknown command chekc; did you mean check?"},
        {{"vendor"}, "unknown command vendor; did you mean vendors?"},
        {{"mok"}, "unknown command mok; did you mean mock?"},
        {{"hepl"}, "unknown command hepl; did you mean help?"},
        {{"frobnicate"},
         "unknown command frobnicate; there are send, verify, explain, check, health, vendors, "
         "replay, mock, help, version"},
        {{},
         "give a command; there are send, verify, explain, check, health, vendors, replay, "
         "mock, help, version"},
        {{"--verison"}, "unknown option --verison; did you mean --version?"},
        {{"send", "--phnoe", "+12025550162"}, "unknown option --phnoe; did you mean --phone?"},
        {{"send", "--phnoe=+12025550162"}, "unknown option --phnoe; did you mean --phone?"},
        {{"send", "--config", "c", "--chanel", "sms"},
         "unknown option --chanel; did you mean --channel?"},
        {{"send", "-phone", "+12025550162"}, "unknown option -phone; did you mean --phone?"},
        {{"send", "--user_agent", "x"}, "unknown option --user_agent; did you mean --user-agent?"},
        {{"verify", "--hadnle", "h"}, "unknown option --hadnle; did you mean --handle?"},
        {{"check", "--confg", "c"}, "unknown option --confg; did you mean --config?"},
        {{"vendors", "--jsn"}, "unknown option --jsn; did you mean --json?"},
        {{"mock", "--prot", "0"}, "unknown option --prot; did you mean --port?"},
        {{"verify", "--phone", "+12025550162"},
         "unknown option --phone of otp verify; otp send has it"},
        {{"send", "--frobnicate"}, "unknown option --frobnicate of otp send"},
        {{"send", "--phone+12025550162"},
         "an option and its value are written --phone VALUE or --phone=VALUE"},
        {{"send", "json"},
         "an argument belongs to no option of this command; did you mean --json?"},
        {{"send", "--user-agent", "Mozilla/5.0", "(X11)"},
         "an argument belongs to no option of this command; a value with blanks in it stands in "
         "quotes"},
        {{"help", "sned"}, "unknown command sned; did you mean send?"},
    };
    for (auto const& slip : slips) {
        SCOPED_TRACE(testing::PrintToString(slip.arguments));
        auto const refused = otp_program(slip.arguments);
        EXPECT_EQ(refused.status, 2);
        bool const as_json = !slip.arguments.empty() && slip.arguments.back() == "--json";
        auto const said =
            as_json ? std::string(json::parse(refused.out).at("error").at("message").as_string())
                    : refused.err.substr(0, refused.err.find('\n'));
        EXPECT_EQ(said, (as_json ? "" : "otp: ") + slip.mistake);
    }
}

TEST(CommandLine, ShowsNoValueThatWasTyped) {
    for (Arguments const& arguments :
         {Arguments{"481592"},
          Arguments{"send", "+12025550162"},
          Arguments{"send", "--+12025550162"},
          Arguments{"send", "--code481592"},
          Arguments{"send", "-12025550162"},
          Arguments{"verify", "--code", "1", "user@example.com"},
          Arguments{"user@example.com"},
          Arguments{"help", "481592"},
          Arguments{"mock", "--port=481592secret"},
          Arguments{"mock", "--seed", "user@example.com"},
          Arguments{"send", "--json=481592"}}) {
        auto const refused = otp_program(arguments);
        EXPECT_EQ(refused.status, 2);
        for (auto const* value : {"481592", "2025550162", "user@example.com"}) {
            EXPECT_THAT(refused.err + refused.out, Not(HasSubstr(value)));
        }
    }
}

TEST(CommandLine, NamesTheOptionWhoseValueIsNone) {
    for (Arguments const& arguments :
         {Arguments{"mock", "--port", "99999"}, Arguments{"mock", "--port=secret-word"}}) {
        auto const refused = otp_program(arguments);
        EXPECT_EQ(refused.status, 2);
        EXPECT_THAT(
            refused.err, StartsWith("otp: --port: this is no value for it, or one out of range\n")
        );
    }
}

TEST(CommandLine, NamesTheOptionThatIsNotGivenOnce) {
    for (Arguments const& arguments :
         {Arguments{"check", "--config"}, Arguments{"check", "--config", "a", "--config", "b"}}) {
        auto const refused = otp_program(arguments);
        EXPECT_EQ(refused.status, 2);
        EXPECT_THAT(refused.err, StartsWith("otp: --config: give one value\n"));
    }
}

TEST(CommandLine, ExplainsNoCommandThatDoesNotExist) {
    for (Arguments const& arguments :
         {Arguments{"sned", "--help"}, Arguments{"sned", "--version"}}) {
        auto const refused = otp_program(arguments);
        EXPECT_EQ(refused.status, 2);
        EXPECT_EQ(refused.out, "");
        EXPECT_THAT(refused.err, StartsWith("otp: unknown command sned; did you mean send?\n"));
    }
}

TEST(CommandLine, NamesTheNearestOfTheValuesThatAnOptionHas) {
    MockSetup const setup;
    Arguments const send{
        "send", "--config", setup.config(), "--phone", "+12025550162", "--route", "stytch"};
    std::vector<Slip> const slips{
        {{"--channel", "smss"}, "--channel: give sms, email or whatsapp; did you mean sms?"},
        {{"--channel=whatsup"}, "--channel: give sms, email or whatsapp; did you mean whatsapp?"},
        {{"--channel", "pigeon"}, "--channel: give sms, email or whatsapp"},
        {{"--user", "sphrepay=x"}, "--user: no such vendor; did you mean spherepay?"},
        {{"--field", "stych.user_id=x"}, "--field: no such vendor; did you mean stytch?"},
        {{"--user", "nobody=x"},
         "--user: no such vendor; there are 10npay, eko, loyaltydog, simulator, spherepay, "
         "stytch"},
    };
    for (auto const& slip : slips) {
        auto const refused = otp_program(send + slip.arguments);
        EXPECT_EQ(refused.status, 2);
        EXPECT_THAT(refused.err, StartsWith("otp: " + slip.mistake + "\n"));
    }
}

TEST(CommandLine, NamesTheNearestRouteInstanceAndField) {
    MockSetup const setup;
    auto const send = [&setup](Arguments const& options) {
        auto const refused = otp_program(
            Arguments{"send", "--config", setup.config(), "--phone", "+12025550162"} + options
        );
        EXPECT_NE(refused.status, 0);
        return refused.err;
    };
    EXPECT_THAT(
        send({"--route", "logn"}), HasSubstr(R"(unknown route "logn"; did you mean "login"?)")
    );
    EXPECT_THAT(
        send({"--instance", "stych"}),
        HasSubstr(R"(unknown instance "stych"; did you mean "stytch"?)")
    );
    auto const field = send({"--route", "stytch", "--field", "stytch.userid=x"});
    EXPECT_THAT(
        field,
        StartsWith("otp: failed, nothing was sent: /vendor_fields/stytch/userid is no field that "
                   "this vendor has here; did you mean user_id?\n")
    );
    EXPECT_EQ(field.find("userid"), field.rfind("userid")) << "said twice: " << field;
}

TEST(CommandLine, ExplainsItself) {
    auto const all = otp_program({"--help"});
    EXPECT_EQ(all.status, 0);
    EXPECT_EQ(otp_program({"help"}).out, all.out);
    EXPECT_EQ(otp_program({"help"}).status, 0);
    for (auto const* command : {"send", "verify", "check", "vendors", "mock"}) {
        EXPECT_THAT(all.out, HasSubstr(command));
        auto const by_option = otp_program({command, "--help"});
        EXPECT_EQ(by_option.status, 0);
        EXPECT_THAT(by_option.out, HasSubstr("Usage: otp " + std::string(command)));
        auto const by_command = otp_program({"help", command});
        EXPECT_EQ(by_command.status, 0);
        EXPECT_EQ(by_command.out, by_option.out);
    }
}

TEST(CommandLine, TellsItsVersions) {
    auto const versions = otp_program({"--version"});
    EXPECT_EQ(versions.status, 0);
    EXPECT_EQ(versions.out, version_details() + '\n');
    EXPECT_EQ(versions.err, "");
    EXPECT_EQ(otp_program({"version"}).out, versions.out);
}

}  // namespace
}  // namespace otp::test
