// What `otp verify --handle` is given: a handle in any harmless form is taken; everything else is
// refused with one status and with what to do, and nothing is asked of the vendor.

#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class HandleInput : public testing::Test {
protected:
    HandleInput() {
        auto const sent = otp_program(
            {"send",
             "--config",
             setup.config(),
             "--route",
             "stytch",
             "--phone",
             "+12025550162",
             "--handle-out",
             setup.file("kept.json")}
        );
        EXPECT_EQ(sent.status, 0) << sent.err;
        handle = setup.read("kept.json");
        handle.pop_back();
    }
    [[nodiscard]] Finished verify(std::string const& source, std::vector<std::string> const& more)
        const {
        return otp_program(
            std::vector<std::string>{"verify", "--config", setup.config(), "--handle", source} +
            std::vector<std::string>{"--code", setup.newest_code("stytch")} + more
        );
    }
    [[nodiscard]] Finished verify_text(
        std::string const& text, std::vector<std::string> const& more = {}
    ) const {
        return verify(setup.write("handle.json", text), more);
    }
    /// The handle with one member changed.
    [[nodiscard]] std::string changed(std::string_view member, json::value value) const {
        auto object = json::parse(handle).as_object();
        object[member] = std::move(value);
        return json::serialize(object);
    }
    void expect_refused(std::string const& text, std::string const& reason) {
        SCOPED_TRACE(text);
        auto const for_people = verify_text(text);
        EXPECT_EQ(for_people.status, 2) << for_people.err;
        EXPECT_THAT(for_people.err, HasSubstr(reason));
        EXPECT_EQ(for_people.out, "");
        auto const as_json = verify_text(text, {"--json"});
        EXPECT_EQ(as_json.status, 2);
        auto const error = json::parse(as_json.out).at("error");
        EXPECT_EQ(error.at("delivery"), "not_sent");
        EXPECT_THAT(std::string(error.at("message").as_string()), HasSubstr(reason));
    }
    void expect_the_code_was_never_checked() {
        EXPECT_EQ(verify_text(handle).status, 0) << "a check that was counted spends the code";
    }

    MockSetup setup;
    std::string handle;
};

constexpr char const* advice = "give the file that `otp send --handle-out` wrote";

TEST_F(HandleInput, InAnyHarmlessFormIsTaken) {
    auto const wrong = wrong_code(setup.newest_code("stytch"));
    for (std::string const& text :
         {handle,
          handle + "\n",
          handle + "\r\n",
          handle + "\n\n",
          " \r\n" + handle,
          "\xEF\xBB\xBF" + handle + "\r\n"}) {
        auto const checked = otp_program(
            {"verify",
             "--config",
             setup.config(),
             "--handle",
             setup.write("handle.json", text),
             "--code",
             wrong}
        );
        EXPECT_EQ(checked.status, 4) << text << checked.err;
    }
}

TEST_F(HandleInput, ThatIsNoJsonIsRefusedWithWhatToDo) {
    expect_refused("", "--handle: it is empty; ");
    expect_refused(" \r\n", "--handle: it is empty; ");
    expect_refused("not JSON", "--handle: this is not JSON, or only a part of it; ");
    expect_refused(handle.substr(0, handle.size() - 1), "only a part of it; ");
    expect_refused(handle.substr(0, handle.size() / 2), "only a part of it; ");
    expect_refused(handle + handle, "this is not JSON");
    for (std::string const text : {"", "not JSON", "{}"}) expect_refused(text, advice);
    expect_the_code_was_never_checked();
}

TEST_F(HandleInput, ThatIsOtherJsonIsRefusedWithThePlace) {
    expect_refused("[]", "--handle: this is no handle: it must be a JSON object");
    expect_refused("null", "--handle: this is no handle: it must be a JSON object");
    expect_refused("{}", "--handle: this is no handle: /version must be");
    expect_refused(setup.read("otp.json"), "--handle: this is no handle: /instance must be");
    expect_refused(changed("version", 2), "/version was written by a newer version");
    expect_refused(changed("channel", "pigeon"), "/channel must be one of");
    expect_refused(changed("references", json::array()), "/references must be an object");
    expect_refused(R"({"ok":true,"outcome":"approved"})", "/version must be");
    expect_refused(R"({"handle":null})", "--handle: this is no handle");
    expect_the_code_was_never_checked();
}

TEST_F(HandleInput, OfAnotherConfigurationIsRefused) {
    expect_refused(changed("instance", "nobody"), "which the configuration does not have");
    expect_refused(changed("instance", "nobody"), "the configuration that it was sent with");
    expect_refused(changed("vendor", "nobody"), "the code was sent through nobody");
    expect_refused(changed("vendor", "eko"), "the configuration that it was sent with");
    expect_the_code_was_never_checked();
}

TEST_F(HandleInput, WithoutTheVendorsOwnReferencesIsRefused) {
    for (std::string const vendor : all_vendors) {
        auto object = json::parse(handle).as_object();
        object["instance"] = vendor;
        object["vendor"] = vendor;
        object["references"] = json::object();
        expect_refused(json::serialize(object), "this handle cannot be used: /handle/references/");
        expect_refused(json::serialize(object), advice);
    }
    expect_the_code_was_never_checked();
}

TEST_F(HandleInput, ThatIsNoFileIsRefusedWithTheReason) {
    auto const folder = verify(setup.file("."), {});
    EXPECT_EQ(folder.status, 2);
    EXPECT_THAT(folder.err, HasSubstr("--handle: this is a directory"));
    auto const missing = verify(setup.file("no-such-file"), {});
    EXPECT_EQ(missing.status, 2);
    EXPECT_THAT(missing.err, HasSubstr("No such file or directory"));
}

TEST_F(HandleInput, DoesNotComeBackInTheError) {
    auto const refused = verify_text(changed("references", "+12025550162"));
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, Not(HasSubstr("2025550162")));
}

}  // namespace
}  // namespace otp::test
