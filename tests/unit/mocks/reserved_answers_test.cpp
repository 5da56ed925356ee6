#include "script/reserved_answers.hpp"

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>

namespace otp::mocks::test {
namespace {

/// What the vendor answers by itself.
VendorAnswer own_answer() {
    VendorAnswer answer = json_response(200, {{"own", true}});
    answer.sent = SentMessage{"sms", "to", "key", "1234", MockTime()};
    return answer;
}

TEST(ReservedAnswers, leave_other_recipients_and_the_other_step_to_the_vendor) {
    ReservedAnswers reserved("acme");
    reserved.add(MockStep::send, "refused", empty_response(403), "", "403");
    EXPECT_EQ(reserved.answer(MockStep::send, "good", own_answer).response.status, 200);
    EXPECT_EQ(reserved.answer(MockStep::verify, "refused", own_answer).response.status, 200);
}

TEST(ReservedAnswers, come_instead_of_the_vendors_own) {
    ReservedAnswers reserved("acme");
    reserved.add(MockStep::send, "refused", empty_response(403), "", "403");
    auto const answer = reserved.answer(MockStep::send, "refused", own_answer);
    EXPECT_EQ(answer.response.status, 403);
    EXPECT_FALSE(answer.sent) << "the request is not obeyed";
    EXPECT_EQ(reserved.all().at(0).listed.http_status, 403);
    EXPECT_EQ(reserved.all().at(0).listed.vendor, "acme");
}

TEST(ReservedAnswers, let_an_obeyed_request_have_its_answer_in_another_way) {
    ReservedAnswers reserved("acme");
    reserved.add_troubles(MockStep::send, 200, [](std::string_view name, int) {
        return std::string(name);
    });
    auto const answer = reserved.answer(MockStep::send, "cut", own_answer);
    EXPECT_EQ(answer.response.transfer, MockTransfer::cut_before_response);
    EXPECT_EQ(answer.response.body, own_answer().response.body);
    EXPECT_TRUE(answer.sent);
    auto const broken = reserved.answer(MockStep::send, "html_502", own_answer);
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
