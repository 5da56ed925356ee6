#include "frame/spoilt_bodies.hpp"
#include "success/success_checks.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr Check other_id{"id", Cause::mends_id};
constexpr Check undocumented_value{"undocumented value", Cause::takes_undocumented_value};

/// Numbers and texts that no vendor documents for a success.
constexpr std::array<std::string_view, 8> undocumented{
    "2", "-3", "999", "123456789", R"("999")", R"("other")", R"("")", "false"};

/// Ids that are cut or mended by whoever makes a text fit to be shown. Two such ids become one.
std::vector<std::string> odd_ids() {
    return {
        "us\xC3\xA9r",
        "us\xF0\x9F\x98\x80r",
        " user ",
        "user 1",
        "USER",
        "user%31",
        "user@example.com",
        std::string(128, 'u') + '1',
        std::string(300, 'u') + '1',
    };
}

/// The success with another text wherever `text` stands: what is repeated is repeated rightly.
Seen see_with(
    OperationCheck& check,
    JsonAnswer const& success,
    std::string const& text,
    std::string const& other
) {
    auto const replace = [&](json::value const& scalar) {
        return scalar.is_string() && scalar.get_string() == text ? json::value(other) : scalar;
    };
    auto response = success.response;
    response.body = json::serialize(with_scalars(success.body, replace));
    return check.see({other_id, "another id"}, response);
}

/// Whether an id that follows the answer is another one than the answer's, and not none.
bool is_mended(
    std::vector<std::string> const& ids,
    std::vector<std::string> const& original,
    std::string const& sent
) {
    if (ids.size() != original.size()) return false;
    for (std::size_t index = 0; index < original.size(); ++index) {
        bool const follows_the_answer = ids[index] != original[index];
        if (follows_the_answer && ids[index] != sent && !ids[index].empty()) return true;
    }
    return false;
}

void expect_kept_exactly(
    OperationCheck& check,
    JsonAnswer const& success,
    std::string const& pointer,
    std::vector<std::string> const& original
) {
    boost::system::error_code failure;
    auto const* const value = success.body.find_pointer(pointer, failure);
    if (!value->is_string()) return;
    std::string const text(value->get_string());
    for (auto const& id : odd_ids()) {
        auto const seen = see_with(check, success, text, id);
        if (seen.success && is_mended(seen.ids, original, id)) {
            check.fail(
                {other_id, pointer, pointer}, "is kept as another one: keep an id exactly, or none"
            );
        }
    }
}

void expect_no_success_with(
    OperationCheck& check,
    JsonAnswer const& success,
    std::string const& pointer,
    std::string_view value
) {
    boost::system::error_code failure;
    if (success.body.find_pointer(pointer, failure) == nullptr) return;
    auto response = success.response;
    response.body = with_value(success.body, pointer, value);
    auto const input = pointer + " = " + std::string(value);
    check.expect_no_success({undocumented_value, input, std::string(pointer)}, response);
}

}  // namespace

void check_undocumented_values(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        for (auto const& [pointer, value] : check.answers().values_of_failure) {
            expect_no_success_with(check, success, pointer, value);
        }
        for (auto const& pointer : check.answers().all_values_documented) {
            for (auto const value : undocumented) {
                expect_no_success_with(check, success, pointer, value);
            }
        }
    }
}

void check_ids(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        auto const original = check.see({other_id, "a success"}, success.response).ids;
        for (auto const& pointer : all_pointers(success.body)) {
            expect_kept_exactly(check, success, pointer, original);
        }
    }
}

}  // namespace otp::conformance
