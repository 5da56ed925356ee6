#include "vendor/issued_codes.hpp"

#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <utility>

namespace otp::mocks::test {
namespace {

constexpr MockTime now{std::chrono::milliseconds(1700000000000)};
constexpr std::chrono::minutes ten{10};

SentMessage message(
    std::string key, std::string code, std::optional<std::size_t> max_attempts = {}
) {
    return {"sms", "+12025550162", std::move(key), std::move(code), now + ten, max_attempts};
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
    codes.add(message("key", "123456", 2));
    auto const first = codes.check("key", "0", now);
    ASSERT_TRUE(first.settled);
    EXPECT_EQ(first.settled->end, SettledCode::End::wrong);
    auto const last = codes.check("key", "0", now);
    EXPECT_EQ(last.result, CodeCheck::wrong);
    ASSERT_TRUE(last.settled);
    EXPECT_EQ(last.settled->end, SettledCode::End::locked);
    EXPECT_EQ(last.settled->wrong_attempts, 2U);
    auto const late = codes.check("key", "123456", now);
    EXPECT_EQ(late.result, CodeCheck::locked);
    EXPECT_FALSE(late.settled) << "nothing happens to it any more";
    codes.add(message("key", "222222", 2));
    EXPECT_EQ(codes.check("key", "222222", now).result, CodeCheck::approved);
}

TEST(IssuedCodes, count_the_wrong_tries_of_the_newest_code) {
    IssuedCodes codes;
    codes.add(message("key", "123456"));
    EXPECT_EQ(codes.check("key", "0", now).settled.value().wrong_attempts, 1U);
    EXPECT_EQ(codes.check("key", "0", now).settled.value().wrong_attempts, 2U);
    EXPECT_FALSE(codes.check("key", "0", now + ten).settled) << "too late to be a try";
    EXPECT_EQ(codes.check("key", "123456", now).settled.value().wrong_attempts, 2U);
    codes.add(message("key", "222222"));
    EXPECT_EQ(codes.check("key", "0", now).settled.value().wrong_attempts, 1U);
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
