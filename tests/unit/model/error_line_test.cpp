// An error in one line: everything that there is, nothing twice, and nothing that breaks the line.

#include <otp/error.hpp>
#include <otp/result.hpp>

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iomanip>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace otp {
namespace {

using namespace std::chrono_literals;

std::string line(Error const& error) {
    std::ostringstream out;
    out << error;
    return out.str();
}

Error full_error() {
    Error error(ErrorCategory::unauthenticated, "Unauthorized credentials.", Delivery::not_sent);
    error.instance = "login-us";
    error.vendor = "stytch";
    error.vendor_code = "unauthorized_credentials";
    error.http_status = 401;
    error.request_id = "request-id-test-1";
    error.documentation_url = "https://stytch.com/docs/api/errors/401";
    error.phase = ExchangePhase::done;
    return error;
}

TEST(ErrorLine, HasInstanceVendorStatusCodeAndRequest) {
    EXPECT_EQ(
        line(full_error()),
        "login-us (stytch): unauthenticated, not_sent, HTTP 401 unauthorized_credentials, "
        "request request-id-test-1: Unauthorized credentials."
    );
    EXPECT_EQ(ErrorException(full_error()).what(), line(full_error()));
}

TEST(ErrorLine, IsWhatAResultThrows) {
    Result<int> const failed(full_error());
    try {
        static_cast<void>(failed.value());
        FAIL() << "a failed result has a value";
    } catch (std::exception const& exception) {
        EXPECT_EQ(exception.what(), line(full_error()));
    }
}

/// One part of an error is missing; the rest keeps its form.
TEST(ErrorLine, LeavesNoMarkOfWhatIsNotThere) {
    struct Row {
        std::function<void(Error&)> without;
        std::string expected;
    };
    std::vector<Row> const rows{
        {[](Error& error) { error.vendor.clear(); },
         "login-us: unauthenticated, not_sent, HTTP 401 unauthorized_credentials, request "
         "request-id-test-1: Unauthorized credentials."},
        {[](Error& error) { error.instance.clear(); },
         "stytch: unauthenticated, not_sent, HTTP 401 unauthorized_credentials, request "
         "request-id-test-1: Unauthorized credentials."},
        {[](Error& error) { error.instance = "stytch"; },
         "stytch: unauthenticated, not_sent, HTTP 401 unauthorized_credentials, request "
         "request-id-test-1: Unauthorized credentials."},
        {[](Error& error) { error.http_status = 0; },
         "login-us (stytch): unauthenticated, not_sent, code unauthorized_credentials, request "
         "request-id-test-1: Unauthorized credentials."},
        {[](Error& error) { error.vendor_code.clear(); },
         "login-us (stytch): unauthenticated, not_sent, HTTP 401, request request-id-test-1: "
         "Unauthorized credentials."},
        {[](Error& error) { error.request_id.clear(); },
         "login-us (stytch): unauthenticated, not_sent, HTTP 401 unauthorized_credentials: "
         "Unauthorized credentials."},
        {[](Error& error) { error.message.clear(); },
         "login-us (stytch): unauthenticated, not_sent, HTTP 401 unauthorized_credentials, "
         "request request-id-test-1: the vendor refused the credentials"},
        {[](Error& error) { error = Error(ErrorCategory::timeout); },
         "timeout, not_sent: the vendor did not answer in time"},
    };
    for (auto const& row : rows) {
        auto error = full_error();
        row.without(error);
        EXPECT_EQ(line(error), row.expected);
    }
}

TEST(ErrorLine, TellsHowFarTheRequestHadComeUnlessItWasDone) {
    Error error(ErrorCategory::timeout, "no answer came", Delivery::unknown);
    error.instance = "eko";
    error.phase = ExchangePhase::waiting;
    EXPECT_EQ(line(error), "eko: timeout, unknown, while waiting: no answer came");
    error.phase = ExchangePhase::done;
    EXPECT_EQ(line(error), "eko: timeout, unknown: no answer came");
}

TEST(ErrorLine, DoesNotTellHowFarTheRequestHadComeWhereTheMessageDoes) {
    Error error(ErrorCategory::timeout, "connecting to h:443 took too long");
    error.phase = ExchangePhase::connecting;
    EXPECT_EQ(line(error), "timeout, not_sent: connecting to h:443 took too long");
    error = Error(ErrorCategory::tls_failed, "TLS handshake with h failed: protocol error");
    error.phase = ExchangePhase::handshaking;
    EXPECT_EQ(line(error), "tls_failed, not_sent: TLS handshake with h failed: protocol error");
    error = Error(ErrorCategory::timeout, "it was already there");
    error.phase = ExchangePhase::reading;
    EXPECT_EQ(line(error), "timeout, not_sent, while reading: it was already there");
}

TEST(ErrorLine, TellsHowLongToWait) {
    Error error(ErrorCategory::rate_limited, "slow down");
    error.http_status = 429;
    for (auto const& [wait, text] : std::vector<std::pair<std::chrono::milliseconds, std::string>>{
             {0ms, "0 s"},
             {1ms, "1 s"},
             {1500ms, "2 s"},
             {30s, "30 s"},
             {120s, "120 s"},
             {120'001ms, "3 min"},
             {4815s, "81 min"},
             {7200s, "120 min"},
             {7201s, "3 h"},
             {24h, "24 h"}}) {
        error.retry_after = wait;
        EXPECT_EQ(
            line(error), "rate_limited, not_sent, HTTP 429, retry after " + text + ": slow down"
        );
    }
}

TEST(ErrorLine, NamesARefusedFieldOnce) {
    EXPECT_EQ(
        line(field_error(ErrorCategory::unsupported, "/channel", "must be sms")),
        "unsupported, not_sent: /channel must be sms"
    );
    Error error(ErrorCategory::invalid_request, "Bad request.");
    error.violations = {{"/phone", "is bad"}};
    EXPECT_EQ(line(error), "invalid_request, not_sent: Bad request; /phone: is bad");
    error.message = "wait...";
    EXPECT_EQ(line(error), "invalid_request, not_sent: wait...; /phone: is bad");
}

TEST(ErrorLine, NamesOnlyThePlaceOfAFieldWhoseTextIsTheMessage) {
    Error error(ErrorCategory::invalid_recipient, "The email is invalid.");
    error.violations = {{"/to/email", "The email is invalid."}};
    EXPECT_EQ(line(error), "invalid_recipient, not_sent: The email is invalid. (/to/email)");
    error.violations.push_back({"/name", "is long"});
    EXPECT_EQ(
        line(error),
        "invalid_recipient, not_sent: The email is invalid. (/to/email); /name: is long"
    );
    error.violations = {{"", "The email is invalid."}};
    EXPECT_EQ(line(error), "invalid_recipient, not_sent: The email is invalid.");
}

TEST(ErrorLine, NamesThreeViolationsAndCountsTheOthers) {
    Error error(ErrorCategory::config_invalid, "the configuration has 5 mistakes");
    error.violations = {{"", "no JSON."}, {"/a", "b"}, {"/c", "d."}};
    EXPECT_EQ(
        line(error),
        "config_invalid, not_sent: the configuration has 5 mistakes; no JSON; /a: b; /c: d."
    );
    error.violations.push_back({"/e", "f"});
    error.violations.push_back({"/g", "h"});
    EXPECT_EQ(
        line(error),
        "config_invalid, not_sent: the configuration has 5 mistakes; no JSON; /a: b; /c: d; and 2 "
        "more"
    );
}

TEST(ErrorLine, DoesNotRepeatACodeForWantOfWords) {
    auto error = full_error();
    error.message = error.vendor_code;
    EXPECT_EQ(
        line(error),
        "login-us (stytch): unauthenticated, not_sent, HTTP 401 unauthorized_credentials, "
        "request request-id-test-1: the vendor refused the credentials"
    );
}

TEST(ErrorLine, SaysInItsCategorysWordsWhatIsMaskedAsAWhole) {
    Error error(ErrorCategory::recipient_conflict, "***");
    EXPECT_EQ(
        line(error), "recipient_conflict, not_sent: the address already belongs to somebody else"
    );
    error.message = "*** is taken";
    EXPECT_EQ(line(error), "recipient_conflict, not_sent: *** is taken");
}

TEST(ErrorLine, TellsANumberOfTheVendorsFromTheStatus) {
    Error error(ErrorCategory::config_invalid, "Invalid Sender/Initiator");
    error.http_status = 200;
    error.vendor_code = "319";
    EXPECT_EQ(line(error), "config_invalid, not_sent, HTTP 200 code 319: Invalid Sender/Initiator");
    error.vendor_code = "-2";
    EXPECT_EQ(line(error), "config_invalid, not_sent, HTTP 200 code -2: Invalid Sender/Initiator");
    error.http_status = 0;
    EXPECT_EQ(line(error), "config_invalid, not_sent, code -2: Invalid Sender/Initiator");
}

TEST(ErrorLine, IsOneWhateverItsPartsHold) {
    for (auto const& hostile : std::initializer_list<std::string>{
             "a\nb",
             "a\r\nb",
             "a\tb",
             std::string("a\0b", 3),
             "a\x1b[2Jb",
             "a\x7f"
             "b",
             "a\xc2\x85"
             "b",
             "a\xe2\x80\xa8"
             "b",
             "a\xe2\x80\xae"
             "b",
             "a\xff"
             "b"}) {
        auto error = full_error();
        error.phase = ExchangePhase::reading;
        for (auto* const part :
             {&error.message,
              &error.instance,
              &error.vendor,
              &error.vendor_code,
              &error.request_id}) {
            *part = hostile;
        }
        error.violations = {{hostile, hostile}};
        auto const printed = line(error);
        for (auto const* const broken :
             {"\n",
              "\r",
              "\t",
              "\x1b",
              "\x7f",
              "\xc2\x85",
              "\xe2\x80\xa8",
              "\xe2\x80\xae",
              "\xff"}) {
            EXPECT_EQ(printed.find(broken), std::string::npos) << printed;
        }
        EXPECT_EQ(printed.find('\0'), std::string::npos);
    }
    Error error(ErrorCategory::internal, "größer als 中 erlaubt …");
    EXPECT_EQ(line(error), "internal, not_sent: größer als 中 erlaubt …");
}

TEST(ErrorLine, NeverShowsTheHandle) {
    Error error(ErrorCategory::timeout, "no answer came", Delivery::unknown);
    error.handle.emplace("main", "eko", Channel::sms);
    error.handle->set_reference("mobile", "9002336768");
    EXPECT_EQ(line(error), "timeout, unknown: no answer came");
}

TEST(ErrorLine, IsOneTextForTheStream) {
    std::ostringstream out;
    out << std::setw(45) << std::left << std::setfill('.') << Error(ErrorCategory::internal, "x");
    EXPECT_EQ(out.str(), "internal, not_sent: x........................");
}

}  // namespace
}  // namespace otp
