// A field that the vendor does not have is refused by the client, whatever its adapter looks at.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UnknownVendorFields : public ClientOfPlainVendor {
protected:
    static SendOtp with_fields(VendorFields fields) {
        auto request = send_request();
        request.vendor_fields = std::move(fields);
        return request;
    }

    static std::vector<std::string> lines(Error const& error) {
        std::vector<std::string> all;
        for (auto const& [pointer, message] : error.violations) {
            all.push_back(pointer + ": " + message);
        }
        return all;
    }
};

TEST_F(UnknownVendorFields, OfASendAreRefusedBeforeAnythingIsSent) {
    auto const refused = send(with_fields({{"plain", {{"templateid", "7"}, {"colour", "red"}}}}));
    ASSERT_TRUE(refused && !*refused);
    auto const error = refused->error();
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.instance, "main");
    EXPECT_THAT(
        lines(error),
        ElementsAre(
            "/vendor_fields/plain/colour: is no field that this vendor has here; there are: "
            "template_id, sender",
            "/vendor_fields/plain/templateid: is no field that this vendor has here; did you mean "
            "template_id?"
        )
    );
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(UnknownVendorFields, AreRefusedBeforeATokenIsFetched) {
    conduct->needs_token = true;
    EXPECT_FALSE(*send(with_fields({{"plain", {{"colour", "red"}}}})));
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(UnknownVendorFields, OfACheckAreThoseOfASendToo) {
    auto const refused = verify({{"plain", {{"sender", "x"}}}});
    ASSERT_TRUE(refused && !*refused);
    EXPECT_EQ(refused->error().category, ErrorCategory::invalid_request);
    EXPECT_THAT(
        lines(refused->error()),
        ElementsAre("/vendor_fields/plain/sender: is no field that this vendor has here; there "
                    "are: remember")
    );
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(UnknownVendorFields, ThatTheVendorHasAreTaken) {
    answer(200, "accepted");
    EXPECT_TRUE(*send(with_fields({{"plain", {{"template_id", "7"}, {"sender", "x"}}}})));
    answer(200, "approved");
    EXPECT_TRUE(*verify({{"plain", {{"remember", "true"}}}}));
}

TEST_F(UnknownVendorFields, OfVendorsThatDoNotServeTheRequestAreIgnored) {
    answer(200, "accepted");
    EXPECT_TRUE(*send(with_fields({{"stytch", {{"colour", "red"}}}, {"nobody", {{"a", "b"}}}})));
    answer(200, "approved");
    EXPECT_TRUE(*verify({{"stytch", {{"colour", "red"}}}}));
}

TEST_F(UnknownVendorFields, AreNotLookedAtWhereAnInstanceCannotServe) {
    instances = {"email-only", "main"};
    conduct->only_channels = {{"email-only", Channel::email}};
    auto request = with_fields({{"plain", {{"colour", "red"}}}});
    request.channel = Channel::sms;
    auto const refused = send(std::move(request));
    ASSERT_TRUE(refused && !*refused);
    auto const error = refused->error();
    EXPECT_EQ(error.instance, "main");
    ASSERT_EQ(error.attempts.size(), 2U);
    EXPECT_EQ(error.attempts[0].failure, ErrorCategory::unsupported);
    EXPECT_EQ(error.attempts[1].failure, ErrorCategory::invalid_request);
}

TEST_F(UnknownVendorFields, ShowNoValue) {
    auto const refused = send(with_fields({{"plain", {{"colour", "hunter2hunter2"}}}}));
    for (auto const& line : lines(refused->error())) {
        EXPECT_EQ(line.find("hunter2"), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace otp::test
