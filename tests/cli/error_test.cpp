// Exit statuses and error objects, and that no error shows what must not be seen.

#include "cli/support/mock_setup.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

[[nodiscard]] std::vector<std::string> recipient_options(mocks::ReservedRecipient const& reserved) {
    auto const& recipient = reserved.recipient;
    auto const id_is_needed = reserved.vendor == "spherepay" || reserved.vendor == "10npay";
    if (recipient.starts_with('+')) {
        std::vector<std::string> options{"--phone", recipient};
        if (id_is_needed) {
            options = options + std::vector<std::string>{"--user", reserved.vendor + "=2077"};
        }
        return options;
    }
    if (recipient.find('@') != std::string::npos) return {"--email", recipient};
    return {"--user", reserved.vendor + "=" + recipient, "--phone", "+359881234567"};
}

/// What a program prints, without the handles, which may name the recipient.
[[nodiscard]] std::string without_handle(std::string const& out) {
    if (!out.starts_with('{')) return out;
    auto object = json::parse(out).as_object();
    object.at("error").as_object().at("handle") = nullptr;
    return json::serialize(object);
}

/// Nothing that the vendors keep secret, and no recipient, stands in the text.
void expect_discretion(Finished const& finished, mocks::ReservedRecipient const& reserved) {
    for (auto const& text : {without_handle(finished.out), finished.err}) {
        for (auto const& secret : mock_secrets()) EXPECT_THAT(text, Not(HasSubstr(secret)));
        if (reserved.recipient.size() > 8) {
            EXPECT_THAT(text, Not(HasSubstr(reserved.recipient.substr(1))));
        }
        EXPECT_THAT(text, Not(HasSubstr("881234567")));
    }
}

/// A configuration with which no vendor is asked twice: the waits would take minutes.
[[nodiscard]] std::string config_without_repetition(MockSetup const& setup) {
    auto config = json::parse(setup.read("otp.json")).as_object();
    config["defaults"] = json::object{{"retry", json::object{{"attempts", 1}}}};
    return setup.write("once.json", json::serialize(config));
}

TEST(ReservedRecipients, give_the_documented_exit_statuses_and_nothing_away) {
#ifdef OTP_SANITIZED_TESTS
    GTEST_SKIP() << "a sanitized program takes a second to start, and this starts it often";
#endif
    MockSetup setup;
    auto const config = config_without_repetition(setup);
    int not_sent = 0;
    int maybe_sent = 0;
    for (auto const& reserved : mocks::reserved_recipients()) {
        if (reserved.step != mocks::MockStep::send) continue;
        if (reserved.transfer == mocks::MockTransfer::held) continue;
        SCOPED_TRACE(reserved.vendor + ": " + reserved.provokes);
        auto const send = std::vector<std::string>{"send", "--config", config, "--route"} +
                          std::vector<std::string>{reserved.vendor, "--json"} +
                          recipient_options(reserved);
        auto const sent = otp_program(send);
        auto const object = json::parse(sent.out).as_object();
        if (sent.status == 0) {
            EXPECT_EQ(reserved.http_status / 100, 2);
            continue;
        }
        expect_discretion(sent, reserved);
        auto const& error = object.at("error");
        EXPECT_EQ(object.at("ok"), false);
        EXPECT_EQ(error.at("vendor"), reserved.vendor.c_str());
        EXPECT_EQ(error.at("instance"), reserved.vendor.c_str());
        auto const unknown = error.at("delivery") == "unknown";
        EXPECT_EQ(sent.status, unknown ? 3 : 1);
        if (reserved.http_status / 100 == 4) {
            EXPECT_EQ(sent.status, 1);
        }
        if (reserved.http_status == 0 || reserved.http_status == 502) {
            EXPECT_EQ(sent.status, 3);
        }
        ++(unknown ? maybe_sent : not_sent);

        auto const for_people = otp_program(
            std::vector<std::string>{"send", "--config", config, "--route", reserved.vendor} +
            recipient_options(reserved)
        );
        EXPECT_EQ(for_people.out, "");
        EXPECT_THAT(
            for_people.err, HasSubstr(unknown ? "a code may be on its way" : "nothing was sent")
        );
        expect_discretion(for_people, reserved);
    }
    EXPECT_GT(not_sent, 20);
    EXPECT_GT(maybe_sent, 20);
}

