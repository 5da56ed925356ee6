// The file of `--handle-out` holds the handle of its own send or nothing, and nobody else's file is
// ever replaced.

#include "cli/support/lost_answer.hpp"
#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::test {
namespace {

namespace json = boost::json;
using mocks::MockTransfer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class HandleOut : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> options(
        std::string const& route, std::vector<std::string> const& recipient
    ) const {
        return std::vector<std::string>{
                   "send", "--config", setup.config(), "--route", route, "--handle-out", file} +
               recipient;
    }
    [[nodiscard]] Finished send() const {
        return otp_program(options("stytch", {"--phone", "+12025550162"}));
    }
    [[nodiscard]] Finished send_refused_by_the_vendor(std::vector<std::string> const& more = {})
        const {
        return otp_program(
            options("spherepay", {"--user", "spherepay=customer_error_not_found"}) + more
        );
    }
    [[nodiscard]] Finished send_without_any_answer() const {
        return otp_program(
            options("stytch", recipient_of_lost_answer("stytch", MockTransfer::cut_before_response))
        );
    }
    /// Leaves the handle of a send in the file, and returns the text.
    [[nodiscard]] std::string keep_a_handle() {
        EXPECT_EQ(send().status, 0);
        auto text = setup.read("handle.json");
        setup.vendors().clear();
        return text;
    }
    void put(std::string_view name, std::string_view text) {
        EXPECT_EQ(setup.write(name, text), setup.file(name));
    }
    void expect_refused_and_left_alone(std::string const& text, std::string const& reason) {
        put("handle.json", text);
        auto const refused = send();
        EXPECT_EQ(refused.status, 2) << text;
        EXPECT_THAT(refused.err, HasSubstr(reason)) << text;
        EXPECT_EQ(setup.read("handle.json"), text);
        EXPECT_FALSE(std::filesystem::exists(previous));
        EXPECT_THAT(setup.vendors().messages(), IsEmpty());
    }

    MockSetup setup;
    std::string const file{setup.file("handle.json")};
    std::string const previous{file + ".previous"};
};

TEST_F(HandleOut, ReplacesNoFileButAHandles) {
    auto const handle = keep_a_handle();
    for (std::string const text :
         {"my diary",
          "\n",
          "{}",
          "[1]",
          R"({"version":1,"instances":{}})",
          R"({"version":1,"instance":"a","vendor":"b","channel":"sms"})"}) {
        expect_refused_and_left_alone(text, "--handle-out: another file is there");
    }
    expect_refused_and_left_alone(
        handle + std::string(100'000, ' ') + "my diary", "another file is there"
    );
    auto more = json::parse(handle).as_object();
    more["note"] = "my diary";
    expect_refused_and_left_alone(json::serialize(more), "another file is there");
    // It holds more than the handle.
    auto const object = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "stytch",
         "--phone",
         "+12025550162",
         "--json"}
    );
    ASSERT_EQ(object.status, 0);
    setup.vendors().clear();
    expect_refused_and_left_alone(object.out, "another file is there");
}

TEST_F(HandleOut, FollowsALinkToAHandleAndNoneThatLeadsNowhere) {
    std::filesystem::create_symlink(setup.file("elsewhere.json"), file);
    auto const refused = send();
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("something else than a file"));
    EXPECT_THAT(setup.vendors().messages(), IsEmpty());

    put("elsewhere.json", "");
    EXPECT_EQ(send().status, 0);
    EXPECT_EQ(send().status, 0);
    EXPECT_TRUE(std::filesystem::is_symlink(file));
    EXPECT_THAT(setup.read("elsewhere.json"), HasSubstr("method_id"));
}

TEST_F(HandleOut, SaysWhatToDoAboutAnotherFile) {
    put("handle.json", "my diary");
    EXPECT_THAT(send().err, HasSubstr("name another one, or remove it"));
}

TEST_F(HandleOut, ReplacesAHandleAndAnEmptyFile) {
    put("handle.json", "");
    auto const first = keep_a_handle();
    EXPECT_THAT(first, HasSubstr("method_id"));
    EXPECT_EQ(send().status, 0);
    EXPECT_THAT(setup.read("handle.json"), HasSubstr("method_id"));
    EXPECT_FALSE(std::filesystem::exists(previous)) << "personal data is left behind";
}

