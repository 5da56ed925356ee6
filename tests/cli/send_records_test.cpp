// What a send leaves beside its report: metrics, events, and lines on a terminal.

#include "cli/support/shell.hpp"
#include "cli/support/two_vendors.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

[[nodiscard]] std::vector<std::string> events_in(std::string const& text) {
    std::vector<std::string> names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        names.emplace_back(json::parse(line).at("event").as_string());
    }
    return names;
}

class SendRecords : public testing::Test {
protected:
    [[nodiscard]] std::string file(std::string_view name) const { return two.setup().file(name); }
    [[nodiscard]] std::string read(std::string_view name) const { return two.setup().read(name); }
    /// A send that has to ask twice, as it says on a terminal.
    [[nodiscard]] Finished send_on_terminal(
        std::string_view phone, std::vector<std::string> const& more = {}
    ) const {
        std::vector<std::string> const send{
            "send", "--config", two.config(), "--route", "login", "--phone", std::string(phone)};
        Subprocess process(OTP_PROGRAM, send + more, {}, StandardError::terminal);
        return process.wait();
    }

    TwoVendors two;
};

TEST_F(SendRecords, metrics_tell_what_happened) {
    auto const sent = two.send(phone_of_429, {"--metrics-out", file("otp.prom")});
    EXPECT_EQ(sent.status, 0) << sent.err;
    EXPECT_EQ(sent.err, "");
    auto const metrics = read("otp.prom");
    EXPECT_THAT(
        metrics, HasSubstr("otp_failovers_total{instance=\"eko\",reason=\"throttled\"} 1\n")
    );
    EXPECT_THAT(metrics, HasSubstr("otp_instance_usable{instance=\"eko\"} 0\n"));
    EXPECT_THAT(metrics, HasSubstr("otp_instance_usable{instance=\"stytch\"} 1\n"));
    EXPECT_THAT(metrics, HasSubstr("otp_pool_open_connections{instance=\"eko\"} 1\n"));
    EXPECT_THAT(metrics, Not(HasSubstr("9000400004")));
    EXPECT_EQ(fs::status(file("otp.prom")).permissions(), fs::perms(0644));
}

TEST_F(SendRecords, metrics_of_a_failed_send_take_the_place_of_earlier_ones) {
    fs::create_directory(file("metrics"));
    static_cast<void>(two.setup().write("metrics/otp.prom", "earlier"));
    fs::permissions(file("metrics/otp.prom"), fs::perms(0600));
    auto const failed = two.send(phone_of_500, {"--metrics-out", file("metrics/otp.prom")});
    EXPECT_EQ(failed.status, 3) << failed.err;
    auto const metrics = read("metrics/otp.prom");
    EXPECT_THAT(metrics, HasSubstr("delivery=\"unknown\"} 1\n"));
    EXPECT_THAT(metrics, Not(HasSubstr("earlier")));
    EXPECT_EQ(fs::status(file("metrics/otp.prom")).permissions(), fs::perms(0644));
    EXPECT_EQ(std::distance(fs::directory_iterator(file("metrics")), fs::directory_iterator()), 1);
}

TEST_F(SendRecords, events_are_lines_behind_those_of_earlier_sends) {
    for (int times = 0; times < 2; ++times) {
        auto const sent = two.send(phone_of_429, {"--events-out", file("events"), "--json"});
        EXPECT_EQ(sent.status, 0) << sent.err;
        EXPECT_EQ(std::count(sent.out.begin(), sent.out.end(), '\n'), 1);
    }
    EXPECT_THAT(
        events_in(read("events")),
        ElementsAre(
            "attempt_begun",
            "rest",
            "attempt_ended",
            "attempt_begun",
            "attempt_ended",
            "operation_ended",
            "attempt_begun",
            "rest",
            "attempt_ended",
            "attempt_begun",
            "attempt_ended",
            "operation_ended"
        )
    );
    EXPECT_THAT(read("events"), Not(HasSubstr("9000400004")));
}

TEST_F(SendRecords, events_have_standard_output_to_themselves) {
    auto const sent = two.send(phone_of_429, {"--events-out", "-"});
    EXPECT_EQ(sent.status, 0) << sent.err;
    EXPECT_THAT(events_in(sent.out), testing::SizeIs(6));
    EXPECT_THAT(sent.err, testing::StartsWith("accepted by stytch\n"));
    auto const failed = two.send(phone_of_500, {"--events-out", "-"});
    EXPECT_EQ(failed.status, 3);
    EXPECT_THAT(events_in(failed.out), testing::Contains("operation_ended"));
    EXPECT_THAT(failed.err, testing::StartsWith("otp: failed, and a code may be on its way"));
}

