// `otp mock` and `otp send` as two processes that know each other by a printed configuration only.

#include "cli/support/mock_setup.hpp"
#include "cli/support/shell.hpp"
#include "support/certificate_authority.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::StartsWith;

/// The configuration that follows the first line; empty if it is not complete.
[[nodiscard]] std::string printed_config(Subprocess& mock) {
    if (!mock.wait_for_output("\n}\n")) return {};
    auto const& output = mock.output();
    return output.substr(output.find('\n') + 1);
}

TEST(MockCommand, prints_its_address_and_a_configuration_that_works) {
    TemporaryDirectory const folder;
    Subprocess mock(OTP_PROGRAM, {"mock", "--print-config"});
    auto const config = folder.write("otp.json", printed_config(mock)).string();
    EXPECT_THAT(mock.output(), testing::StartsWith("listening on http://127.0.0.1:"));
    auto const handle = (folder.path() / "handle.json").string();
    for (auto const* vendor : all_vendors) {
        auto const sent = otp_program(
            std::vector<std::string>{"send", "--config", config, "--route", vendor} +
            example_person() + std::vector<std::string>{"--handle-out", handle}
        );
        EXPECT_EQ(sent.status, 0) << vendor << sent.err;
    }
    mock.send_signal(SIGTERM);
    EXPECT_EQ(mock.wait().status, 0);
}

TEST(MockCommand, serves_tls_with_the_given_certificate) {
    TemporaryDirectory const folder;
    auto const& authority = test_authority();
    Subprocess mock(
        OTP_PROGRAM,
        {"mock",
         "--tls-cert",
         authority.certificate().string(),
         "--tls-key",
         authority.key().string(),
         "--tls-ca",
         authority.ca_file().string(),
         "--port",
         "0",
         "--print-config"}
    );
    auto const config = folder.write("otp.json", printed_config(mock)).string();
    EXPECT_THAT(mock.output(), testing::StartsWith("listening on https://127.0.0.1:"));
    auto const sent =
        otp_program({"send", "--config", config, "--route", "stytch", "--phone", "+12025550162"});
    EXPECT_EQ(sent.status, 0) << sent.err;
    mock.send_signal(SIGINT);
    EXPECT_EQ(mock.wait().status, 0);
}

TEST(MockCommand, is_not_trusted_without_its_certificate) {
    MockSetup setup(MockSetup::Security::tls);
    auto const config =
        setup.write("untrusting.json", mocks::example_config(setup.vendors().origin()));
    auto const sent =
        otp_program({"send", "--config", config, "--route", "stytch", "--phone", "+12025550162"});
    EXPECT_EQ(sent.status, 1);
    EXPECT_THAT(sent.err, HasSubstr("tls_failed"));
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST(MockCommand, says_why_it_cannot_listen) {
    MockSetup setup;
    auto const taken = std::to_string(setup.vendors().port());
    auto const refused = otp_program({"mock", "--port", taken});
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(refused.out, "");
    EXPECT_THAT(
        refused.err,
        testing::StartsWith(
            "otp: cannot listen on 127.0.0.1:" + taken +
            ": Address already in use; --port 0 takes a free port\n"
        )
    );
    auto const elsewhere =
        otp_program({"mock", "--host", "192.0.2.1", "--port", "8080", "--token", "mock-token"});
    EXPECT_EQ(elsewhere.status, 2);
    EXPECT_THAT(
        elsewhere.err,
        testing::StartsWith("otp: cannot listen on 192.0.2.1:8080: Cannot assign requested address;"
                            " --host takes an address of this machine\n")
    );
}

TEST(MockCommand, says_which_vendors_port_is_taken) {
    MockSetup setup;
    auto const taken = setup.vendors().port();
    auto const refused = otp_program({"mock", "--ports-from", std::to_string(taken)});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(
        refused.err,
        testing::StartsWith(
            "otp: cannot listen on 127.0.0.1:" + std::to_string(taken) +
            " for spherepay: Address already in use; --ports-from 0 takes free ports\n"
        )
    );
}

TEST(MockCommand, has_a_help_text_that_fits_a_screen) {
    auto const help = otp_program({"mock", "--help"});
    EXPECT_EQ(help.status, 0);
    std::istringstream lines(help.out);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 80U) << line;
    EXPECT_LE(count, 24U) << help.out;
    for (auto const* option :
         {"--host",
          "--port",
          "--vendor",
          "--ports-from",
          "--token",
          "--keep",
          "--self-signed",
          "--tls-cert",
          "--tls-key",
          "--tls-ca",
          "--config-out",
          "--print-config",
          "--json",
          "--recipients",
          "--seed",
          "--clock-offset",
          "--development-mode"}) {
        EXPECT_THAT(help.out, HasSubstr(std::string(option) + " "));
    }
}

