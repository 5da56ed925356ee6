#include "all_vendors.hpp"
#include "inbox/session_name.hpp"
#include "inbox/sessions.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <variant>

namespace otp::mocks::test {
namespace {

/// Path and session of a request; `400` for one that is refused.
std::string addressed(std::string path, MockHeaders headers = {}) {
    MockRequest request;
    request.path = std::move(path);
    request.headers = std::move(headers);
    auto const read = read_session(std::move(request));
    if (auto const* refusal = std::get_if<MockResponse>(&read)) {
        return std::to_string(refusal->status);
    }
    auto const& found = std::get<AddressedRequest>(read);
    return found.request.path + " " + found.session.value_or("(none)");
}

TEST(SessionName, stands_in_the_path) {
    EXPECT_EQ(addressed("/stytch/v1/otps"), "/stytch/v1/otps (none)");
    EXPECT_EQ(addressed("/session/alice/stytch/v1/otps"), "/stytch/v1/otps alice");
    EXPECT_EQ(addressed("/session/A.b_c-9/"), "/ A.b_c-9");
    EXPECT_EQ(addressed("/session/alice"), "/ alice");
    EXPECT_EQ(addressed("/session/a/session/b/x"), "/session/b/x a") << "once";
    EXPECT_EQ(addressed("/sessions/alice/x"), "/sessions/alice/x (none)");
}

TEST(SessionName, stands_in_a_header_field) {
    EXPECT_EQ(addressed("/x", {{"x-mock-SESSION", "bob"}}), "/x bob");
    EXPECT_EQ(addressed("/session/bob/x", {{"X-Mock-Session", "bob"}}), "/x bob");
    EXPECT_EQ(addressed("/session/alice/x", {{"X-Mock-Session", "bob"}}), "400");
    EXPECT_EQ(addressed("/x", {{"X-Mock-Session", "a"}, {"X-Mock-Session", "b"}}), "400");
}

TEST(SessionName, has_a_form) {
    EXPECT_EQ(addressed("/session/" + std::string(64, 'a') + "/x"), "/x " + std::string(64, 'a'));
    EXPECT_EQ(addressed("/session/" + std::string(65, 'a') + "/x"), "400");
    for (char const* path : {"/session/", "/session//x", "/session/a%20b/x", "/session/a+b/x"}) {
        EXPECT_EQ(addressed(path), "400") << path;
    }
    EXPECT_EQ(addressed("/x", {{"X-Mock-Session", ""}}), "400");
    EXPECT_EQ(addressed("/x", {{"X-Mock-Session", "a b"}}), "400");
}

class SessionsTest : public testing::Test {
protected:
    static Sessions make(std::optional<std::uint32_t> seed) {
        return {
            [] { return all_vendors(MockOptions{}); },
            MockClock([] { return first_moment; }),
            seed};
    }
    Session& use(std::string_view name) { return sessions.use(name, gone); }

    std::optional<std::string> gone;
    Sessions sessions = make(7);
};

TEST_F(SessionsTest, are_made_when_they_are_used) {
    EXPECT_EQ(sessions.size(), 1U) << "that without a name";
    EXPECT_EQ(sessions.find("alice"), nullptr);
    auto const* const alice = &use("alice");
    EXPECT_EQ(alice->name, "alice");
    EXPECT_EQ(&use("alice"), alice);
    EXPECT_EQ(sessions.size(), 2U);
    EXPECT_EQ(&use(""), sessions.find(""));
    EXPECT_EQ(sessions.size(), 2U);
}

TEST_F(SessionsTest, have_clocks_of_their_own) {
    use("").clock.advance(std::chrono::hours(1));
    EXPECT_EQ(use("alice").clock.now(), first_moment);
    use("alice").clock.advance(std::chrono::hours(2));
    EXPECT_EQ(sessions.clock_of("alice").now(), first_moment + std::chrono::hours(2));
    EXPECT_EQ(sessions.clock_of("").now(), first_moment + std::chrono::hours(1));
    EXPECT_EQ(sessions.clock_of("nobody").now(), first_moment);
    EXPECT_EQ(sessions.find("nobody"), nullptr);
}

TEST_F(SessionsTest, have_codes_of_their_own_that_a_seed_repeats) {
    auto again = make(7);
    auto const code = use("alice").ids.code(6);
    EXPECT_EQ(again.use("alice", gone).ids.code(6), code);
    EXPECT_NE(use("bob").ids.code(6), code);
    EXPECT_EQ(use("").ids.code(6), IdSource(7).code(6)) << "that of the options";
    auto random = make({});
    EXPECT_NE(random.use("", gone).ids.hex(32), make({}).use("", gone).ids.hex(32));
}

TEST_F(SessionsTest, go_when_there_are_too_many_that_was_used_longest_ago_first) {
    for (int name = 0; name < 1000; ++name) use(std::to_string(name));
    EXPECT_FALSE(gone);
    EXPECT_EQ(sessions.size(), 1001U);
    use("0");
    ASSERT_NE(sessions.find("1"), nullptr);
    use("one more");
    EXPECT_EQ(gone, "2");
    EXPECT_EQ(sessions.find("2"), nullptr);
    EXPECT_EQ(sessions.size(), 1001U);
    EXPECT_NE(sessions.find(""), nullptr) << "that without a name stays";
}

}  // namespace
}  // namespace otp::mocks::test
