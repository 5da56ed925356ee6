#include "contract/all_vendors/small_adapter.hpp"
#include "recordings/recorded_call.hpp"

#include <otp/testing/recording.hpp>
#include <otp/vendor_registry.hpp>

#include <gmock/gmock.h>
#include <string>
#include <vector>

/// The conformance suite looks at questions after an approval, and at the material of its tests.
namespace otp::conformance {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ConformanceSuite, FindsOneThatTakesAnyConfirmation) {
    auto const found = findings({.confirms_anything = true});
    for (auto const* const check :
         {"confirmation: documented answer",
          "confirmation: garbage",
          "confirmation: truncated body",
          "confirmation: missing member",
          "confirmation: contradiction",
          "confirmation: mixed answer",
          "confirmation: another identity",
          "confirmation: another 2xx",
          "confirmation: error in a 200",
          "confirmation: refusal of a failing server",
          "confirmation: a gateway's page"}) {
        EXPECT_THAT(found, Contains(check));
    }
    EXPECT_THAT(found, Not(Contains(HasSubstr("verify:"))));
    auto const trusting = findings({.trusts_the_question = true});
    EXPECT_THAT(trusting, Contains("confirmation: spoilt member"));
    EXPECT_THAT(trusting, Contains("confirmation: contradiction"));
    EXPECT_THAT(trusting, Not(Contains("confirmation: another 2xx")));
}

TEST(ConformanceSuite, FindsAConfirmationThatShowsWhatWasSent) {
    auto const found = findings({.keeps_ids = true});
    EXPECT_THAT(found, Contains("confirmation: echo"));
}

TEST(ConformanceSuite, FindsAQuestionThatIsNotSafeToRepeat) {
    EXPECT_THAT(findings({.asks_by_post = true}), Contains("verify: question"));
}

TEST(ConformanceSuite, FindsAQuestionThatIsNotAsked) {
    EXPECT_THAT(findings({.never_asks = true}), ElementsAre("verify: question"));
}

TEST(ConformanceSuite, FindsAQuestionWhoseAnswersNobodyDocuments) {
    auto const failures = PlainSubject({}).observations();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(check_of(failures.front()), "verify: question");
    EXPECT_THAT(PlainSubject({.never_asks = true}).observations(), IsEmpty());
}

/// The failures of a test that names the pointer in the list.
std::vector<std::string> failures_with(
    std::vector<std::string> DocumentedAnswers::*list, std::string const& pointer
) {
    PlainSubject plain({.never_asks = true});
    plain.subject.send_answers.*list = {pointer};
    std::vector<std::string> texts;
    for (auto const& failure : plain.observations()) {
        texts.push_back(check_of(failure) + ' ' + failure.what);
    }
    return texts;
}

TEST(ConformanceSuite, WantsPointersThatLeadSomewhere) {
    for (auto const list :
         {&DocumentedAnswers::decisive,
          &DocumentedAnswers::of_one_type,
          &DocumentedAnswers::all_values_documented,
          &DocumentedAnswers::echoed,
          &DocumentedAnswers::about_other_things}) {
        auto const found = failures_with(list, "/nowhere");
        EXPECT_THAT(found, ElementsAre(HasSubstr("send: documented answer /nowhere: is in no")));
    }
    EXPECT_THAT(failures_with(&DocumentedAnswers::all_values_documented, "/level"), IsEmpty());
}

TEST(ConformanceSuite, WantsValuesOfFailureOfMembersThatAreThere) {
    PlainSubject plain({.never_asks = true});
    auto& answers = plain.subject.send_answers;
    // Another success has no such member, and stays one.
    answers.successes.emplace_back(200, HttpHeaders{}, R"({"ok":true,"kind":0})");
    answers.values_of_failure = {{"/level", "7"}};
    EXPECT_THAT(plain.observations(), IsEmpty());
    answers.values_of_failure = {{"/nowhere", "7"}};
    auto const failures = plain.observations();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(check_of(failures.front()), "send: documented answer");
    EXPECT_THAT(failures.front().what, HasSubstr("values_of_failure"));
}

TEST(SuccessChecks, LeaveAnOperationWithoutSuccessesOutButNotAll) {
    PlainSubject plain({.takes_every_2xx = true, .never_asks = true});
    plain.subject.send_answers = {};
    auto const of_verify = observe_successes(plain.subject);
    EXPECT_THAT(of_verify, Not(IsEmpty()));
    for (auto const& failure : of_verify) EXPECT_EQ(check_of(failure), "verify: another 2xx");
    plain.subject.verify_answers = {};
    auto const failures = observe_successes(plain.subject);
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_THAT(failures.front().what, HasSubstr("names no success"));
}

/// The SDK's own recordings of Stytch, for the requests of two of them.
AdapterUnderTest recorded_subject(std::string const& send, std::string const& verify) {
    auto const folder = test::recordings_folder("stytch");
    auto const of_send = testing::load_recording(folder / (send + ".json")).input;
    auto const of_verify = testing::load_recording(folder / (verify + ".json")).input;
    AdapterUnderTest subject(
        VendorRegistry::built_in(),
        test::instance_for("stytch", of_send),
        test::send_from(of_send),
        test::verify_from("stytch", of_verify)
    );
    subject.context = test::recorded_context();
    return subject;
}

std::vector<std::string> bodies_of(std::vector<HttpResponse> const& answers) {
    std::vector<std::string> bodies;
    for (auto const& answer : answers) bodies.push_back(answer.body);
    return bodies;
}

TEST(RecordedAnswers, AreTheSuccessesOfTheRequestAndAllRefusals) {
    auto subject = recorded_subject("send_sms_ok", "verify_ok");
    add_recorded_answers(subject, test::recordings_folder("stytch"));
    EXPECT_THAT(
        bodies_of(subject.send_answers.successes),
        ::testing::Each(HasSubstr("phone-number-test-00000000-0000-0000-0000-000000000002"))
    );
    EXPECT_THAT(
        bodies_of(subject.verify_answers.successes), Contains(HasSubstr(R"("session":null)"))
    );
    EXPECT_THAT(
        bodies_of(subject.send_answers.refusals), Contains(HasSubstr("invalid_phone_number"))
    );
    EXPECT_GT(subject.send_answers.refusals.size(), 10U);
    EXPECT_GT(subject.verify_answers.refusals.size(), 5U);
    EXPECT_THAT(subject.confirmation_answers.successes, IsEmpty());
    for (auto const& seen : observe_successes(subject)) {
        EXPECT_NE(seen.check, "documented answer") << seen.what;
    }
}

TEST(RecordedAnswers, HaveASuccessOfEachRequest) {
    auto subject = recorded_subject("send_sms_ok", "verify_ok");
    subject.send.to.phone = PhoneNumber::parse("+12025550199").value();
    try {
        add_recorded_answers(subject, test::recordings_folder("stytch"));
        FAIL() << "what answers another request was taken";
    } catch (ErrorException const& exception) {
        EXPECT_THAT(exception.what(), HasSubstr("no success of send"));
    }
}

}  // namespace
}  // namespace otp::conformance
