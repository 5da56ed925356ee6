#include "unit/house/include_rules.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace otp::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

fs::path const root = OTP_SOURCE_DIR;

std::string text_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Layering, EverySourceIncludesOnlyItsOwnAndLowerFloors) {
    int files = 0;
    for (auto const* const top :
         {"include", "src", "providers", "testing", "conformance", "mocks", "cli", "examples"}) {
        for (auto const& entry : fs::recursive_directory_iterator(root / top)) {
            auto const extension = entry.path().extension();
            if (entry.is_regular_file() && (extension == ".hpp" || extension == ".cpp")) {
                ++files;
                auto const file = fs::relative(entry.path(), root).generic_string();
                for (auto const& violation : violations_of(file, text_of(entry.path()))) {
                    ADD_FAILURE() << violation;
                }
            }
        }
    }
    EXPECT_GT(files, 50);
}

TEST(Layering, MockVendorsKnowNoSocketNoThreadAndNoClock) {
    int files = 0;
    for (auto const* const room :
         {"wire",
          "vendor",
          "script",
          "page",
          "10npay",
          "eko",
          "loyaltydog",
          "spherepay",
          "stytch"}) {
        for (auto const& entry : fs::directory_iterator(root / "mocks" / room)) {
            ++files;
            auto const text = text_of(entry.path());
            for (auto const* const forbidden :
                 {"socket.h>",
                  "clock::now",
                  "<ctime>",
                  "<thread>",
                  "<mutex>",
                  "<atomic>",
                  "<future>"}) {
                EXPECT_THAT(text, testing::Not(HasSubstr(forbidden))) << entry.path();
            }
        }
    }
    EXPECT_GT(files, 40);
}

TEST(Layering, EveryFolderOfTheTableExists) {
    for (auto const folder : known_folders()) {
        EXPECT_TRUE(fs::is_directory(root / folder)) << folder;
    }
}

struct Case {
    std::string file;
    std::string include;
};

void expect_forbidden(Case const& example) {
    auto const source = "#pragma once\n\n#include " + example.include + "\n";
    auto const violations = violations_of(example.file, source);
    EXPECT_THAT(violations, ElementsAre(HasSubstr(example.file + ":3: "))) << example.include;
}

