#include "frame/spoilt_bodies.hpp"
#include "success/success_checks.hpp"

#include <array>
#include <string>
#include <string_view>

namespace otp::conformance {
namespace {

constexpr Check name_of_check{"undocumented refusal", Cause::misses_undocumented_no};

/// A member that no vendor documents and that may be a no, as raw JSON.
struct Member {
    std::string_view name;
    std::string_view value;
};

constexpr std::array members{
    Member{"matches", "false"},
    Member{"check", "false"},
    Member{"granted", "false"},
    Member{"allowed", "false"},
    Member{"completed", "false"},
    Member{"pending", "true"},
    Member{"decision", R"("deny")"},
    Member{"action", R"("block")"},
    Member{"validation", R"("failed")"},
    Member{"verification", R"({"step":"pending"})"},
    Member{"rc", "-1"},
    Member{"approved_at", "null"},
    Member{"challenge", R"({"kind":"captcha"})"},
    Member{"requires_2fa", "true"},
    Member{"mfaPending", "true"},
    Member{"issues", R"(["otp"])"},
    Member{"warnings", R"(["The code is an old one"])"},
    Member{"comment", R"("C\u00f3digo incorrecto")"},
    Member{"remark", R"("\u30b3\u30fc\u30c9\u304c\u9055\u3044\u307e\u3059")"},
    Member{"user_message", R"("Der Code stimmt nicht")"},
    Member{"summary", R"("The code was wrong")"},
    Member{"checks", R"([{"otp":false}])"},
};

/// Adds it to the objects of the success, but for those that tell of other things.
void add_everywhere(OperationCheck& check, JsonAnswer const& success, Member const& member) {
    if (check.documented_members().contains(std::string(member.name))) return;
    for (auto const& place : pointers_of_objects(success.body)) {
        if (check.is_about_other_things(place)) continue;
        auto response = success.response;
        response.body = with_member_at(success.body, place, member.name, member.value);
        check.expect_no_success(
            {name_of_check,
             place + '/' + std::string(member.name) + " = " + std::string(member.value)},
            response
        );
    }
}

}  // namespace

void check_undocumented_refusals(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        for (auto const& member : members) add_everywhere(check, success, member);
    }
}

}  // namespace otp::conformance