TEST(MockCommand, lists_the_reserved_recipients) {
    auto const list = otp_program({"mock", "--recipients"});
    EXPECT_EQ(list.status, 0);
    auto const object = json::parse(otp_program({"mock", "--recipients", "--json"}).out);
    auto const& all = object.at("recipients").as_array();
    ASSERT_EQ(all.size(), mocks::reserved_recipients().size());
    for (std::size_t at = 0; at < all.size(); ++at) {
        auto const& reserved = mocks::reserved_recipients()[at];
        EXPECT_THAT(list.out, HasSubstr("  " + reserved.recipient + "  "));
        EXPECT_EQ(all[at].at("recipient").as_string(), reserved.recipient);
    }
    EXPECT_THAT(list.out, HasSubstr("000000"));
}

TEST(MockCommand, lists_the_reserved_recipients_of_one_vendor) {
    auto const list = otp_program({"mock", "--recipients", "--vendor", "eko"});
    EXPECT_EQ(list.status, 0);
    for (auto const& reserved : mocks::reserved_recipients()) {
        auto const is_listed = list.out.find(reserved.recipient + "  ") != std::string::npos;
        EXPECT_EQ(is_listed, reserved.vendor == "eko") << reserved.recipient;
    }
}

TEST(MockCommand, serves_known_vendors_only) {
    for (auto const& more : std::vector<std::vector<std::string>>{{}, {"--recipients"}}) {
        auto const refused =
            otp_program(std::vector<std::string>{"mock", "--vendor", "stych"} + more);
        EXPECT_EQ(refused.status, 2);
        EXPECT_THAT(
            refused.err, StartsWith("otp: --vendor: no such vendor; did you mean stytch? There are")
        );
    }
}

TEST(MockCommand, refuses_what_contradicts_itself) {
    std::vector<std::vector<std::string>> const mistakes{
        {"--tls-cert", "certificate.pem"},
        {"--tls-key", "key.pem"},
        {"--tls-ca", "ca.pem"},
        {"--self-signed", "folder", "--tls-cert", "certificate.pem", "--tls-key", "key.pem"},
        {"--self-signed", ""},
        {"--host", ""},
        {"--host="},
        {"--host", "*"},
        {"--host", "0"},
        {"--host", "127.1"},
        {"--host", "http://127.0.0.1"},
        {"--port", ""},
        {"--vendor", ""},
        {"--ports-from", ""},
        {"--tls-cert", "", "--tls-key", ""},
        {"--token", ""},
        {"--token", "two words"},
        {"--token", "a=b"},
        {"--keep", ""},
        {"--keep", "0"},
        {"--keep", "1000001"},
        {"--keep", "-1"},
        // Others would read the inbox.
        {"--host", "0.0.0.0"},
        {"--host", "::"},
        {"--host", "192.0.2.1"},
        {"--host", "mock.example"},
        {"--seed", ""},
        {"--clock-offset", ""},
        {"--ports-from", "65532"},
        {"--ports-from", "65536"},
        {"--ports-from", "-1"},
        {"--port", "65536"},
        {"--port", "-1"},
        {"--seed", "many"},
        {"--seed", "4294967296"},
        {"--seed", "-1"},
        {"--clock-offset", "20"},
        {"--clock-offset", "20 fortnights"},
        {"--clock-offset", "many"},
        {"--clock-offset", "9223372036854775807ms"},
        {"--clock-offset", "9223372036854775807d"},
        {"--config-out", ""},
        {"--config-out", "-"},
        {"--config-out", "/"},
        {"--config-out", "/dev/null"},
        {"--config-out", "/no/such/folder/otp.json"},
    };
    for (auto const& mistake : mistakes) {
        SCOPED_TRACE(testing::PrintToString(mistake));
        Subprocess mock(OTP_PROGRAM, std::vector<std::string>{"mock"} + mistake);
        // One that runs would do so for ever.
        if (mock.wait_for_output("listening on")) mock.send_signal(SIGTERM);
        auto const refused = mock.wait();
        EXPECT_EQ(refused.status, 2);
        EXPECT_EQ(refused.out, "");
        EXPECT_THAT(refused.err, StartsWith("otp: "));
    }
}

/// `otp mock` that runs, and the object that it printed with `--json`.
class RunningMock {
public:
    explicit RunningMock(std::vector<std::string> const& options)
        : process_(OTP_PROGRAM, std::vector<std::string>{"mock", "--json"} + options) {
        if (process_.wait_for_output("\n")) ready = json::parse(process_.output());
    }

