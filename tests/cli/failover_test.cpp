// Two vendors, the first in trouble: what the program returns, which attempts it tells of, and what
// each vendor has sent.

#include "cli/support/two_vendors.hpp"
#include "support/scripted_server.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// One line for each attempt: `eko rate_limited not_sent next_instance throttled`.
[[nodiscard]] std::vector<std::string> attempts_of(Finished const& sent) {
    std::vector<std::string> lines;
    auto const object = json::parse(sent.out);
    for (auto const& attempt : object.at("attempts").as_array()) {
        std::string line;
        for (auto const* member : {"instance", "failure", "delivery", "decision", "reason"}) {
            auto const& value = attempt.at(member);
            if (!line.empty()) line += ' ';
            line += value.is_null() ? "-" : std::string(value.as_string());
        }
        lines.push_back(line);
    }
    return lines;
}

[[nodiscard]] std::string stop_of(Finished const& sent) {
    return std::string(json::parse(sent.out).at("error").at("stop").as_string());
}

constexpr char const* accepted_by_second = "stytch - accepted finish succeeded";

TEST(Failover, AfterARefusedConnectionAsksTheNextVendor) {
    TwoVendors two;
    RefusingAddress const nobody;
    two.move_eko_to(nobody.base_url());
    auto const sent = two.send(ordinary_phone, {"--json"});
    EXPECT_EQ(sent.status, 0) << sent.out;
    EXPECT_THAT(
        attempts_of(sent),
        ElementsAre("eko connect_failed not_sent next_instance not_sent", accepted_by_second)
    );
    auto const receipt = json::parse(sent.out);
    EXPECT_EQ(receipt.at("instance"), "stytch");
    EXPECT_EQ(receipt.at("may_have_sent_more"), false);
    EXPECT_EQ(receipt.at("attempts").at(0).at("phase"), "connecting");
    EXPECT_EQ(receipt.at("attempts").at(1).at("waited_ms"), 0);
    EXPECT_EQ(two.sent_by("eko"), 0U);
    EXPECT_EQ(two.sent_by("stytch"), 1U);
}

TEST(Failover, AsksTheSameVendorAgainWhereThereIsNoOther) {
    TwoVendors two;
    RefusingAddress const nobody;
    two.move_eko_to(nobody.base_url());
    two.set_route("use", json::array{"eko"});
    auto const sent = two.send(ordinary_phone, {"--json"});
    EXPECT_EQ(sent.status, 1) << sent.out;
    constexpr char const* again = "eko connect_failed not_sent retry not_sent";
    EXPECT_THAT(
        attempts_of(sent),
        ElementsAre(again, again, "eko connect_failed not_sent finish attempts_used_up")
    );
    EXPECT_EQ(stop_of(sent), "attempts_used_up");
    EXPECT_EQ(two.vendors().messages().size(), 0U);

    auto const for_people = two.send(ordinary_phone);
    EXPECT_EQ(for_people.status, 1);
    EXPECT_THAT(for_people.err, HasSubstr(", then the same instance again\n"));
    EXPECT_THAT(
        for_people.err, HasSubstr("  stopped       all attempts that are allowed were made\n")
    );
}

// The server answers nothing at all, not even to the handshake.
TEST(Failover, AfterAStallBeforeTheFirstByteAsksTheNextVendor) {
    TwoVendors two;
    ScriptedServer const silent([](Peer& peer, std::size_t) { peer.read_to_end(); });
    two.move_eko_to("https://localhost:" + std::to_string(silent.port()));
    two.set_eko("commit_timeout", "100ms");
    auto const sent = two.send(ordinary_phone, {"--json"});
    EXPECT_EQ(sent.status, 0) << sent.out;
    EXPECT_THAT(
        attempts_of(sent),
        ElementsAre("eko timeout not_sent next_instance not_sent", accepted_by_second)
    );
    EXPECT_EQ(json::parse(sent.out).at("attempts").at(0).at("phase"), "handshaking");
    EXPECT_EQ(two.sent_by("stytch"), 1U);
}

TEST(Failover, AfterAStallBehindTheRequestStops) {
    TwoVendors two;
    ScriptedServer const silent([](Peer& peer, std::size_t) { peer.read_to_end(); });
    two.move_eko_to(silent.base_url());
    two.set_eko("first_byte_timeout", "200ms");
    auto const sent = two.send(ordinary_phone, {"--json"});
    EXPECT_EQ(sent.status, 3) << sent.out;
    EXPECT_THAT(attempts_of(sent), ElementsAre("eko timeout unknown finish may_have_been_sent"));
    EXPECT_EQ(two.sent_by("stytch"), 0U);
}

