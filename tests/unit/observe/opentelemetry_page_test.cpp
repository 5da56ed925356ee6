// docs/opentelemetry.md against the events, the families and the example's observer.

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <string_view>

namespace otp::test {
namespace {

using testing::HasSubstr;

std::string content_of(std::string_view file) {
    std::ifstream in(std::filesystem::path(OTP_SOURCE_DIR) / file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What the first group of a pattern matches.
std::set<std::string> all_in(std::string const& text, char const* pattern) {
    std::set<std::string> found;
    std::regex const expression(pattern);
    for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) {
        found.insert((*it)[1].str());
    }
    return found;
}

std::string in_code(std::string const& name) {
    return '`' + name + '`';
}

TEST(OpenTelemetryPage, SaysWhatBecomesOfEachEvent) {
    auto const page = content_of("docs/opentelemetry.md");
    auto const events =
        all_in(content_of("include/otp/observer.hpp"), R"(virtual void (on_\w+)\()");
    EXPECT_GE(events.size(), 9U);
    for (auto const& event : events) EXPECT_THAT(page, HasSubstr("\n| " + in_code(event) + " | "));
}

TEST(OpenTelemetryPage, HasACounterpartOfEachFamily) {
    auto const page = content_of("docs/opentelemetry.md");
    auto const families = all_in(
        content_of("docs/metrics.md"), R"(\n\| `(otp_\w+)` \| (?:counter|gauge|histogram) )"
    );
    EXPECT_EQ(families.size(), 26U);
    for (auto const& family : families) EXPECT_THAT(page, HasSubstr(in_code(family)));
    EXPECT_EQ(all_in(page, R"(`(otp_\w+)`)"), families) << "and of no other";
}

TEST(OpenTelemetryPage, NamesWhatTheExampleReports) {
    auto const page = content_of("docs/opentelemetry.md");
    auto const names = all_in(
        content_of("examples/opentelemetry_observer.hpp"), R"("((?:otp|http|error)\.[a-z._]+)\")"
    );
    EXPECT_GT(names.size(), 15U);
    for (auto const& name : names) EXPECT_THAT(page, HasSubstr(in_code(name)));
}

}  // namespace
}  // namespace otp::test