    /// The status with which it ends.
    int stop(int number = SIGTERM) {
        process_.send_signal(number);
        return process_.wait().status;
    }

    [[nodiscard]] std::string text(char const* pointer) {
        return json::value_to<std::string>(ready.at_pointer(pointer));
    }

    json::value ready;

private:
    Subprocess process_;
};

/// Whether a code gets through to each vendor with this configuration.
void expect_sends(std::string const& config) {
    for (auto const* vendor : all_vendors) {
        auto const sent = otp_program(
            std::vector<std::string>{"send", "--config", config, "--route", vendor} +
            example_person()
        );
        EXPECT_EQ(sent.status, 0) << vendor << sent.err;
    }
}

[[nodiscard]] std::string text_of(std::string const& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return std::move(text).str();
}

TEST(MockCommand, writes_a_configuration_for_origins_of_the_vendors_own_over_tls) {
    TemporaryDirectory const folder;
    auto const config = (folder.path() / "otp.json").string();
    auto const certificates = (folder.path() / "certificates").string();
    RunningMock mock({"--self-signed", certificates, "--ports-from", "0", "--config-out", config});
    EXPECT_TRUE(mock.ready.at("ok").as_bool());
    EXPECT_EQ(mock.text("/authority"), certificates + "/authority.pem");
    EXPECT_EQ(mock.text("/config"), config);
    auto const written = json::parse(text_of(config));
    for (std::string const vendor : all_vendors) {
        auto const origin = mock.text(("/base_urls/" + vendor).c_str());
        EXPECT_THAT(origin, testing::MatchesRegex("https://127.0.0.1:[0-9]+"));
        EXPECT_EQ(written.at_pointer("/instances/" + vendor + "/base_url").as_string(), origin);
        EXPECT_EQ(
            written.at_pointer("/instances/" + vendor + "/tls/ca_file").as_string(),
            certificates + "/authority.pem"
        );
    }
    expect_sends(config);
    EXPECT_EQ(mock.stop(), 0);
}

TEST(MockCommand, prints_the_vendors_own_origins_in_their_order) {
    TemporaryDirectory const folder;
    auto const certificates = (folder.path() / "certificates").string();
    Subprocess mock(OTP_PROGRAM, {"mock", "--ports-from", "0", "--self-signed", certificates});
    ASSERT_TRUE(mock.wait_for_output("authority.pem\n"));
    EXPECT_THAT(
        mock.output(),
        testing::MatchesRegex(
            "listening on https://127.0.0.1:[0-9]+\n"
            "  page +https://127.0.0.1:[0-9]+/\n"
            "  spherepay +https://127.0.0.1:[0-9]+\n"
            "  loyaltydog +https://127.0.0.1:[0-9]+\n"
            "  10npay +https://127.0.0.1:[0-9]+\n"
            "  eko +https://127.0.0.1:[0-9]+\n"
            "  stytch +https://127.0.0.1:[0-9]+\n"
            "  authority +" +
            certificates + "/authority.pem\n"
        )
    );
}

TEST(MockCommand, keeps_standard_output_for_the_address_and_the_printed_configuration) {
    Subprocess mock(OTP_PROGRAM, {"mock", "--ports-from", "0", "--print-config"});
    EXPECT_TRUE(json::parse(printed_config(mock)).is_object());
    mock.send_signal(SIGTERM);
    EXPECT_THAT(mock.wait().err, HasSubstr("  stytch        http://127.0.0.1:"));
}

TEST(MockCommand, prints_the_address_of_the_page_with_the_token_in_its_fragment) {
    RunningMock open({});
    EXPECT_EQ(open.text("/page"), open.text("/listening") + "/");
    RunningMock guarded({"--token", "a+b/c~=="});
    auto const origin = guarded.text("/listening");
    EXPECT_EQ(guarded.text("/page"), origin + "/#token=a%2Bb/c~==");
    auto const asks = [&origin](std::vector<std::string> const& more) {
        return run("/usr/bin/env",
                   std::vector<std::string>{"curl", "-s", "-o", "/dev/null", "-w", "%{http_code}"} +
                       more + std::vector<std::string>{origin + "/api/messages"})
            .out;
    };
    EXPECT_EQ(asks({}), "401");
    EXPECT_EQ(asks({"-H", "Authorization: Bearer a+b/c~=="}), "200");
}

TEST(MockCommand, says_that_a_host_which_others_reach_needs_a_token) {
    auto const refused = otp_program({"mock", "--host", "0.0.0.0"});
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(
        refused.err.substr(0, refused.err.find('\n')),
        "otp: the mock vendors cannot start: other machines can reach 0.0.0.0, and would read the "
        "inbox: set a token (--token TEXT), which its API then asks for"
    );
}

