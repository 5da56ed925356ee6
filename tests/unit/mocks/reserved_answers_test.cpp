#include "script/reserved_answers.hpp"

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>

namespace otp::mocks::test {
namespace {

/// What the vendor answers by itself.
VendorAnswer own_answer() {
    VendorAnswer answer(json_response(200, {{"own", true}}));
    answer.sent = SentMessage{"sms", "to", "key", "1234", MockTime()};
    return answer;
}

Refusal refused() {
    return {empty_response(403), {"The key must be known.", "header key", "https://acme.example"}};
}

VendorAnswer ask(ReservedAnswers const& reserved, MockStep step, std::string_view recipient) {
    return reserved.answer(step, recipient, "body /to", own_answer);
}

TEST(ReservedAnswers, leave_other_recipients_and_the_other_step_to_the_vendor) {
    ReservedAnswers reserved("acme");
    reserved.add(MockStep::send, "refused", refused(), {"forbidden", "", "403"});
    EXPECT_EQ(ask(reserved, MockStep::send, "good").response.status, 200);
    EXPECT_EQ(ask(reserved, MockStep::verify, "refused").response.status, 200);
}

TEST(ReservedAnswers, come_instead_of_the_vendors_own) {
    ReservedAnswers reserved("acme");
    reserved.add(MockStep::send, "refused", refused(), {"forbidden", "", "403"});
    auto const answer = ask(reserved, MockStep::send, "refused");
    EXPECT_EQ(answer.response.status, 403);
    EXPECT_FALSE(answer.sent) << "the request is not obeyed";
    EXPECT_EQ(reserved.all().at(0).listed.http_status, 403);
    EXPECT_EQ(reserved.all().at(0).listed.vendor, "acme");
}

TEST(ReservedAnswers, say_that_they_are_played_and_what_the_document_says) {
    ReservedAnswers reserved("acme");
    reserved.add(MockStep::send, "refused", refused(), {"forbidden", "", "403"});
    auto blameless = refused();
    blameless.why.broken_by.clear();
    reserved.add(MockStep::send, "blameless", blameless, {"outage", "", "403"});
    reserved.add(MockStep::send, "accepted", empty_response(204), {"accepted", "", "204"});
    auto const why = ask(reserved, MockStep::send, "refused").why.value();
    EXPECT_EQ(why.demands, "Played, as the recipient is reserved for it: The key must be known.");
    EXPECT_EQ(why.broken_by, "header key");
    EXPECT_EQ(why.document, "https://acme.example");
    EXPECT_EQ(ask(reserved, MockStep::send, "blameless").why.value().broken_by, "body /to");
    EXPECT_FALSE(ask(reserved, MockStep::send, "accepted").why);
    EXPECT_FALSE(ask(reserved, MockStep::send, "good").why);
}

TEST(ReservedAnswers, have_a_title_of_their_own_or_what_they_provoke) {
    ReservedAnswers reserved("acme");
    reserved.add(MockStep::send, "a", refused(), {"forbidden", "", "403"});
    reserved.add(MockStep::send, "b", refused(), {"forbidden", "", "403", "403: go away"});
    EXPECT_EQ(reserved.all().at(0).title, "403");
    EXPECT_EQ(reserved.all().at(1).title, "403: go away");
    EXPECT_EQ(reserved.all().at(1).name, "forbidden");
}

TEST(ReservedAnswers, let_an_obeyed_request_have_its_answer_in_another_way) {
    ReservedAnswers reserved("acme");
    reserved.add_troubles(MockStep::send, 200, [](std::string_view name, int) {
        return std::string(name);
    });
    auto const answer = ask(reserved, MockStep::send, "cut");
    EXPECT_EQ(answer.response.transfer, MockTransfer::cut_before_response);
    EXPECT_EQ(answer.response.body, own_answer().response.body);
    EXPECT_TRUE(answer.sent);
    auto const broken = ask(reserved, MockStep::send, "html_502");
    EXPECT_EQ(broken.response.status, 502);
    EXPECT_FALSE(broken.sent);
}

TEST(ReservedAnswers, list_what_a_client_sees_of_a_trouble) {
    ReservedAnswers reserved("acme");
    reserved.add_troubles(MockStep::verify, 204, [](std::string_view name, int) {
        return std::string(name);
    });
    std::map<std::string, int> status_of;
    for (ReservedAnswer const& each : reserved.all()) {
        EXPECT_EQ(each.listed.step, MockStep::verify);
        status_of[each.listed.recipient] = each.listed.http_status;
    }
    EXPECT_EQ(status_of.at("html_502"), 502);
    EXPECT_EQ(status_of.at("slow"), 204) << "obeyed";
    EXPECT_EQ(status_of.at("cut"), 0);
    EXPECT_EQ(status_of.at("cut_body"), 0);
}

TEST(ReservedAnswers, number_the_troubles_from_one_on) {
    ReservedAnswers reserved("acme");
    reserved.add_troubles(MockStep::send, 200, [](std::string_view, int number) {
        return std::to_string(number);
    });
    EXPECT_EQ(reserved.all().front().listed.recipient, "1");
    EXPECT_EQ(reserved.all().back().listed.recipient, std::to_string(reserved.all().size()));
}

}  // namespace
}  // namespace otp::mocks::test
