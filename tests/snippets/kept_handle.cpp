// How a handle is kept until the person types the code, as docs/errors-and-delivery.md shows it.

#include <otp/otp.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

std::string text_to_keep(otp::VerificationHandle const& handle);
otp::Result<otp::VerificationHandle> handle_from(std::string_view kept);

// [snippet kept_handle]
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

std::string text_to_keep(otp::VerificationHandle const& handle) {
    return boost::json::serialize(handle.to_json());
}

otp::Result<otp::VerificationHandle> handle_from(std::string_view kept) {
    boost::system::error_code error;
    auto const json = boost::json::parse(kept, error);
    // What is no JSON is null here, and no handle either: `invalid_request`.
    return otp::VerificationHandle::from_json(json);
}
// [snippet end]

namespace otp::docs {
namespace {

TEST(KeptHandle, IsReadAsItWasWritten) {
    VerificationHandle handle("main", "eko", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    auto const read = handle_from(text_to_keep(handle));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, handle);
    for (auto const* const spoilt : {"", "{", "null", "{}"}) {
        auto const refused = handle_from(spoilt);
        ASSERT_FALSE(refused) << spoilt;
        EXPECT_EQ(refused.error().category, ErrorCategory::invalid_request);
    }
}

}  // namespace
}  // namespace otp::docs