TEST_F(SendRecords, places_that_cannot_be_are_refused_before_anything_is_sent) {
    std::vector<std::vector<std::string>> const mistakes{
        {"--json", "--events-out", "-"},
        {"--json", "--events-out", "/dev/stdout"},
        {"--events-out", ""},
        {"--events-out", file("no/such/folder/events")},
        {"--events-out", two.config()},
        {"--metrics-out", ""},
        {"--metrics-out", "-"},
        {"--metrics-out", "/dev/null"},
        {"--metrics-out", file("no/such/folder/otp.prom")},
        {"--metrics-out", two.config()},
        {"--metrics-out", file("same"), "--events-out", file("./same")},
        {"--handle-out", file("same"), "--metrics-out", file("same")},
    };
    auto const config = read("otp.json");
    for (auto const& mistake : mistakes) {
        SCOPED_TRACE(testing::PrintToString(mistake));
        auto const refused = two.send(ordinary_phone, mistake);
        EXPECT_EQ(refused.status, 2) << refused.out << refused.err;
        EXPECT_THAT(refused.out + refused.err, HasSubstr("-out: "));
    }
    EXPECT_EQ(two.vendors().messages().size(), 0U);
    EXPECT_EQ(read("otp.json"), config);
}

TEST_F(SendRecords, that_cannot_be_written_have_a_status_of_their_own) {
    std::vector<std::string> const send{
        "send", "--config", two.config(), "--route", "login", "--phone", ordinary_phone};
    auto const full = otp_program(send + std::vector<std::string>{"--events-out", "/dev/full"});
    EXPECT_EQ(full.status, 5);
    EXPECT_THAT(full.out, testing::StartsWith("accepted by eko\n"));
    EXPECT_THAT(full.err, HasSubstr("events are lost: /dev/full cannot be written: No space left"));
    // Of the file's place everything is known but how much it takes.
    auto const limited = in_shell(
        R"(ulimit -f 0; exec "$0" "$@")",
        send + std::vector<std::string>{"--metrics-out", file("otp.prom")}
    );
    EXPECT_EQ(limited.status, 5);
    EXPECT_THAT(limited.err, HasSubstr("the metrics are lost: "));
    EXPECT_FALSE(fs::exists(file("otp.prom")));
}

TEST_F(SendRecords, a_terminal_has_a_line_for_each_attempt_as_it_happens) {
    auto const sent = send_on_terminal(phone_of_429);
    EXPECT_EQ(sent.status, 0) << sent.err;
    EXPECT_THAT(
        sent.err, testing::StartsWith("attempt 1: eko: rate_limited, not_sent, HTTP 429, ")
    );
    EXPECT_THAT(sent.err, HasSubstr("\nattempt 2: stytch: accepted, HTTP 200, "));
    EXPECT_EQ(std::count(sent.err.begin(), sent.err.end(), '\n'), 2) << sent.err;
    EXPECT_THAT(sent.out, testing::StartsWith("accepted by stytch\n"));
    EXPECT_THAT(sent.out, Not(HasSubstr("attempt")));
}

TEST_F(SendRecords, a_terminal_has_a_line_for_each_wait) {
    RefusingAddress const nobody;
    two.move_eko_to(nobody.base_url());
    two.set_route("use", json::array{"eko"});
    auto const failed = send_on_terminal(ordinary_phone);
    EXPECT_EQ(failed.status, 1) << failed.err;
    EXPECT_THAT(failed.err, HasSubstr(" ms for eko: the request did not reach the vendor"));
    EXPECT_THAT(failed.err, HasSubstr("\nattempt 3: eko: connect_failed, not_sent, "));
    EXPECT_THAT(failed.err, HasSubstr("\notp: failed, nothing was sent: "));
    EXPECT_THAT(failed.err, Not(HasSubstr("  attempt")));
}

TEST_F(SendRecords, a_terminal_beside_json_has_nothing) {
    auto const sent = send_on_terminal(phone_of_429, {"--json"});
    EXPECT_EQ(sent.status, 0) << sent.out;
    EXPECT_EQ(sent.err, "");
    EXPECT_EQ(json::parse(sent.out).at("attempts").as_array().size(), 2U);
}

}  // namespace
}  // namespace otp::test