TEST_F(HandleOut, HoldsNoEarlierHandleAfterAFailedSend) {
    auto const kept = keep_a_handle();
    auto const refused = send_refused_by_the_vendor();
    EXPECT_EQ(refused.status, 1);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(setup.read("handle.json.previous"), kept) << "the code before may still be good";
    EXPECT_THAT(refused.err, HasSubstr("the handle of an earlier send is now in " + previous));

    auto const verified =
        otp_program({"verify", "--config", setup.config(), "--handle", file, "--code", "123456"});
    EXPECT_EQ(verified.status, 2);
}

TEST_F(HandleOut, HoldsNoEarlierHandleAfterASendWithoutAnAnswer) {
    auto const kept = keep_a_handle();
    auto const unknown = send_without_any_answer();
    EXPECT_EQ(unknown.status, 3);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(setup.read("handle.json.previous"), kept);
    EXPECT_THAT(unknown.err, HasSubstr("the handle of an earlier send is now in " + previous));
}

TEST_F(HandleOut, HoldsTheNewHandleAfterASendWithoutAnAnswerThatHasOne) {
    auto const kept = keep_a_handle();
    auto const unknown = otp_program(options(
        "spherepay", recipient_of_lost_answer("spherepay", MockTransfer::cut_before_response)
    ));
    EXPECT_EQ(unknown.status, 3);
    EXPECT_THAT(setup.read("handle.json"), HasSubstr(R"("instance":"spherepay")"));
    EXPECT_FALSE(std::filesystem::exists(previous));
    EXPECT_THAT(unknown.err, Not(HasSubstr("earlier send")));
}

TEST_F(HandleOut, SaysNothingOfAnEarlierHandleThatWasNotThere) {
    EXPECT_THAT(send_refused_by_the_vendor().err, Not(HasSubstr("earlier send")));
}

TEST_F(HandleOut, ReportsTheEarlierHandleBesideTheObject) {
    static_cast<void>(keep_a_handle());
    auto const refused = send_refused_by_the_vendor({"--json"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_EQ(json::parse(refused.out).at("ok"), false);
    EXPECT_THAT(refused.err, HasSubstr("the handle of an earlier send is now in " + previous));
}

TEST_F(HandleOut, ForgetsThePreviousHandleOnceThereIsANewOne) {
    auto const kept = keep_a_handle();
    EXPECT_EQ(send_refused_by_the_vendor().status, 1);
    ASSERT_TRUE(std::filesystem::exists(previous));
    EXPECT_EQ(send().status, 0);
    EXPECT_FALSE(std::filesystem::exists(previous));
    EXPECT_NE(setup.read("handle.json"), kept);
}

TEST_F(HandleOut, SetsNoHandleAsideInThePlaceOfAnotherFile) {
    auto const kept = keep_a_handle();
    put("handle.json.previous", "my diary");
    auto const refused = send();
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr(previous));
    EXPECT_EQ(setup.read("handle.json.previous"), "my diary");
    EXPECT_EQ(setup.read("handle.json"), kept);
    EXPECT_THAT(setup.vendors().messages(), IsEmpty());
}

TEST_F(HandleOut, LeavesAHandleWhereItIsIfTheCommandLineIsWrong) {
    auto const kept = keep_a_handle();
    EXPECT_EQ(otp_program(options("stytch", {})).status, 2);
    EXPECT_EQ(setup.read("handle.json"), kept);
}

/// The vendor holds its answer back, so that something happens to the file meanwhile.
TEST_F(HandleOut, ReplacesNothingThatCameDuringTheSend) {
    static_cast<void>(keep_a_handle());
    Subprocess process(OTP_PROGRAM, options("stytch", {"--email", "slow@error.example.com"}));
    ASSERT_TRUE(setup.vendors().wait_until_held(1));
    EXPECT_FALSE(std::filesystem::exists(file)) << "it would be taken for this send's";
    put("handle.json", "my diary");
    setup.vendors().release_held();
    auto const sent = process.wait();
    EXPECT_EQ(sent.status, 5) << sent.err;
    EXPECT_EQ(setup.read("handle.json"), "my diary");
    EXPECT_THAT(sent.out, HasSubstr(R"("method_id")"));
    EXPECT_THAT(sent.err, HasSubstr("File exists"));
}

TEST_F(HandleOut, LosesNothingWhenTheProgramIsKilled) {
    auto const kept = keep_a_handle();
    {
        Subprocess process(OTP_PROGRAM, options("stytch", {"--email", "slow@error.example.com"}));
        ASSERT_TRUE(setup.vendors().wait_until_held(1));
    }
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(setup.read("handle.json.previous"), kept);
    setup.vendors().release_held();
}

}  // namespace
}  // namespace otp::test
