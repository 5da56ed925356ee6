#include "http/connect/lookup_failure.hpp"

#include <boost/asio/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace otp::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using testing::HasSubstr;

TEST(LookupFailure, TellsANameThatIsNoneFromServersThatDoNotAnswer) {
    EXPECT_THAT(
        explain_lookup_failure(asio::error::host_not_found), HasSubstr("there is no such name")
    );
    EXPECT_THAT(
        explain_lookup_failure(asio::error::host_not_found_try_again),
        HasSubstr("no name server has answered, which may pass")
    );
}

TEST(LookupFailure, TellsEachKindFromTheOthers) {
    std::set<std::string> texts;
    for (auto const& error :
         {error_code(asio::error::host_not_found),
          error_code(asio::error::host_not_found_try_again),
          error_code(asio::error::no_recovery),
          error_code(asio::error::no_data),
          error_code(asio::error::no_memory)}) {
        texts.insert(explain_lookup_failure(error));
    }
    EXPECT_EQ(texts.size(), 5U);
    EXPECT_EQ(explain_lookup_failure(asio::error::no_memory), "out of memory");
    EXPECT_EQ(explain_lookup_failure({}), explain_lookup_failure(asio::error::no_data));
}

TEST(LookupFailure, SaysWhatTheSystemSaysOfAnythingElse) {
    error_code const error(EMFILE, boost::system::system_category());
    EXPECT_THAT(explain_lookup_failure(error), HasSubstr("Too many open files: raise the limit"));
}

}  // namespace
}  // namespace otp::http