TEST(Failover, AfterAConnectionThatBreaksBehindTheRequestStops) {
    TwoVendors two;
    ScriptedServer const rude([](Peer& peer, std::size_t) {
        static_cast<void>(peer.read_request());
        peer.reset();
    });
    two.move_eko_to(rude.base_url());
    auto const sent = two.send(ordinary_phone, {"--json"});
    EXPECT_EQ(sent.status, 3) << sent.out;
    EXPECT_THAT(
        attempts_of(sent), ElementsAre("eko connection_lost unknown finish may_have_been_sent")
    );
    EXPECT_EQ(stop_of(sent), "may_have_been_sent");
    EXPECT_EQ(two.sent_by("stytch"), 0U);
}

TEST(Failover, AfterA429AsksTheNextVendor) {
    TwoVendors two;
    auto const sent = two.send(phone_of_429, {"--json"});
    EXPECT_EQ(sent.status, 0) << sent.out;
    EXPECT_THAT(
        attempts_of(sent),
        ElementsAre("eko rate_limited not_sent next_instance throttled", accepted_by_second)
    );
    EXPECT_EQ(two.sent_by("eko"), 0U);
    EXPECT_EQ(two.sent_by("stytch"), 1U);
}

TEST(Failover, DoesNotWaitLongerThanTheDeadlineAllows) {
    TwoVendors two;
    two.set_route("use", json::array{"eko"});
    auto const sent = two.send(phone_of_429, {"--json"});
    EXPECT_EQ(sent.status, 1) << sent.out;
    EXPECT_THAT(
        attempts_of(sent), ElementsAre("eko rate_limited not_sent finish deadline_too_near")
    );
    EXPECT_EQ(json::parse(sent.out).at("error").at("retry_after_ms"), 30000);
    EXPECT_EQ(two.vendors().messages().size(), 0U);
}

TEST(Failover, AfterA500Stops) {
    TwoVendors two;
    auto const sent = two.send(phone_of_500, {"--json"});
    EXPECT_EQ(sent.status, 3) << sent.out;
    EXPECT_THAT(
        attempts_of(sent), ElementsAre("eko provider_error unknown finish may_have_been_sent")
    );
    EXPECT_EQ(stop_of(sent), "may_have_been_sent");
    EXPECT_EQ(two.vendors().messages().size(), 0U);

    auto const for_people = two.send(phone_of_500);
    EXPECT_EQ(for_people.status, 3);
    EXPECT_THAT(
        for_people.err, HasSubstr("  stopped       a further attempt might send a second code\n")
    );
}

TEST(Failover, AfterA500GoesOnWhereTheRouteSaysSoAndTellsOfIt) {
    TwoVendors two;
    two.set_route("on_unknown", "failover");
    auto const sent = two.send(phone_of_500, {"--json"});
    EXPECT_EQ(sent.status, 0) << sent.out;
    EXPECT_THAT(
        attempts_of(sent),
        ElementsAre("eko provider_error unknown next_instance failover_allowed", accepted_by_second)
    );
    EXPECT_EQ(json::parse(sent.out).at("may_have_sent_more"), true);
    EXPECT_EQ(two.sent_by("stytch"), 1U);

    auto const for_people = two.send(phone_of_500);
    EXPECT_EQ(for_people.status, 0) << for_people.err;
    EXPECT_THAT(
        for_people.out,
        HasSubstr("  attention     a second code may have been sent: whether eko sent one is not "
                  "known, and the handle checks the last one only\n")
    );
}

TEST(Failover, SkipsAVendorThatCannotServeTheRequest) {
    TwoVendors two;
    std::vector<std::string> const mail{
        "send", "--config", two.config(), "--route", "login", "--email", "user@example.com"};
    auto const sent = otp_program(mail + std::vector<std::string>{"--json"});
    EXPECT_EQ(sent.status, 0) << sent.out;
    EXPECT_THAT(
        attempts_of(sent),
        ElementsAre("eko unsupported not_sent skip cannot_serve", accepted_by_second)
    );
    EXPECT_THAT(
        otp_program(mail).out,
        HasSubstr("  attempt 1     eko: skipped, the instance cannot serve this request "
                  "(unsupported)\n  attempt 2     stytch: accepted")
    );
}

TEST(Failover, GoesByTheRuleThatHolds) {
    TwoVendors two;
    two.set_route(
        "rules",
        json::array{json::object{
            {"when", json::object{{"phone_prefix", json::array{"+91"}}}},
            {"use", json::array{"stytch", "eko"}}}}
    );
    EXPECT_THAT(two.send(ordinary_phone).out, testing::StartsWith("accepted by stytch\n"));
    EXPECT_EQ(two.sent_by("eko"), 0U);
    EXPECT_THAT(two.send(ordinary_phone).out, Not(HasSubstr("attention")));
}

}  // namespace
}  // namespace otp::test