TEST(ErrorObject, has_the_documented_members) {
    MockSetup setup;
    auto const refused = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "spherepay",
         "--user",
         "spherepay=customer_error_validation",
         "--json"}
    );
    EXPECT_EQ(refused.status, 1);
    auto const object = json::parse(refused.out).as_object();
    std::vector<std::string> names;
    for (auto const& member : object.at("error").as_object()) names.emplace_back(member.key());
    EXPECT_THAT(
        names,
        testing::ElementsAre(
            "category",
            "delivery",
            "instance",
            "vendor",
            "vendor_code",
            "http_status",
            "phase",
            "message",
            "request_id",
            "url",
            "violations",
            "retry_after_ms",
            "stop",
            "handle"
        )
    );
    EXPECT_EQ(object.at("error").at("http_status"), 422);
    EXPECT_EQ(object.at("error").at("vendor_code"), "validation/failed");
    EXPECT_EQ(object.at("error").at("phase"), "done");
    EXPECT_EQ(object.at("error").at("stop"), "refused");
    EXPECT_TRUE(object.at("error").at("handle").is_null());
    EXPECT_EQ(object.at("attempts").as_array().size(), 1U);
}

class BadInput : public testing::Test {
protected:
    [[nodiscard]] Finished send(std::vector<std::string> const& options) {
        return otp_program(
            std::vector<std::string>{"send", "--config", setup.config(), "--json"} + options
        );
    }
    void expect_refused_unsent(
        std::vector<std::string> const& options,
        std::string const& category,
        std::string const& pointer
    ) {
        SCOPED_TRACE(testing::PrintToString(options));
        auto const refused = send(options);
        EXPECT_EQ(refused.status, 1) << refused.out;
        auto const object = json::parse(refused.out).as_object();
        auto const& error = object.at("error");
        EXPECT_EQ(error.at("category").as_string(), category) << refused.out;
        EXPECT_EQ(error.at("delivery"), "not_sent");
        ASSERT_GE(error.at("violations").as_array().size(), 1U) << refused.out;
        EXPECT_EQ(error.at("violations").at(0).at("pointer"), pointer.c_str());
        EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
    }

    MockSetup setup;
};

TEST_F(BadInput, is_refused_before_anything_is_sent) {
    expect_refused_unsent(
        {"--route", "stytch", "--phone", "0202 555 0162"}, "invalid_recipient", "/to/phone"
    );
    expect_refused_unsent(
        {"--route", "stytch", "--email", "user at example"}, "invalid_recipient", "/to/email"
    );
    expect_refused_unsent(
        {"--route", "spherepay", "--user", "spherepay=../../admin"},
        "invalid_request",
        "/to/user_ids/spherepay"
    );
    expect_refused_unsent(
        {"--route", "eko", "--phone", example_phone, "--locale", "en-US,en-;q=0.9"},
        "invalid_request",
        "/locale"
    );
    expect_refused_unsent(
        {"--route", "eko", "--phone", example_phone, "--field", "eko.csp=1"},
        "invalid_request",
        "/vendor_fields/eko/csp"
    );
}

TEST_F(BadInput, does_not_come_back_in_the_error) {
    auto const phone = send({"--route", "stytch", "--phone", "0202 555 0162"});
    EXPECT_THAT(phone.out + phone.err, Not(HasSubstr("555 0162")));
    auto const mail = send({"--route", "stytch", "--email", "somebody at example"});
    EXPECT_THAT(mail.out + mail.err, Not(HasSubstr("somebody")));
    auto const stray = send({"--route", "stytch", "+12025550162", "--phon", "+12025550162"});
    EXPECT_EQ(stray.status, 2);
    EXPECT_THAT(stray.out + stray.err, Not(HasSubstr("2025550162")));
}

TEST_F(BadInput, of_a_code_is_refused_and_not_shown) {
    auto const sent = send({"--route", "stytch", "--phone", "+12025550162"});
    ASSERT_EQ(sent.status, 0) << sent.out;
    auto const handle = setup.write("handle.json", sent.out);
    auto const verified = otp_program(
        {"verify", "--config", setup.config(), "--handle", handle, "--code", "-", "--json"},
        "12 34 \u00e9 56\n"
    );
    EXPECT_EQ(verified.status, 1) << verified.out;
    EXPECT_EQ(json::parse(verified.out).at("error").at("category"), "invalid_request");
    EXPECT_THAT(verified.out + verified.err, Not(HasSubstr("12 34")));
}