TEST(MockCommand, serves_one_vendor_at_the_root) {
    TemporaryDirectory const folder;
    auto const config = (folder.path() / "otp.json").string();
    RunningMock mock({"--vendor", "stytch", "--config-out", config});
    EXPECT_EQ(mock.text("/base_urls/stytch"), mock.text("/listening"));
    EXPECT_EQ(mock.text("/base_urls/eko"), mock.text("/listening") + "/eko");
    EXPECT_TRUE(mock.ready.at("authority").is_null());
    expect_sends(config);
}

TEST(MockCommand, has_written_the_configuration_before_it_says_that_it_listens) {
    TemporaryDirectory const folder;
    auto const config = (folder.path() / "otp.json").string();
    // Nothing can be said here, so what is there came before.
    auto const lost = in_shell("exec \"$0\" \"$@\" > /dev/full", {"mock", "--config-out", config});
    EXPECT_EQ(lost.status, 5);
    EXPECT_THAT(text_of(config), testing::EndsWith("\n}\n"));
    EXPECT_EQ(
        std::distance(
            std::filesystem::directory_iterator(folder.path()),
            std::filesystem::directory_iterator()
        ),
        1
    );
}

TEST(MockCommand, replaces_the_configuration_of_an_earlier_run_where_a_link_leads_to) {
    TemporaryDirectory const folder;
    auto const file = folder.write("otp.json", "earlier");
    auto const link = folder.path() / "link.json";
    std::filesystem::create_symlink(file, link);
    RunningMock mock({"--config-out", link.string()});
    EXPECT_THAT(text_of(file.string()), HasSubstr(mock.text("/listening")));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
}

TEST(MockCommand, leaves_the_rights_of_a_configuration_as_they_are) {
    TemporaryDirectory const folder;
    std::filesystem::path const file = folder.write("otp.json", "earlier");
    constexpr auto mine = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    std::filesystem::permissions(file, mine);
    RunningMock mock({"--config-out", file.string()});
    EXPECT_THAT(text_of(file.string()), HasSubstr(mock.text("/listening")));
    EXPECT_EQ(std::filesystem::status(file).permissions(), mine);
}

TEST(MockCommand, writes_no_configuration_over_a_link_that_leads_nowhere) {
    TemporaryDirectory const folder;
    auto const link = folder.path() / "link.json";
    std::filesystem::create_symlink(folder.path() / "gone.json", link);
    auto const refused = otp_program({"mock", "--config-out", link.string()});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("--config-out: the file is a link that leads nowhere"));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
}

TEST(MockCommand, repeats_codes_and_ids_for_a_seed) {
    auto const first_handle = [](std::vector<std::string> const& seed) {
        TemporaryDirectory const folder;
        auto const config = (folder.path() / "otp.json").string();
        RunningMock mock(std::vector<std::string>{"--config-out", config} + seed);
        auto const sent = otp_program(
            {"send", "--config", config, "--route", "stytch", "--phone", "+12025550162", "--json"}
        );
        return json::serialize(json::parse(sent.out).at("handle"));
    };
    auto const first = first_handle({"--seed", "7"});
    EXPECT_EQ(first_handle({"--seed", "7"}), first);
    EXPECT_NE(first_handle({"--seed", "8"}), first);
    EXPECT_NE(first_handle({}), first_handle({}));
}

TEST(MockCommand, lets_the_vendors_clock_be_another_one) {
    for (std::string const offset : {"20m", "-20m"}) {
        TemporaryDirectory const folder;
        auto const config = (folder.path() / "otp.json").string();
        RunningMock mock({"--clock-offset=" + offset, "--config-out", config});
        // Eko compares the signature's time with its own.
        auto const refused =
            otp_program({"send", "--config", config, "--route", "eko", "--phone", "+919002336768"});
        EXPECT_EQ(refused.status, 1) << offset;
        EXPECT_THAT(refused.err, HasSubstr("HTTP 403")) << offset;
    }
}

TEST(MockCommand, ends_at_once_while_somebody_waits_for_a_message) {
    for (int const number : {SIGTERM, SIGINT}) {
        RunningMock mock({});
        auto const api = mock.text("/listening") + "/api/";
        Subprocess waiting("/usr/bin/env", {"curl", "-s", api + "messages/latest?wait=60s"});
        std::string health;
        while (health.find("\"waiting\":1") == std::string::npos) {
            health = run("/usr/bin/env", {"curl", "-s", api + "health"}).out;
        }
        auto const begin = std::chrono::steady_clock::now();
        EXPECT_EQ(mock.stop(number), 0);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
    }
}

}  // namespace
}  // namespace otp::test