TEST(Layering, ForbiddenIncludesAreCaught) {
    Case const cases[] = {
        Case{"include/otp/x.hpp", "<boost/beast/core.hpp>"},
        Case{"include/otp/x.hpp", "<boost/asio/ssl.hpp>"},
        Case{"include/otp/x.hpp", "<boost/asio/ssl/context.hpp>"},
        Case{"include/otp/x.hpp", "<openssl/ssl.h>"},
        Case{"include/otp/x.hpp", "<sys/socket.h>"},
        Case{"include/otp/x.hpp", "\"model/ascii.hpp\""},
        Case{"include/otp/x.hpp", "<otp/mocks/x.hpp>"},
        Case{"include/otp/x.hpp", "<otp/adapter/http_message.hpp>"},
        Case{"include/otp/x.hpp", "<otp/seam/clock.hpp>"},
        Case{"include/otp/x.hpp", "<otp/observe/prometheus_observer.hpp>"},
        Case{"include/otp/observe/x.hpp", "<otp/seam/clock.hpp>"},
        Case{"include/otp/observe/x.hpp", "<boost/json/object.hpp>"},
        Case{"include/otp/adapter/x.hpp", "<otp/seam/clock.hpp>"},
        Case{"include/otp/adapter/x.hpp", "<boost/asio/any_io_executor.hpp>"},
        Case{"include/otp/seam/x.hpp", "<boost/beast/core.hpp>"},
        Case{"src/model/x.cpp", "\"platform/x.hpp\""},
        Case{"src/model/x.cpp", "<boost/asio/io_context.hpp>"},
        Case{"src/platform/x.cpp", "\"http/x.hpp\""},
        Case{"src/http/x.cpp", "\"delivery/run/x.hpp\""},
        Case{"src/http/wire/x.cpp", "\"http/socket/x.hpp\""},
        Case{"src/http/wire/x.cpp", "<boost/asio/io_context.hpp>"},
        Case{"src/http/socket/x.cpp", "<openssl/ssl.h>"},
        Case{"src/http/tls/x.cpp", "\"http/connect/x.hpp\""},
        Case{"src/http/connect/x.cpp", "\"http/pool/x.hpp\""},
        Case{"src/http/pool/x.cpp", "\"http/http_transport.hpp\""},
        Case{"src/http/x.cpp", "\"adapter/redirect.hpp\""},
        Case{"src/delivery/run/x.cpp", "\"config/x.hpp\""},
        Case{"src/delivery/run/x.cpp", "<boost/beast/http.hpp>"},
        Case{"src/delivery/decide/x.cpp", "<boost/asio/io_context.hpp>"},
        Case{"src/delivery/decide/x.cpp", "\"platform/x.hpp\""},
        Case{"src/delivery/decide/x.cpp", "\"delivery/roster/x.hpp\""},
        Case{"src/delivery/decide/x.cpp", "\"delivery/guard/x.hpp\""},
        Case{"src/delivery/roster/x.cpp", "\"delivery/run/x.hpp\""},
        Case{"src/delivery/guard/x.cpp", "\"delivery/run/x.hpp\""},
        Case{"src/config/x.cpp", "\"delivery/run/x.hpp\""},
        Case{"src/config/x.cpp", "\"client/x.hpp\""},
        Case{"src/client/x.cpp", "<otp/testing/replay_transport.hpp>"},
        Case{"src/client/x.cpp", "\"../providers/eko/eko_adapter.hpp\""},
        Case{"src/observe/x.cpp", "\"delivery/decide/x.hpp\""},
        Case{"src/observe/x.cpp", "<boost/asio/post.hpp>"},
        Case{"src/client/x.cpp", "\"observe/x.hpp\""},
        Case{"providers/eko/x.cpp", "\"stytch/stytch_adapter.hpp\""},
        Case{"providers/eko/x.cpp", "<boost/asio/io_context.hpp>"},
        Case{"providers/stytch/x.cpp", "<openssl/hmac.h>"},
        Case{"src/adapter/x.cpp", "\"eko/eko_adapter.hpp\""},
        Case{"providers/eko/x.cpp", "\"adapter/redirect.hpp\""},
        Case{"providers/stytch/x.cpp", "\"http/x.hpp\""},
        Case{"providers/registry/x.cpp", "\"client/x.hpp\""},
        Case{"mocks/x.cpp", "<otp/testing/x.hpp>"},
        Case{"mocks/eko/x.cpp", "<otp/testing/x.hpp>"},
        Case{"mocks/x.cpp", "\"model/ascii.hpp\""},
        Case{"mocks/eko/x.cpp", "\"model/ascii.hpp\""},
        Case{"mocks/x.cpp", "<httplib.h>"},
        Case{"mocks/wire/x.hpp", "\"vendor/x.hpp\""},
        Case{"mocks/vendor/x.hpp", "\"inbox/x.hpp\""},
        Case{"mocks/vendor/x.cpp", "<sys/socket.h>"},
        Case{"mocks/script/x.hpp", "\"eko/x.hpp\""},
        Case{"mocks/eko/x.cpp", "<httplib.h>"},
        Case{"mocks/eko/x.cpp", "<sys/socket.h>"},
        Case{"mocks/eko/x.cpp", "\"stytch/x.hpp\""},
        Case{"mocks/eko/x.cpp", "\"inbox/x.hpp\""},
        Case{"mocks/10npay/x.cpp", "\"server/x.hpp\""},
        Case{"mocks/stytch/x.cpp", "<openssl/hmac.h>"},
        Case{"mocks/inbox/x.cpp", "\"eko/x.hpp\""},
        Case{"mocks/inbox/x.cpp", "\"server/x.hpp\""},
        Case{"mocks/server/x.cpp", "\"inbox/x.hpp\""},
        Case{"mocks/server/x.hpp", "<otp/mocks/mock_vendors.hpp>"},
        Case{"mocks/inbox/x.hpp", "\"all_vendors.hpp\""},
        Case{"mocks/include/otp/mocks/x.hpp", "<otp/mocks/mock_vendors.hpp>"},
        Case{"testing/src/x.cpp", "<otp/mocks/x.hpp>"},
        Case{"testing/src/x.cpp", "<otp/conformance/conformance.hpp>"},
        Case{"conformance/frame/x.hpp", "<otp/testing/recording.hpp>"},
        Case{"conformance/frame/x.hpp", "\"success/x.hpp\""},
        Case{"conformance/hints/x.cpp", "\"encode/x.hpp\""},
        Case{"conformance/x.cpp", "\"model/ascii.hpp\""},
        Case{"testing/src/x.cpp", "<gmock/gmock.h>"},
        Case{"testing/include/otp/testing/x.hpp", "<otp/mocks/x.hpp>"},
        Case{"cli/x.cpp", "<boost/beast/core.hpp>"},
        Case{"cli/x.cpp", "\"adapter/redirect.hpp\""},
        Case{"cli/x.cpp", "MACRO"},
        Case{"examples/x.cpp", "<openssl/rand.h>"},
        Case{"cli/demo/x.cpp", "\"../../src/model/ascii.hpp\""},
        Case{"examples/x.cpp", "<otp/mocks/x.hpp>"},
        Case{"examples/x.cpp", "<gtest/gtest.h>"}};
    for (auto const& example : cases) expect_forbidden(example);
}

