// `otp check` shows what is used, and why; with --connect it tries the way there.

#include "cli/support/mock_setup.hpp"
#include "support/scripted_server.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CheckCommand : public testing::Test {
protected:
    [[nodiscard]] Finished check(
        std::vector<std::string> const& options, Environment const& extra = {}
    ) const {
        return otp_program(
            std::vector<std::string>{"check", "--config", setup.config()} + options, {}, extra
        );
    }
    [[nodiscard]] json::object check_object(
        std::vector<std::string> const& options, Environment const& extra = {}
    ) const {
        auto const finished = check(options + std::vector<std::string>{"--json"}, extra);
        return json::parse(finished.out).as_object();
    }
    /// A configuration of one instance that is to be reached at `base_url`.
    [[nodiscard]] std::string config_of(std::string_view base_url) const {
        return setup.write(
            "one.json",
            json::serialize(json::object{
                {"version", 1},
                {"allow_inline_secrets", true},
                {"instances",
                 json::object{
                     {"one",
                      json::object{
                          {"vendor", "spherepay"},
                          {"base_url", base_url},
                          {"connect_timeout", "2s"},
                          {"handshake_timeout", "1s"},
                          {"credentials", json::object{{"api_key", "fake-api-key"}}}}}}}})
        );
    }

    MockSetup setup;
};

TEST_F(CheckCommand, shows_the_route_that_the_environment_decides) {
    setup.point_login_at("stytch");
    auto const shown = check({}, {{"OTP_ROUTE_LOGIN", "eko, spherepay"}});
    EXPECT_EQ(shown.status, 0) << shown.err;
    EXPECT_THAT(
        shown.out,
        HasSubstr("route login\n  use           eko, then spherepay (OTP_ROUTE_LOGIN; the file "
                  "says stytch)\n")
    );
    auto const object = check_object({}, {{"OTP_ROUTE_LOGIN", "eko"}});
    for (auto const& route : object.at("routes").as_array()) {
        bool const is_login = route.at("name") == "login";
        EXPECT_EQ(route.at("variable"), is_login ? json::value("OTP_ROUTE_LOGIN") : nullptr);
        if (is_login) {
            EXPECT_EQ(route.at("use"), (json::array{"eko"}));
            EXPECT_EQ(route.at("configured_use"), (json::array{"stytch"}));
        }
    }
}

TEST_F(CheckCommand, refuses_variables_of_no_route_and_unknown_instances) {
    auto const lost = check({}, {{"OTP_ROUTE_LOGN", "eko"}});
    EXPECT_EQ(lost.status, 2);
    EXPECT_THAT(
        lost.err,
        HasSubstr("  /routes: unknown route's variable \"OTP_ROUTE_LOGN\"; did you mean "
                  "\"OTP_ROUTE_LOGIN\"?\n")
    );
    auto const unknown = check({}, {{"OTP_ROUTE_LOGIN", "EKO"}});
    EXPECT_EQ(unknown.status, 2);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean \"eko\"?"));
}

TEST_F(CheckCommand, says_that_there_are_no_authorities_and_where_they_were_sought) {
    auto const config = config_of("https://api.example.com");
    auto const checked = otp_program(
        {"check", "--config", config},
        {},
        {{"SSL_CERT_FILE", "/nonexistent/file"}, {"SSL_CERT_DIR", "/nonexistent/folder"}}
    );
    EXPECT_NE(checked.status, 0);
    auto const said = checked.out + checked.err;
    EXPECT_THAT(said, HasSubstr("/nonexistent/file"));
    EXPECT_THAT(said, HasSubstr("/nonexistent/folder"));
    EXPECT_THAT(said, Not(HasSubstr("can be used")));
}

TEST_F(CheckCommand, connects_to_every_instance_and_sends_nothing) {
    auto const connected = check({"--connect"});
    EXPECT_EQ(connected.status, 0) << connected.out << connected.err;
    for (auto const* instance : all_vendors) {
        EXPECT_THAT(connected.out, HasSubstr("connection " + std::string(instance) + "\n"));
    }
    EXPECT_THAT(connected.out, HasSubstr("All connections can be opened; no request was sent.\n"));
    auto const object = check_object({"--connect"});
    EXPECT_EQ(object.at("ok"), true);
    auto const& connections = object.at("connections").as_array();
    EXPECT_EQ(connections.size(), 5U);
    for (auto const& connection : connections) {
        EXPECT_EQ(connection.at("ok"), true);
        EXPECT_EQ(connection.at("addresses"), (json::array{"127.0.0.1"}));
    }
    EXPECT_EQ(check_object({}).at("connections"), nullptr);
    EXPECT_THAT(setup.vendors().messages(), IsEmpty());
}

TEST(CheckCommandOverTls, tells_whose_certificate_it_is) {
    MockSetup const setup(MockSetup::Security::tls);
    auto const connected = otp_program({"check", "--connect", "--config", setup.config()});
    EXPECT_EQ(connected.status, 0) << connected.out << connected.err;
    EXPECT_THAT(connected.out, HasSubstr("  TLS           TLSv1.3, "));
    EXPECT_THAT(connected.out, HasSubstr("  certificate   "));
    EXPECT_THAT(connected.out, HasSubstr("  validity      expires on "));
    EXPECT_THAT(connected.out, HasSubstr("(tls.ca_file)\n"));
}

TEST_F(CheckCommand, tells_of_the_step_that_fails) {
    ScriptedServer const silent([](Peer& peer, std::size_t) { peer.read_to_end(); });
    auto const port = std::to_string(silent.port());
    auto const config = config_of("https://localhost:" + port);
    auto const checked = otp_program({"check", "--connect", "--config", config});
    EXPECT_EQ(checked.status, 1) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("  TCP           "));
    EXPECT_THAT(checked.out, HasSubstr("  TLS           failed, "));
    EXPECT_THAT(checked.out, HasSubstr("took too long"));
    EXPECT_THAT(checked.out, HasSubstr("1 of 1 connection cannot be opened; no request was sent."));
    auto const object =
        json::parse(otp_program({"check", "--connect", "--config", config, "--json"}).out);
    EXPECT_EQ(object.at("ok"), false);
    auto const& connection = object.at("connections").at(0);
    EXPECT_EQ(connection.at("error").at("phase"), "handshaking");
    EXPECT_EQ(connection.at("error").at("delivery"), "not_sent");
}

TEST_F(CheckCommand, refuses_a_secret_in_quotation_marks_by_its_variable) {
    auto const config = setup.write("quoted.json", R"({ "version": 1, "instances": { "eko": {
        "vendor": "eko", "environment": "sandbox", "credentials": {
            "developer_key": "${env:EKO_DEVELOPER_KEY}", "access_key": "${env:EKO_ACCESS_KEY}" },
        "options": { "initiator_id": "9962981729", "csp_id": "9002336768" } } } })");
    auto const refused = otp_program(
        {"check", "--config", config},
        {},
        {{"EKO_DEVELOPER_KEY", "fake-developer-key\n"}, {"EKO_ACCESS_KEY", "\"fake-access-key\""}}
    );
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(
        refused.err,
        HasSubstr("  /instances/eko/credentials/access_key: the environment variable "
                  "\"EKO_ACCESS_KEY\" is in quotation marks: remove them\n")
    );
    EXPECT_THAT(refused.err, HasSubstr("1 mistake"));
    EXPECT_THAT(refused.err, Not(HasSubstr("fake-access-key")));
}

}  // namespace
}  // namespace otp::test
