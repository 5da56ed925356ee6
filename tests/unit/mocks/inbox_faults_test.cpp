#include "inbox/fault_catalogue.hpp"
#include "inbox/fault_rules.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace otp::mocks::test {
namespace {

using namespace std::chrono_literals;
using Step = RequestSubject::Step;

MockFault fault(std::string name, std::string vendor = {}) {
    MockFault made{std::move(name)};
    made.vendor = std::move(vendor);
    return made;
}

/// Why a fault is none; empty if it is one.
std::string complaint(MockFault const& given) {
    try {
        check_fault(given);
        return {};
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
}

class FaultRulesTest : public testing::Test {
protected:
    void on(std::string id, MockFault given) {
        check_fault(given);
        ASSERT_TRUE(rules.add(std::move(id), std::move(given)));
    }
    FaultDecision decide(
        Step step = Step::send, std::string_view vendor = "stytch", std::string const& to = someone
    ) {
        return rules.decide(vendor, {step, to, "key-of-" + to}, to);
    }

    static inline std::string const someone = "+12025550162";
    FaultRules rules{7};
};

TEST_F(FaultRulesTest, leave_a_request_alone) {
    auto const decision = decide();
    EXPECT_EQ(decision.fault, nullptr);
    EXPECT_EQ(decision.delay, 0ms);
    EXPECT_EQ(decision.id, "");
    EXPECT_FALSE(decision.list_changed);
}

TEST_F(FaultRulesTest, let_the_newest_that_fits_decide) {
    on("fault-1", fault("html_502"));
    on("fault-2", fault("html_504", "stytch"));
    on("fault-3", fault("cut", "eko"));
    auto const decision = decide();
    EXPECT_EQ(decision.id, "fault-2");
    ASSERT_NE(decision.fault, nullptr);
    EXPECT_EQ(decision.fault->name, "html_504");
    EXPECT_EQ(decide(Step::send, "10npay").id, "fault-1");
    EXPECT_TRUE(rules.remove("fault-2"));
    EXPECT_FALSE(rules.remove("fault-2"));
    EXPECT_EQ(decide().id, "fault-1");
    rules.clear();
    EXPECT_EQ(decide().id, "");
}

TEST_F(FaultRulesTest, fit_a_recipient_as_a_person_spells_it) {
    auto given = fault("cut");
    given.to = " +1 202 555 0162";
    on("fault-1", given);
    EXPECT_EQ(decide().id, decide(Step::verify).id);
    EXPECT_EQ(decide(Step::send, "eko", "+12025550163").id, "");
    EXPECT_EQ(decide(Step::token, "10npay", "").id, "") << "nobody's";
    given.to = "key-of-" + someone;
    on("fault-2", given);
    EXPECT_EQ(decide().id, "fault-2") << "what a check names";
}

TEST_F(FaultRulesTest, fit_a_step) {
    auto given = fault("html_502");
    given.step = "token";
    on("fault-1", given);
    EXPECT_EQ(decide(Step::token).id, "fault-1");
    EXPECT_EQ(decide(Step::send).id, "");
    on("fault-2", fault("html_502"));
    for (Step const step : {Step::send, Step::verify, Step::token, Step::other}) {
        EXPECT_EQ(decide(step).id, "fault-2");
    }
}

TEST_F(FaultRulesTest, answer_only_where_a_document_has_it) {
    on("fault-1", fault("too_many_requests"));
    EXPECT_EQ(decide(Step::send, "stytch").id, "fault-1");
    EXPECT_EQ(decide(Step::verify, "stytch").fault->status, 429);
    EXPECT_EQ(decide(Step::send, "eko").id, "") << "has no such error";
    EXPECT_EQ(decide(Step::token, "stytch").id, "");
}

TEST_F(FaultRulesTest, end_after_their_count) {
    auto given = fault("cut");
    given.count = 2;
    on("fault-1", given);
    auto const first = decide();
    EXPECT_TRUE(first.list_changed);
    ASSERT_EQ(rules.list().size(), 1U);
    EXPECT_EQ(rules.list()[0].remaining, 1U);
    EXPECT_EQ(rules.list()[0].hits, 1U);
    EXPECT_EQ(decide(Step::send, "stytch").id, "fault-1");
    EXPECT_TRUE(rules.list().empty());
    EXPECT_EQ(decide().id, "");
}

TEST_F(FaultRulesTest, count_what_they_hit) {
    on("fault-1", fault("cut", "stytch"));
    EXPECT_FALSE(decide().list_changed);
    decide(Step::send, "eko");
    on("fault-2", fault("cut_body", "stytch"));
    decide();
    EXPECT_EQ(rules.list().at(0).hits, 1U);
    EXPECT_EQ(rules.list().at(1).hits, 1U);
}

TEST_F(FaultRulesTest, delay_beside_another_fault) {
    auto given = fault("delay");
    given.delay = 300ms;
    on("fault-1", given);
    EXPECT_EQ(decide().delay, 300ms);
    EXPECT_EQ(decide().id, "fault-1");
    EXPECT_EQ(decide().fault, nullptr);
    auto late = fault("html_502");
    late.delay = 20ms;
    on("fault-2", late);
    EXPECT_EQ(decide().delay, 320ms);
    EXPECT_EQ(decide().id, "fault-2");
    given.delay = 1ms;
    on("fault-3", given);
    EXPECT_EQ(decide().delay, 21ms) << "the newest delay, not all of them";
    EXPECT_EQ(decide().id, "fault-2");
}

TEST_F(FaultRulesTest, hit_a_percentage_that_a_seed_repeats) {
    auto given = fault("cut");
    given.percent = 30;
    on("fault-1", given);
    FaultRules same(7);
    FaultRules other(8);
    ASSERT_TRUE(same.add("fault-1", given));
    ASSERT_TRUE(other.add("fault-1", given));
    int hits = 0;
    int different = 0;
    for (int asked = 0; asked < 1000; ++asked) {
        bool const hit = decide().fault != nullptr;
        RequestSubject const subject{Step::send, someone, ""};
        EXPECT_EQ(same.decide("stytch", subject, someone).fault != nullptr, hit);
        different +=
            static_cast<int>((other.decide("stytch", subject, someone).fault != nullptr) != hit);
        hits += static_cast<int>(hit);
    }
    EXPECT_NEAR(hits, 300, 60);
    EXPECT_GT(different, 0);
    EXPECT_EQ(rules.list()[0].hits, static_cast<std::uint64_t>(hits));
}

TEST_F(FaultRulesTest, are_a_hundred_at_most) {
    for (int added = 0; added < 100; ++added) {
        ASSERT_TRUE(rules.add(std::to_string(added), fault("cut")));
    }
    EXPECT_FALSE(rules.add("one more", fault("cut")));
}

TEST(FaultCatalogue, has_a_name_once_for_each_vendor_and_step) {
    auto const& all = fault_catalogue();
    for (auto one = all.begin(); one != all.end(); ++one) {
        EXPECT_FALSE(one->title.empty()) << one->name;
        for (auto other = one + 1; other != all.end(); ++other) {
            if (one->name != other->name) continue;
            bool const apart =
                (!one->vendor.empty() && !other->vendor.empty() && one->vendor != other->vendor) ||
                (one->step && other->step && *one->step != *other->step);
            EXPECT_TRUE(apart) << one->name;
        }
    }
}

TEST(FaultCatalogue, has_what_can_befall_any_vendor) {
    for (char const* name :
         {"html_502", "garbage", "truncated_json", "cut", "cut_body", "stall", "delay"}) {
        EXPECT_NE(fault_for(name, "eko", Step::other), nullptr) << name;
    }
    EXPECT_EQ(fault_for("stall", "eko", Step::send)->response.transfer, MockTransfer::held);
    EXPECT_TRUE(fault_for("stall", "eko", Step::send)->obeyed);
    EXPECT_EQ(
        fault_for("garbage", "eko", Step::send)->response.body,
        fault_for("truncated_json", "eko", Step::send)->response.body
    );
}

TEST(FaultCheck, takes_what_there_is) {
    EXPECT_EQ(complaint(fault("cut")), "");
    EXPECT_EQ(complaint(fault("too_many_requests", "stytch")), "");
    auto given = fault("too_many_requests");
    given.step = "verify";
    given.percent = 1;
    given.count = 1;
    given.delay = 60s;
    given.session = "alice";
    EXPECT_EQ(complaint(given), "");
}

TEST(FaultCheck, names_what_was_meant) {
    EXPECT_EQ(
        complaint(fault("html_520")),
        "no such fault; did you mean html_502? GET /api/faults/known lists them"
    );
    EXPECT_EQ(complaint(fault("")), "no such fault; GET /api/faults/known lists them");
    EXPECT_NE(complaint(fault("cut", "stych")).find("did you mean stytch?"), std::string::npos);
    EXPECT_EQ(
        complaint(fault("too_many_requests", "eko")),
        "eko has no such fault; GET /api/faults/known lists them"
    );
    auto given = fault("too_many_requests", "stytch");
    given.step = "token";
    EXPECT_EQ(
        complaint(given), "stytch has no such fault for a token; GET /api/faults/known lists them"
    );
    given.step = "Send";
    EXPECT_EQ(complaint(given), "step is send, verify or token");
}

TEST(FaultCheck, refuses_numbers_out_of_range) {
    auto given = fault("cut");
    for (std::uint32_t const percent : {0U, 101U}) {
        given.percent = percent;
        EXPECT_EQ(complaint(given), "percent is a number from 1 to 100");
    }
    given = fault("cut");
    given.count = 0;
    EXPECT_EQ(complaint(given), "count is a number from 1 on");
    given = fault("cut");
    for (auto const delay : {-1ms, 60001ms}) {
        given.delay = delay;
        EXPECT_NE(complaint(given).find("delay is a time"), std::string::npos);
    }
    EXPECT_NE(complaint(fault("delay")).find("needs a delay"), std::string::npos);
    given = fault("cut");
    given.session = "a b";
    EXPECT_NE(complaint(given).find("name of a session"), std::string::npos);
}

}  // namespace
}  // namespace otp::mocks::test