void expect_allowed(Case const& example) {
    EXPECT_THAT(violations_of(example.file, "#include " + example.include), IsEmpty());
}

TEST(Layering, AllowedIncludesPass) {
    Case const cases[] = {
        Case{"include/otp/x.hpp", "<string>"},
        Case{"include/otp/x.hpp", "<otp/error.hpp>"},
        Case{"include/otp/x.hpp", "<boost/asio/any_io_executor.hpp>"},
        Case{"include/otp/adapter/x.hpp", "<otp/error.hpp>"},
        Case{"include/otp/adapter/x.hpp", "<otp/adapter/http_message.hpp>"},
        Case{"include/otp/seam/x.hpp", "<otp/adapter/http_message.hpp>"},
        Case{"include/otp/seam/x.hpp", "<otp/config.hpp>"},
        Case{"include/otp/observe/x.hpp", "<otp/observer.hpp>"},
        Case{"src/observe/x.cpp", "<otp/seam/clock.hpp>"},
        Case{"src/observe/x.cpp", "\"model/utf8.hpp\""},
        Case{"src/platform/x.cpp", "<otp/seam/clock.hpp>"},
        Case{"providers/eko/x.cpp", "<otp/adapter/http_message.hpp>"},
        Case{"src/model/x.cpp", "\"model/ascii.hpp\""},
        Case{"src/http/x.cpp", "\"platform/x.hpp\""},
        Case{"src/http/tls/x.cpp", "<boost/asio/ssl/context.hpp>"},
        Case{"src/http/pool/x.cpp", "\"http/wire/x.hpp\""},
        Case{"src/http/x.cpp", "\"http/pool/x.hpp\""},
        Case{"src/client/x.cpp", "\"config/x.hpp\""},
        Case{"providers/eko/x.cpp", "<otp/adapter/text_check.hpp>"},
        Case{"providers/registry/x.cpp", "\"eko/eko_adapter.hpp\""},
        Case{"mocks/x.cpp", "\"eko/eko_mock.hpp\""},
        Case{"mocks/x.cpp", "\"all_vendors.hpp\""},
        Case{"mocks/x.cpp", "<otp/mocks/mock_vendors.hpp>"},
        Case{"mocks/eko/x.cpp", "<otp/mocks/x.hpp>"},
        Case{"mocks/eko/x.cpp", "\"script/x.hpp\""},
        Case{"mocks/server/x.cpp", "<httplib.h>"},
        Case{"mocks/include/otp/mocks/mock_vendors.hpp", "<otp/mocks/x.hpp>"},
        Case{"mocks/include/otp/mocks/scoped_mock_vendors.hpp", "<otp/mocks/mock_vendors.hpp>"},
        Case{"testing/include/otp/testing/matchers.hpp", "<gmock/gmock.h>"},
        Case{"examples/offline/x.cpp", "<otp/mocks/scoped_mock_vendors.hpp>"},
        Case{"cli/x.cpp", "<otp/mocks/x.hpp>"},
        Case{"cli/demo/x.cpp", "\"../table.hpp\""},
        Case{"cli/x.cpp", "<CLI/App.hpp>"}};
    for (auto const& example : cases) expect_allowed(example);
}

TEST(Layering, AFolderThatNobodyHasPlacedIsCaught) {
    EXPECT_THAT(violations_of("src/cache/x.cpp", ""), ElementsAre(HasSubstr("src/cache/x.cpp")));
    EXPECT_THAT(violations_of("src/modelling/x.cpp", "").size(), 1U);
    EXPECT_THAT(violations_of("providers/acme/x.cpp", "").size(), 1U);
    EXPECT_THAT(violations_of("mocks/acme/x.cpp", "").size(), 1U);
}

TEST(IncludeLines, AreFoundHoweverTheyAreWritten) {
    auto const lines = include_lines(
        "#include <a>  // why\n"
        "  #  include\t\"b/c.hpp\"\n"
        "// #include <not>\n"
        "#pragma once\n"
        "#include MACRO\n"
        "#include <last>"
    );
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[0].text, "<a>");
    EXPECT_EQ(lines[0].line, 1);
    EXPECT_EQ(lines[1].text, "\"b/c.hpp\"");
    EXPECT_EQ(lines[1].line, 2);
    EXPECT_EQ(lines[2].text, "MACRO");
    EXPECT_EQ(lines[3].text, "<last>");
    EXPECT_EQ(lines[3].line, 6);
}

}  // namespace
}  // namespace otp::test
