#include "unit/model/memory_probe.hpp"

#include <otp/verification_handle.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace otp {
namespace {

using testing::ElementsAre;
using Reference = std::pair<std::string_view, std::string_view>;

VerificationHandle example() {
    VerificationHandle handle("main", "eko", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    handle.set_reference("client_ref_id", "fake-reference");
    return handle;
}

TEST(VerificationHandle, TellsInstanceVendorChannelAndReferences) {
    auto const handle = example();
    EXPECT_EQ(handle.instance(), "main");
    EXPECT_EQ(handle.vendor(), "eko");
    EXPECT_EQ(handle.channel(), Channel::sms);
    EXPECT_EQ(handle.reference("mobile"), "9002336768");
    EXPECT_EQ(handle.reference("client_ref_id"), "fake-reference");
    EXPECT_EQ(handle.reference("nothing"), "");
}

TEST(VerificationHandle, ShowsAllReferencesInTheirOrder) {
    auto const handle = example();
    EXPECT_THAT(
        handle.references(),
        ElementsAre(Reference("mobile", "9002336768"), Reference("client_ref_id", "fake-reference"))
    );
    auto const none = VerificationHandle("i", "v", Channel::sms);
    EXPECT_EQ(none.references().begin(), none.references().end());
}

TEST(VerificationHandle, KeepsItsFirstReferenceInOneBlock) {
    VerificationHandle handle("main", "stytch", Channel::sms);
    std::string const name(40, 'n');
    std::string const value(100, 'v');
    std::size_t allocations = 0;
    {
        test::MemoryProbe const probe;
        handle.set_reference(name, value);
        for (auto const& [known, text] : handle.references()) {
            allocations += known == name && text == value ? 0U : 100U;
        }
        allocations += test::MemoryProbe::allocations();
    }
    EXPECT_EQ(allocations, 1U);
}

TEST(VerificationHandle, KeepsTheLastValueOfAReference) {
    auto handle = example();
    handle.set_reference("mobile", "other");
    EXPECT_EQ(handle.reference("mobile"), "other");
    EXPECT_EQ(handle.to_json().at("references").as_object().size(), 2U);
}

TEST(VerificationHandle, WritesTheDocumentedJson) {
    EXPECT_EQ(
        boost::json::serialize(example().to_json()),
        R"({"version":1,"instance":"main","vendor":"eko","channel":"sms",)"
        R"("references":{"mobile":"9002336768","client_ref_id":"fake-reference"}})"
    );
}

TEST(VerificationHandle, ReadsWhatItWrote) {
    for (auto const channel : {Channel::sms, Channel::email, Channel::whatsapp}) {
        VerificationHandle handle("a \"quoted\" name", "10npay", channel);
        handle.set_reference("", "empty name");
        handle.set_reference("a/b~c", "\xE2\x82\xAC\n");
        handle.set_reference("empty", "");
        auto const text = boost::json::serialize(handle.to_json());
        auto const read = VerificationHandle::from_json(boost::json::parse(text));
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, handle);
    }
    auto const bare = VerificationHandle("i", "v", Channel::sms);
    EXPECT_EQ(*VerificationHandle::from_json(bare.to_json()), bare);
}

struct Refusal {
    char const* json;
    char const* pointer;
};

void expect_refused_handle(Refusal const& refusal) {
    auto const handle = VerificationHandle::from_json(boost::json::parse(refusal.json));
    ASSERT_FALSE(handle) << refusal.json;
    EXPECT_EQ(handle.error().category, ErrorCategory::invalid_request);
    EXPECT_EQ(handle.error().delivery, Delivery::not_sent);
    ASSERT_EQ(handle.error().violations.size(), 1U);
    EXPECT_EQ(handle.error().violations[0].pointer, refusal.pointer);
}

TEST(VerificationHandle, RefusalsNameThePlace) {
    Refusal const cases[] = {
        Refusal{"null", ""},
        Refusal{"[]", ""},
        Refusal{R"("text")", ""},
        Refusal{"{}", "/version"},
        Refusal{R"({"version":"1"})", "/version"},
        Refusal{R"({"version":1.0})", "/version"},
        Refusal{R"({"version":0})", "/version"},
        Refusal{R"({"version":-1})", "/version"},
        Refusal{
            R"({"version":2,"instance":"i","vendor":"v","channel":"sms","references":{}})",
            "/version"},
        Refusal{R"({"version":1,"vendor":"v","channel":"sms","references":{}})", "/instance"},
        Refusal{
            R"({"version":1,"instance":7,"vendor":"v","channel":"sms","references":{}})",
            "/instance"},
        Refusal{
            R"({"version":1,"instance":"","vendor":"v","channel":"sms","references":{}})",
            "/instance"},
        Refusal{R"({"version":1,"instance":"i","channel":"sms","references":{}})", "/vendor"},
        Refusal{
            R"({"version":1,"instance":"i","vendor":null,"channel":"sms","references":{}})",
            "/vendor"},
        Refusal{R"({"version":1,"instance":"i","vendor":"v","references":{}})", "/channel"},
        Refusal{
            R"({"version":1,"instance":"i","vendor":"v","channel":"fax","references":{}})",
            "/channel"},
        Refusal{
            R"({"version":1,"instance":"i","vendor":"v","channel":["sms"],"references":{}})",
            "/channel"},
        Refusal{R"({"version":1,"instance":"i","vendor":"v","channel":"sms"})", "/references"},
        Refusal{
            R"({"version":1,"instance":"i","vendor":"v","channel":"sms","references":[]})",
            "/references"},
        Refusal{
            R"({"version":1,"instance":"i","vendor":"v","channel":"sms","references":{"a/b~c":5}})",
            "/references/a~1b~0c"},
        Refusal{
            R"({"version":1,"instance":"i","vendor":"v","channel":"sms","references":{"x":"a\u0000"}})",
            "/references/x"}};
    for (auto const& example : cases) expect_refused_handle(example);
}

TEST(VerificationHandle, SaysThatANewerVersionWroteIt) {
    auto const handle = VerificationHandle::from_json(boost::json::parse(R"({"version":2})"));
    ASSERT_FALSE(handle);
    EXPECT_NE(handle.error().message.find("newer version"), std::string::npos);
}

TEST(VerificationHandle, RefusalsDoNotRepeatValues) {
    auto const handle = VerificationHandle::from_json(boost::json::parse(
        R"({"version":1,"instance":"i","vendor":"v","channel":"+12025550162","references":{}})"
    ));
    ASSERT_FALSE(handle);
    EXPECT_EQ(handle.error().message.find("2025550162"), std::string::npos);
}

}  // namespace
}  // namespace otp
