#include "recordings/recording_parameter.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <gmock/gmock.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Every recording that ships: it can be read, and holds no secret and no person's data.
namespace otp::test {
namespace {

using ::testing::IsEmpty;

/// The maximal runs of characters that `belongs` takes.
template <class Predicate>
std::vector<std::string> runs(std::string_view text, Predicate belongs) {
    std::vector<std::string> found;
    std::string run;
    for (char const c : text) {
        if (belongs(c)) {
            run += c;
        } else if (!run.empty()) {
            found.push_back(std::move(run));
            run.clear();
        }
    }
    if (!run.empty()) found.push_back(std::move(run));
    return found;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_token_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '=' || c == '-' ||
           c == '_';
}

/// Strings that look like a phone number and are not one of the documents' examples.
std::vector<std::string> strange_numbers(std::string_view text) {
    static std::set<std::string, std::less<>> const documented{
        "12025550162",
        "10000000000",   // Stytch
        "359881234567",  // 10nPay
        "9962981729",
        "9002336768",
        "919002336768",  // Eko
        "1234567891",
        "2886978474",
        "211101129871",  // Eko: initiator, tid, reference
        "28100526862",   // in an id of SpherePay's
    };
    std::vector<std::string> strange;
    for (auto const& number : runs(text, is_digit)) {
        bool const zeros = number.find_first_not_of('0') >= number.size() - 1;
        if (number.size() >= 9 && !zeros && !documented.contains(number)) strange.push_back(number);
    }
    return strange;
}

/// Long unbroken runs of letters and digits that are not one of the documents' examples.
std::vector<std::string> strange_tokens(std::string_view text) {
    static constexpr std::array<std::string_view, 5> documented{
        "customer_f31121c389624d3697cbf3ea8830b7a4",             // SpherePay
        "28c61e885c6e5eaa78c1a2183a9b883c",                      // SpherePay
        "e633f28100526862cadc4c592435eddd",                      // SpherePay
        "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",  // Stytch
        "test-00000000-0000-0000-0000-00000000000",              // made up, mostly zeros
    };
    std::vector<std::string> strange;
    for (auto const& token : runs(text, is_token_character)) {
        bool const known = std::any_of(documented.begin(), documented.end(), [&](auto example) {
            return token.find(example) != std::string::npos;
        });
        auto const digits = std::count_if(token.begin(), token.end(), is_digit);
        auto const zeros = std::count(token.begin(), token.end(), '0');
        if (token.size() >= 24 && digits - zeros >= 4 && !known) strange.push_back(token);
        if (token.substr(0, 3) == "eyJ") strange.push_back(token);  // the beginning of a JWT
    }
    return strange;
}

std::vector<std::string> strange_addresses(std::string_view text) {
    auto const belongs = [](char c) { return is_token_character(c) || c == '@' || c == '.'; };
    static std::set<std::string, std::less<>> const documented{
        "sandbox@stytch.com", "support@stytch.com"};
    std::vector<std::string> strange;
    for (auto const& word : runs(text, belongs)) {
        if (word.find('@') == std::string::npos || documented.contains(word)) continue;
        if (!word.ends_with("@example.com")) strange.push_back(word);
    }
    return strange;
}

TEST(ShippedRecordings, RoundTrip) {
    for (auto const& [vendor, file] : all_recordings()) {
        SCOPED_TRACE(file);
        auto const recording = testing::load_recording(file);
        auto const again = testing::parse_recording(testing::to_text(recording));
        ASSERT_TRUE(again) << again.error();
        EXPECT_EQ(testing::to_text(*again), testing::to_text(recording));
        EXPECT_EQ(again->request.body, recording.request.body);
        EXPECT_EQ(again->response.body, recording.response.body);
        EXPECT_EQ(again->ignored, recording.ignored);
    }
}

TEST(ShippedRecordings, SayWhatTheyAreAndWhereTheyComeFrom) {
    for (auto const& [vendor, file] : all_recordings()) {
        SCOPED_TRACE(file);
        auto const recording = testing::load_recording(file);
        EXPECT_FALSE(recording.description.empty());
        EXPECT_FALSE(recording.source.empty());
        EXPECT_FALSE(recording.input.empty());
        EXPECT_FALSE(recording.expect.empty());
    }
}

TEST(ShippedRecordings, HoldNoSecretAndNobodysData) {
    for (auto const& [vendor, file] : all_recordings()) {
        SCOPED_TRACE(file);
        auto recording = testing::load_recording(file);
        recording.source.clear();  // an address of documentation, with digits of its own
        recording.name = "a";      // long, and with a status in it
        auto const text = testing::to_text(recording);
        EXPECT_THAT(strange_numbers(text), IsEmpty());
        EXPECT_THAT(strange_tokens(text), IsEmpty());
        EXPECT_THAT(strange_addresses(text), IsEmpty());
        for (auto const& headers : {recording.request.headers, recording.response.headers}) {
            for (auto const& [name, value] : headers) {
                if (testing::is_plain_header(name)) continue;
                EXPECT_TRUE(value == "***" || value == "Basic ***" || value == "Bearer ***")
                    << name;
            }
        }
    }
}

TEST(RecordingScan, FindsWhatItShould) {
    EXPECT_THAT(strange_numbers(R"("+4915112345678")"), ::testing::ElementsAre("4915112345678"));
    EXPECT_THAT(strange_numbers(R"("+12025550162")"), IsEmpty());
    EXPECT_THAT(strange_tokens("eyJhbGciOiJub25lIn0"), ::testing::SizeIs(1));
    EXPECT_THAT(strange_tokens("sk_live_Q7w8E9r1T2y3U4i5O6p7A8s9"), ::testing::SizeIs(1));
    EXPECT_THAT(strange_addresses("to somebody@mail.test"), ::testing::SizeIs(1));
    EXPECT_THAT(strange_addresses("user@example.com"), IsEmpty());
}

TEST(ShippedRecordings, CoverSendVerifyAndErrorsOfEveryVendor) {
    for (auto const& vendor : recorded_vendors()) {
        SCOPED_TRACE(vendor);
        std::set<std::string> seen;
        for (auto const& recording : testing::load_recordings(recordings_folder(vendor))) {
            auto const kind = recording.expect.contains("category") ? "_error" : "_answer";
            seen.insert(operation_of(recording) + kind);
        }
        EXPECT_THAT(
            seen,
            ::testing::IsSupersetOf({"send_answer", "send_error", "verify_answer", "verify_error"})
        );
    }
}

}  // namespace
}  // namespace otp::test
