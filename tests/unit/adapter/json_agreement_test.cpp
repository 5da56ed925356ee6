// The functions that look through a body, of a JsonObject and of its tree: both must say the same,
// or a flat answer would pass where a nested one is refused.

#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/named_members.hpp>
#include <otp/adapter/undocumented_refusal.hpp>
#include <otp/json_body.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::adapter {
namespace {

namespace json = boost::json;

/// Flat ones in the first lines.
constexpr std::array<std::string_view, 40> bodies{
    R"({})",
    R"({"id":"a7","phone":"+12025550162"})",
    R"({"ok":true})",
    R"({"ok":false})",
    R"({"OK":false,"ok":true})",
    R"({"error":null})",
    R"({"error":"no"})",
    R"({"id":"a7","Error_Code":0})",
    R"({"status":200})",
    R"({"status":"200"})",
    R"({"status":201})",
    R"({"status":400,"id":"a7"})",
    R"({"message":"sent"})",
    R"({"message":"wrong code"})",
    R"({"valid":1,"x":0})",
    R"({"verifiedAt":null})",
    R"({"granted":false})",
    R"({"decision":"deny"})",
    R"({"rc":-1})",
    R"({"seen":true})",
    R"({"userId":7})",
    R"({"user_id":8,"USERID":7})",
    R"({"userId":null,"user":"7"})",
    R"({"mobile":"+12025550162","amount":5})",
    R"({"mobile":12025550199,"id":7})",
    R"({"customer":"customer_2","note":true})",
    R"({"user/*":false})",
    R"({"a~1b":false,"ok":true})",
    R"({"a/b":false,"ok":true})",
    R"({"":false})",
    R"({"user":{"ok":false,"id":"a7"}})",
    R"({"user":{"userId":7,"phone":"+12025550162"},"ok":true})",
    R"({"list":[{"userId":8},{"error":"no"}]})",
    R"({"userId":[7,8]})",
    R"({"mobile":["+12025550162",5,null,true]})",
    R"({"data":{"data":{"status":500,"decision":"DENY"}}})",
    R"({"\u006fk":false})",
    R"({"amount":1.5,"mobile":18446744073709551615})",
    R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"granted":false})",
    R"({"user":{},"userId":{"userId":7}})",
};

using Pointers = std::vector<std::string_view>;

std::vector<Pointers> lists_of_documented() {
    return {
        {},
        {"/ok"},
        {"/ok", "/id", "/status", "/error", "/message", "/granted", "/seen"},
        {"/user/*"},
        {"/user/**"},
        {"/a~1b", "/ok"},
        {"/"},
        {"/OK", "/Error_Code", "/user", "/decision", "/rc"}};
}

std::string shown(Pointers const& pointers) {
    std::string text;
    for (auto const pointer : pointers) text.append(pointer).append(" ");
    return text;
}

/// How often each of two answers was given, so that no table can come to agree about one alone.
struct Tally {
    int yes{0};
    int no{0};
    void add(bool answer) { ++(answer ? yes : no); }
};

/// The body as it is read, and its tree as it is parsed.
class BothWays {
public:
    explicit BothWays(std::string_view body)
        : object_(JsonObject::read(body, memory_).value()), tree_(parse_json_body(body).value()) {}

    [[nodiscard]] JsonObject const& object() const { return object_; }
    [[nodiscard]] json::object const& tree() const { return tree_.get_object(); }

private:
    JsonMemory memory_;
    JsonObject object_;
    json::value tree_;
};

void expect_same(AnswerProblem const& of_object, AnswerProblem const& of_tree) {
    EXPECT_EQ(of_object.text, of_tree.text);
    EXPECT_EQ(of_object.pointer, of_tree.pointer);
}

TEST(JsonAgreement, TheTableHasFlatBodiesAndOthers) {
    Tally flat;
    for (auto const body : bodies) flat.add(BothWays(body).object().is_flat());
    EXPECT_EQ(flat.yes, 30);
    EXPECT_EQ(flat.no, 10);
}

TEST(JsonAgreement, AboutContradictions) {
    Tally speaks;
    for (auto const& documented : lists_of_documented()) {
        for (auto const body : bodies) {
            for (int const status : {200, 201}) {
                SCOPED_TRACE(std::string(body) + ' ' + shown(documented));
                BothWays const both(body);
                auto const problem = find_contradiction(both.object(), status, documented);
                expect_same(problem, otp::find_contradiction(both.tree(), status, documented));
                speaks.add(!problem.empty());
            }
        }
    }
    EXPECT_GT(speaks.yes, 100);
    EXPECT_GT(speaks.no, 100);
}

TEST(JsonAgreement, AboutUndocumentedRefusals) {
    Tally refuses;
    for (auto const& documented : lists_of_documented()) {
        for (auto const body : bodies) {
            SCOPED_TRACE(std::string(body) + ' ' + shown(documented));
            BothWays const both(body);
            auto const problem = find_undocumented_refusal(both.object(), documented);
            expect_same(problem, otp::find_undocumented_refusal(both.tree(), documented));
            refuses.add(!problem.empty());
        }
    }
    EXPECT_GT(refuses.yes, 50);
    EXPECT_GT(refuses.no, 50);
}

// A documented list says where a member stands, and a name with `/`, `~` or `*` in it stands
// elsewhere.
TEST(JsonAgreement, ANameIsNoPointer) {
    Pointers const documented{"/user/*", "/a~1b"};
    for (std::string_view const body : {R"({"user/*":false})", R"({"a~1b":false})"}) {
        BothWays const both(body);
        ASSERT_TRUE(both.object().is_flat());
        EXPECT_FALSE(find_undocumented_refusal(both.object(), documented).empty()) << body;
    }
}

struct Naming {
    std::initializer_list<std::string_view> names;
    std::function<bool(json::value const&)> holds;
};

std::vector<Naming> namings() {
    auto const is_seven = [](json::value const& value) {
        return value.is_int64() && value.get_int64() == 7;
    };
    auto const is_text = [](json::value const& value) { return value.is_string(); };
    auto const is_true = [](json::value const& value) {
        return value.is_bool() && value.get_bool();
    };
    // The lists must live as long as the table.
    using Names = std::initializer_list<std::string_view>;
    static Names const user_id{"userid"};
    static Names const user_id_or_user{"userid", "user"};
    static Names const phone_or_mobile{"phone", "mobile"};
    static Names const ok{"ok"};
    static Names const note_or_seen{"note", "seen"};
    static Names const none{};
    return {
        {user_id, is_seven},
        {user_id_or_user, is_text},
        {phone_or_mobile, is_text},
        {ok, is_true},
        {note_or_seen, is_true},
        {none, [](json::value const&) { return false; }}};
}

TEST(JsonAgreement, AboutNamedMembers) {
    Tally holds;
    for (auto const& naming : namings()) {
        for (auto const body : bodies) {
            BothWays const both(body);
            bool const of_object = all_named(both.object(), naming.names, naming.holds);
            EXPECT_EQ(of_object, all_named(both.tree(), naming.names, naming.holds)) << body;
            holds.add(of_object);
        }
    }
    EXPECT_GT(holds.yes, 100);
    EXPECT_GT(holds.no, 10);
}

TEST(JsonAgreement, AboutWhatIsSeenOfNamedMembers) {
    for (auto const body : bodies) {
        std::vector<std::string> of_object;
        std::vector<std::string> of_tree;
        auto const keep_in = [](std::vector<std::string>& texts) {
            return [&texts](json::value const& value) {
                texts.push_back(json::serialize(value));
                return true;
            };
        };
        BothWays const both(body);
        auto const names = {
            std::string_view("ok"), std::string_view("userid"), std::string_view("mobile")};
        EXPECT_TRUE(all_named(both.object(), names, keep_in(of_object)));
        EXPECT_TRUE(all_named(both.tree(), names, keep_in(of_tree)));
        EXPECT_EQ(of_object, of_tree) << body;
    }
}

TEST(JsonAgreement, AboutMembersThatAreLeftOut) {
    Tally holds;
    for (auto const& naming : namings()) {
        for (auto const body : bodies) {
            BothWays const both(body);
            auto rest = both.tree();
            for (auto const* const name : {"user", "userId", "ok"}) rest.erase(name);
            bool const of_object =
                all_named(both.object(), naming.names, naming.holds, {"user", "userId", "ok"});
            EXPECT_EQ(of_object, all_named(rest, naming.names, naming.holds)) << body;
            holds.add(of_object);
        }
    }
    EXPECT_GT(holds.yes, 100);
    EXPECT_GT(holds.no, 5);
}

TEST(JsonAgreement, AboutValuesOfNames) {
    using Predicate = std::function<bool(std::string_view)>;
    std::vector<Predicate> const are_meant{
        [](std::string_view) { return true; },
        is_name_of_number,
        [](std::string_view name) { return name == "userid" || name == "errorcode"; }};
    std::vector<Predicate> const hold{
        [](std::string_view text) { return text == "+12025550162" || text == "7"; },
        [](std::string_view text) { return !text.starts_with("customer_"); }};
    Tally holds;
    for (auto const& is_meant : are_meant) {
        for (auto const& wanted : hold) {
            for (auto const body : bodies) {
                BothWays const both(body);
                bool const of_object = all_values_named(both.object(), is_meant, wanted);
                EXPECT_EQ(of_object, all_values_named(both.tree(), is_meant, wanted)) << body;
                holds.add(of_object);
            }
        }
    }
    EXPECT_GT(holds.yes, 100);
    EXPECT_GT(holds.no, 20);
}

TEST(JsonAgreement, AboutWhatIsSeenOfValues) {
    for (auto const body : bodies) {
        std::vector<std::string> of_object;
        std::vector<std::string> of_tree;
        auto const keep_in = [](std::vector<std::string>& texts) {
            return [&texts](std::string_view text) {
                texts.emplace_back(text);
                return true;
            };
        };
        auto const all = [](std::string_view) { return true; };
        BothWays const both(body);
        EXPECT_TRUE(all_values_named(both.object(), all, keep_in(of_object)));
        EXPECT_TRUE(all_values_named(both.tree(), all, keep_in(of_tree)));
        EXPECT_EQ(of_object, of_tree) << body;
    }
}

}  // namespace
}  // namespace otp::adapter
