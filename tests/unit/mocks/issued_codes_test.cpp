#include "vendor/issued_codes.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>

namespace otp::mocks::test {
namespace {

constexpr MockTime now{std::chrono::milliseconds(1700000000000)};
constexpr std::chrono::minutes ten{10};

SentMessage message(std::string key, std::string code) {
    return {"sms", "+12025550162", std::move(key), std::move(code), now + ten};
}

TEST(IssuedCodes, approve_a_code_once_and_report_it) {
    IssuedCodes codes;
    codes.add(message("key", "123456"));
    auto const approved = codes.check("key", "123456", now);
    EXPECT_EQ(approved.result, CodeCheck::approved);
    ASSERT_TRUE(approved.settled);
    EXPECT_EQ(approved.settled->key, "key");
    EXPECT_EQ(approved.settled->end, SettledCode::End::verified);
    auto const again = codes.check("key", "123456", now);
    EXPECT_EQ(again.result, CodeCheck::used);
    EXPECT_FALSE(again.settled);
}

TEST(IssuedCodes, know_the_newest_of_each_key_only) {
    IssuedCodes codes;
    EXPECT_EQ(codes.check("key", "123456", now).result, CodeCheck::unknown);
    codes.add(message("key", "123456"));
    codes.add(message("other", "777777"));
    codes.add(message("key", "654321"));
    EXPECT_EQ(codes.check("key", "123456", now).result, CodeCheck::wrong);
    EXPECT_EQ(codes.check("key", "654321", now).result, CodeCheck::approved);
    EXPECT_EQ(codes.check("other", "777777", now).result, CodeCheck::approved);
}

TEST(IssuedCodes, expire_at_their_time) {
    IssuedCodes codes;
    codes.add(message("key", "123456"));
    EXPECT_EQ(codes.check("key", "123456", now + ten).result, CodeCheck::expired);
    auto const last_moment = now + ten - std::chrono::milliseconds(1);
    EXPECT_EQ(codes.check("key", "123456", last_moment).result, CodeCheck::approved);
}

TEST(IssuedCodes, are_locked_by_the_last_wrong_try_that_is_allowed) {
    IssuedCodes codes;
    codes.add(message("key", "123456"));
    EXPECT_FALSE(codes.check("key", "0", now, 2).settled);
    auto const last = codes.check("key", "0", now, 2);
    EXPECT_EQ(last.result, CodeCheck::wrong);
    ASSERT_TRUE(last.settled);
    EXPECT_EQ(last.settled->end, SettledCode::End::locked);
    EXPECT_EQ(codes.check("key", "123456", now, 2).result, CodeCheck::locked);
    codes.add(message("key", "222222"));
    EXPECT_EQ(codes.check("key", "222222", now, 2).result, CodeCheck::approved);
}

TEST(IssuedCodes, stand_any_number_of_wrong_tries_without_a_limit) {
    IssuedCodes codes;
    codes.add(message("key", "123456"));
    for (int tries = 0; tries < 100; ++tries) {
        EXPECT_EQ(codes.check("key", "0", now).result, CodeCheck::wrong);
    }
    EXPECT_EQ(codes.check("key", "123456", now).result, CodeCheck::approved);
}

TEST(IssuedCodes, are_forgotten_when_many_thousands_came_after_them) {
    IssuedCodes codes;
    codes.add(message("oldest", "1"));
    codes.add(message("renewed", "2"));
    for (int sent = 0; sent < 19998; ++sent) codes.add(message(std::to_string(sent), "3"));
    EXPECT_EQ(codes.check("oldest", "0", now).result, CodeCheck::wrong);
    codes.add(message("renewed", "4"));
    EXPECT_EQ(codes.check("oldest", "1", now).result, CodeCheck::unknown);
    codes.add(message("one more", "5"));
    EXPECT_EQ(codes.check("renewed", "4", now).result, CodeCheck::approved);
}

}  // namespace
}  // namespace otp::mocks::test