TEST(Verify, that_fails_is_no_refused_code) {
    MockSetup setup;
    auto const sent = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "loyaltydog",
         "--email",
         "internal@verify-error.example.com",
         "--json"}
    );
    ASSERT_EQ(sent.status, 0) << sent.out;
    auto const handle = setup.write("handle.json", sent.out);
    auto const verified = otp_program(
        {"verify", "--config", setup.config(), "--handle", handle, "--code", "-", "--json"},
        "123456\n"
    );
    EXPECT_EQ(verified.status, 3) << verified.out;
    EXPECT_EQ(json::parse(verified.out).at("ok"), false);
    EXPECT_THAT(verified.out + verified.err, Not(HasSubstr("123456")));
    EXPECT_THAT(verified.out + verified.err, Not(HasSubstr("internal@")));

    auto const for_people = otp_program(
        {"verify", "--config", setup.config(), "--handle", handle, "--code", "-"}, "123456\n"
    );
    EXPECT_THAT(for_people.err, HasSubstr("the check may have been counted"));
}

TEST(Cancellation, by_a_signal_says_that_a_code_may_be_on_its_way) {
    MockSetup setup;
    auto const& all = mocks::reserved_recipients();
    auto const held = std::find_if(all.begin(), all.end(), [](auto const& reserved) {
        return reserved.transfer == mocks::MockTransfer::held &&
               reserved.step == mocks::MockStep::send && reserved.vendor == "stytch";
    });
    ASSERT_NE(held, all.end());
    Subprocess process(
        OTP_PROGRAM,
        std::vector<std::string>{
            "send", "--config", setup.config(), "--route", "stytch", "--json"} +
            recipient_options(*held)
    );
    ASSERT_TRUE(setup.vendors().wait_until_held(1));
    process.send_signal(SIGINT);
    auto const cancelled = process.wait();
    EXPECT_EQ(cancelled.status, 3) << cancelled.out << cancelled.err;
    auto const object = json::parse(cancelled.out).as_object();
    EXPECT_EQ(object.at("error").at("category"), "cancelled");
    EXPECT_EQ(object.at("error").at("delivery"), "unknown");
    setup.vendors().release_held();
}

int status_of_send_with_handle_in(MockSetup& setup, std::string const& file) {
    auto const refused = otp_program(
        std::vector<std::string>{
            "send",
            "--config",
            setup.config(),
            "--route",
            "stytch",
            "--handle-out",
            file,
            "--json"} +
        example_person()
    );
    return refused.status;
}

TEST(HandleFile, is_not_the_configuration) {
    MockSetup setup;
    auto const size = std::filesystem::file_size(setup.config());
    EXPECT_EQ(status_of_send_with_handle_in(setup, setup.config()), 2);
    EXPECT_EQ(std::filesystem::file_size(setup.config()), size);
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST(HandleFile, that_cannot_be_written_is_found_before_anything_is_sent) {
    MockSetup setup;
    for (std::string const where : {"no/such/folder/handle.json", "."}) {
        EXPECT_EQ(status_of_send_with_handle_in(setup, setup.file(where)), 2) << where;
    }
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST(HandleFile, is_not_left_behind_by_a_failed_send) {
    MockSetup setup;
    std::filesystem::create_directory(setup.file("handles"));
    auto const refused = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "spherepay",
         "--user",
         "spherepay=customer_error_not_found",
         "--handle-out",
         setup.file("handles/handle.json")}
    );
    EXPECT_EQ(refused.status, 1);
    EXPECT_TRUE(std::filesystem::is_empty(setup.file("handles")));
}

TEST(Descriptors, when_they_run_out_nothing_was_sent_and_the_reason_is_named) {
    MockSetup setup;
    auto const quoted = [](std::string const& text) { return "'" + text + "'"; };
    std::string command =
        "exec " + quoted(OTP_PROGRAM) + " send --route stytch --config " + quoted(setup.config());
    for (auto const& option : example_person()) command += ' ' + quoted(option);
    int named = 0;
    for (int limit = 3; limit < 64; ++limit) {
        auto const sent =
            run("/bin/sh", {"-c", "ulimit -n " + std::to_string(limit) + " && " + command});
        SCOPED_TRACE(std::to_string(limit) + ": " + sent.err);
        if (sent.status == 0) {
            EXPECT_GT(named, 3);
            EXPECT_EQ(setup.vendors().messages().size(), 1U);
            return;
        }
        // Without any, not even the program's libraries can be loaded.
        if (sent.status == 127) continue;
        EXPECT_TRUE(sent.status == 1 || sent.status == 2) << sent.status;
        EXPECT_THAT(sent.err, HasSubstr("oo many open files"));
        ++named;
    }
    FAIL() << "64 descriptors do not suffice";
}

}  // namespace
}  // namespace otp::test
