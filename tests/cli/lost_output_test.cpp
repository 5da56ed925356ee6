// What cannot be written is an error with a status of its own, never a silent success.

#include "cli/support/lost_answer.hpp"
#include "cli/support/mock_setup.hpp"
#include "cli/support/shell.hpp"

#include <boost/json/parse.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int output_lost = 5;

/// Ways in which standard output refuses what is written to it.
struct Obstacle {
    std::string name;
    /// The line for the shell; it may read one line first, see `run_behind`.
    std::string script;
    std::string reason;
};

std::ostream& operator<<(std::ostream& out, Obstacle const& obstacle) {
    return out << obstacle.name;
}

Obstacle const full_disk{"full_disk", R"(exec "$0" "$@" >/dev/full)", "No space left on device"};
Obstacle const closed{"closed", R"(exec "$0" "$@" >&-)", "Bad file descriptor"};
/// The pipe has lost its reader before the program starts.
Obstacle const no_reader{"no_reader", R"(read go; exec "$0" "$@")", "Broken pipe"};

[[nodiscard]] Finished run_behind(
    Obstacle const& obstacle, std::vector<std::string> const& arguments
) {
    Subprocess process("/bin/sh", shell_arguments(obstacle.script, arguments));
    if (obstacle.name == no_reader.name) {
        process.close_output();
        process.write("go\n");
    }
    return process.wait();
}

class LostOutput : public testing::TestWithParam<Obstacle> {
protected:
    [[nodiscard]] Finished run_otp(std::vector<std::string> const& arguments) {
        return run_behind(GetParam(), arguments);
    }
    void expect_lost(Finished const& finished) const {
        EXPECT_EQ(finished.status, output_lost) << finished.err;
        EXPECT_EQ(finished.out, "");
        EXPECT_THAT(
            finished.err, HasSubstr("standard output cannot be written: " + GetParam().reason)
        );
        EXPECT_THAT(finished.err, HasSubstr("lost"));
    }
    [[nodiscard]] std::vector<std::string> send_options(std::vector<std::string> const& more
    ) const {
        return std::vector<std::string>{
                   "send",
                   "--config",
                   setup.config(),
                   "--route",
                   "stytch",
                   "--phone",
                   "+12025550162"} +
               more;
    }

    MockSetup setup;
};

TEST_P(LostOutput, OfAnAcceptedSendSaysThatItWasAccepted) {
    std::vector<std::vector<std::string>> const forms{{}, {"--json"}};
    for (auto const& form : forms) {
        auto const sent = run_otp(send_options(form));
        expect_lost(sent);
        EXPECT_THAT(sent.err, HasSubstr("the code was accepted by stytch"));
        EXPECT_THAT(sent.err, HasSubstr("its handle included"));
        setup.vendors().clear();
    }
}

TEST_P(LostOutput, OfAnAcceptedSendLeavesTheHandleInItsFile) {
    auto const file = setup.file("handle.json");
    auto const sent = run_otp(send_options({"--handle-out", file}));
    expect_lost(sent);
    EXPECT_THAT(sent.err, HasSubstr("its handle is in " + file));
    auto const verified = otp_program(
        {"verify",
         "--config",
         setup.config(),
         "--handle",
         file,
         "--code",
         setup.newest_code("stytch")}
    );
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(LostOutput, OfAFailedSendStillReachesThePerson) {
    auto const failed = run_otp(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "spherepay",
         "--user",
         "spherepay=customer_error_not_found",
         "--json"}
    );
    expect_lost(failed);
    EXPECT_THAT(failed.err, HasSubstr("failed, nothing was sent"));
    EXPECT_THAT(failed.err, HasSubstr("recipient_not_found"));
}

