#include <otp/mocks/reserved_recipients.hpp>

#include <gtest/gtest.h>
#include <set>
#include <tuple>

namespace otp::mocks {
namespace {

TEST(ReservedRecipients, stand_in_the_list_once) {
    std::set<std::tuple<std::string, std::string>> seen;
    for (auto const& listed : reserved_recipients()) {
        EXPECT_TRUE(seen.emplace(listed.vendor, listed.recipient).second)
            << listed.vendor << " " << listed.recipient;
    }
}

TEST(ReservedRecipients, say_what_they_provoke) {
    for (auto const& listed : reserved_recipients()) EXPECT_FALSE(listed.provokes.empty());
}

TEST(ReservedRecipients, leave_the_documents_examples_alone) {
    for (auto const& listed : reserved_recipients()) {
        for (char const* good :
             {"+12025550162",
              "+10000000000",
              "sandbox@stytch.com",
              "user@example.com",
              "2077",
              "+359881234567",
              "+919002336768",
              "customer_f31121c389624d3697cbf3ea8830b7a4"}) {
            EXPECT_NE(listed.recipient, good);
        }
    }
}

TEST(ReservedRecipients, keep_to_numbers_for_fiction_in_north_america) {
    for (auto const& listed : reserved_recipients()) {
        if (!listed.recipient.starts_with("+1")) continue;
        EXPECT_TRUE(listed.recipient.starts_with("+120255501")) << listed.recipient;
        EXPECT_EQ(listed.recipient.size(), 12U) << listed.recipient;
    }
}

}  // namespace
}  // namespace otp::mocks
