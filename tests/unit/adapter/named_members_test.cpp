#include <otp/adapter/named_members.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <gtest/gtest.h>
#include <string_view>

namespace otp::adapter {
namespace {

namespace json = boost::json;

bool all_are_seven(std::string_view body) {
    auto const value = json::parse(json::string_view(body.data(), body.size()));
    return all_named(value.get_object(), {"userid", "user"}, [](json::value const& named) {
        return named.is_int64() && named.get_int64() == 7;
    });
}

TEST(NamedMembers, ASpellingLeavesCaseAndSeparatorsAside) {
    for (std::string_view const name : {"userid", "userId", "USER_ID", "user-id", "_User__Id_"}) {
        EXPECT_TRUE(is_spelling_of(name, "userid")) << name;
    }
    for (std::string_view const name : {"", "user", "useridx", "xuserid", "user.id", "useri"}) {
        EXPECT_FALSE(is_spelling_of(name, "userid")) << name;
    }
}

TEST(NamedMembers, AreAllAskedAboutAtAnyDepth) {
    for (std::string_view const body :
         {R"({})",
          R"({"userId":7,"other":8})",
          R"({"userId":7,"a":[{"b":{"USER_ID":7}}]})",
          R"({"userId":null})"}) {
        EXPECT_TRUE(all_are_seven(body)) << body;
    }
    for (std::string_view const body :
         {R"({"userId":8})",
          R"({"userId":7,"user_id":8})",
          R"({"userId":7,"a":[{"b":{"USER_ID":8}}]})",
          R"({"userId":[7]})",
          R"({"userId":"7"})",
          R"({"userId":{}})",
          R"({"list":[[{"user":8}]]})"}) {
        EXPECT_FALSE(all_are_seven(body)) << body;
    }
}

}  // namespace
}  // namespace otp::adapter