TEST_P(LostOutput, OfAnUnknownSendSaysThatACodeMayBeOnItsWay) {
    auto const send =
        std::vector<std::string>{
            "send", "--config", setup.config(), "--route", "spherepay", "--json"} +
        recipient_of_lost_answer("spherepay", mocks::MockTransfer::cut_before_response);
    auto const unknown = run_otp(send);
    expect_lost(unknown);
    EXPECT_THAT(unknown.err, HasSubstr("and the handle in it"));
    EXPECT_THAT(unknown.err, HasSubstr("failed, and a code may be on its way"));

    setup.vendors().clear();
    auto const file = setup.file("handle.json");
    auto const kept = run_otp(send + std::vector<std::string>{"--handle-out", file});
    expect_lost(kept);
    EXPECT_THAT(kept.err, HasSubstr("a code may be on its way"));
    auto const verified = otp_program(
        {"verify",
         "--config",
         setup.config(),
         "--handle",
         file,
         "--code",
         setup.newest_code("spherepay")}
    );
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(LostOutput, OfACheckSaysWhatTheVendorSaid) {
    auto const handle = setup.file("handle.json");
    ASSERT_EQ(otp_program(send_options({"--handle-out", handle})).status, 0);
    auto const code = setup.newest_code("stytch");
    std::vector<std::string> const verify{
        "verify", "--config", setup.config(), "--handle", handle, "--code"};

    auto const refused = run_otp(verify + std::vector<std::string>{wrong_code(code), "--json"});
    expect_lost(refused);
    EXPECT_THAT(refused.err, HasSubstr("not approved"));
    auto const approved = run_otp(verify + std::vector<std::string>{code});
    expect_lost(approved);
    EXPECT_THAT(approved.err, HasSubstr("(approved)"));
}

TEST_P(LostOutput, OfEveryOtherCommandIsFoundToo) {
    std::vector<std::vector<std::string>> const commands{
        {"check", "--config", setup.config()},
        {"check", "--config", setup.config(), "--json"},
        {"vendors"},
        {"vendors", "--json"},
        {"mock"},
        {"mock", "--print-config"},
        {"--help"},
        {"send", "--help"},
        {"mock", "--help"},
        {"send", "--json"},
        {"check", "--config", "/no/such/file.json", "--json"},
    };
    for (auto const& command : commands) {
        SCOPED_TRACE(testing::PrintToString(command));
        expect_lost(run_otp(command));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Obstacles,
    LostOutput,
    testing::Values(full_disk, closed, no_reader),
    [](auto const& instance) { return instance.param.name; }
);

TEST(LostOutput, BehindALimitOnFileSizesIsFoundToo) {
    MockSetup setup;
    auto const lost =
        in_shell("ulimit -f 0; exec \"$0\" \"$@\" >" + setup.file("report"), {"vendors", "--json"});
    EXPECT_EQ(lost.status, output_lost) << lost.err;
    EXPECT_THAT(lost.err, HasSubstr("File too large"));
}

TEST(StandardStreams, ThatAreClosedAreNotTakenForConnections) {
    MockSetup setup;
    std::vector<std::string> const send{
        "send",
        "--config",
        setup.config(),
        "--route",
        "stytch",
        "--phone",
        "+12025550162",
        "--handle-out",
        setup.file("handle.json")};
    EXPECT_EQ(in_shell(R"(exec "$0" "$@" <&- >/dev/null 2>&-)", send).status, 0);
    EXPECT_EQ(in_shell(R"(exec "$0" "$@" <&- >&- 2>&-)", send).status, output_lost);
    EXPECT_EQ(setup.vendors().messages("stytch").size(), 2U);

    auto const unread = in_shell(
        R"(exec "$0" "$@" <&-)",
        {"verify", "--config", setup.config(), "--handle", setup.file("handle.json"), "--code", "-"}
    );
    EXPECT_EQ(unread.status, 2);
    EXPECT_THAT(unread.err, HasSubstr("standard input holds no code"));
}

/// A send that the vendor has obeyed and whose answer it holds back, so that a test can spoil what
/// comes after it.
class HeldSend : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> send_options(std::vector<std::string> const& more
    ) const {
        return std::vector<std::string>{
                   "send",
                   "--config",
                   setup.config(),
                   "--route",
                   "stytch",
                   "--email",
                   "slow@error.example.com",
                   "--handle-out",
                   file} +
               more;
    }
    void hold(std::vector<std::string> const& more, std::string const& script) {
        std::filesystem::create_directory(setup.file("handles"));
        process.emplace("/bin/sh", shell_arguments(script, send_options(more)));
        ASSERT_TRUE(setup.vendors().wait_until_held(1));
    }
    /// Something else stands where the handle's file should be.
    void take_its_place() { std::filesystem::create_directory(file); }
    [[nodiscard]] Finished finish() {
        setup.vendors().release_held();
        return process->wait();
    }
    void expect_verified_with(std::string const& handle) {
        auto const verified = otp_program(
            {"verify",
             "--config",
             setup.config(),
             "--handle",
             "-",
             "--code",
             setup.newest_code("stytch")},
            handle
        );
        EXPECT_EQ(verified.status, 0) << verified.err;
    }

    MockSetup setup;
    std::string const file{setup.file("handles/handle.json")};
    std::optional<Subprocess> process;
};

constexpr char const* plainly = R"(exec "$0" "$@")";

TEST_F(HeldSend, WhoseHandleFileCannotBePlacedPrintsTheHandleInstead) {
    hold({}, plainly);
    take_its_place();
    auto const sent = finish();
    EXPECT_EQ(sent.status, output_lost) << sent.err;
    EXPECT_THAT(sent.out, testing::StartsWith("accepted by stytch"));
    EXPECT_THAT(sent.err, HasSubstr("cannot be written to " + file + " (File exists)"));
    EXPECT_THAT(sent.err, HasSubstr("it is on standard output instead"));
    expect_verified_with(sent.out.substr(sent.out.find('{')));
    std::filesystem::remove(file);
    EXPECT_TRUE(std::filesystem::is_empty(setup.file("handles"))) << "something was left behind";
}

TEST_F(HeldSend, WhoseHandleFileCannotBePlacedHasTheHandleInItsObject) {
    hold({"--json"}, plainly);
    take_its_place();
    auto const sent = finish();
    EXPECT_EQ(sent.status, output_lost);
    EXPECT_EQ(json::parse(sent.out).at("ok"), true);
    EXPECT_THAT(sent.err, HasSubstr("it is on standard output instead"));
    expect_verified_with(sent.out);
}

TEST_F(HeldSend, WhoseHandleFileCannotGrowPrintsTheHandleInstead) {
    hold({"--json"}, plainly);
    process->forbid_file_growth();
    auto const sent = finish();
    EXPECT_EQ(sent.status, output_lost) << sent.err;
    EXPECT_THAT(sent.err, HasSubstr("File too large"));
    expect_verified_with(sent.out);
    EXPECT_TRUE(std::filesystem::is_empty(setup.file("handles"))) << "something was left behind";
}

TEST_F(HeldSend, WhoseHandleCanGoNowhereSaysThatItIsLost) {
    hold({}, R"(exec "$0" "$@" >/dev/full)");
    take_its_place();
    auto const sent = finish();
    EXPECT_EQ(sent.status, output_lost);
    EXPECT_THAT(sent.err, HasSubstr("the code was accepted by stytch"));
    EXPECT_THAT(sent.err, HasSubstr("(File exists); it is lost"));
}

TEST(HandleFile, ForWhichThereIsNoRoomIsFoundBeforeAnythingIsSent) {
    MockSetup setup;
    std::filesystem::create_directory(setup.file("handles"));
    auto const refused = in_shell(
        R"(ulimit -f 0; exec "$0" "$@")",
        {"send",
         "--config",
         setup.config(),
         "--route",
         "stytch",
         "--phone",
         "+12025550162",
         "--handle-out",
         setup.file("handles/handle.json")}
    );
    EXPECT_EQ(refused.status, 2) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("File too large"));
    EXPECT_THAT(setup.vendors().messages(), IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(setup.file("handles")));
}

TEST(HandleFile, IsNeverThatOfAStandardStream) {
    MockSetup setup;
    auto const report = setup.file("report");
    auto const send_to = [&](std::string const& place, std::string const& script) {
        return in_shell(
            script,
            {"send",
             "--config",
             setup.config(),
             "--route",
             "stytch",
             "--phone",
             "+12025550162",
             "--json",
             "--handle-out",
             place}
        );
    };
    auto const to_output = R"(exec "$0" "$@" >)" + report;
    auto const to_error = R"(exec "$0" "$@" 2>)" + report;
    for (std::string const place : {"/dev/stdout", "/proc/self/fd/1", report.c_str()}) {
        SCOPED_TRACE(place);
        EXPECT_EQ(send_to(place, to_output).status, 2);
        EXPECT_THAT(setup.read("report"), HasSubstr("this is where standard output goes"));
    }
    for (std::string const place : {"/dev/stderr", "/proc/self/fd/2", report.c_str()}) {
        SCOPED_TRACE(place);
        auto const refused = send_to(place, to_error);
        EXPECT_EQ(refused.status, 2);
        EXPECT_THAT(refused.out, HasSubstr("this is where standard error goes"));
    }
    // A pipe, and streams that share one file.
    EXPECT_EQ(send_to("/dev/stdout", R"(exec "$0" "$@")").status, 2);
    EXPECT_EQ(send_to(report, to_output + " 2>&1").status, 2);
    EXPECT_THAT(setup.vendors().messages(), IsEmpty());
    // A file that is only near.
    EXPECT_EQ(send_to(report + ".handle", to_output).status, 0);
    EXPECT_EQ(json::parse(setup.read("report")).at("ok"), true);
}

TEST(HandleFile, OfADashIsRefusedWithWhatToDo) {
    MockSetup setup;
    auto const refused = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "stytch",
         "--phone",
         "+12025550162",
         "--handle-out",
         "-"}
    );
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("--handle-out: give the name of a file"));
    EXPECT_FALSE(std::filesystem::exists("-"));
    EXPECT_THAT(setup.vendors().messages(), IsEmpty());
}

}  // namespace
}  // namespace otp::test
