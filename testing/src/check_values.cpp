#include "conformance_checks.hpp"
#include "spoilt_bodies.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

namespace json = boost::json;

/// Numbers and texts that no vendor documents for a success.
constexpr std::array<std::string_view, 8> undocumented{
    "2", "-3", "999", "123456789", R"("999")", R"("other")", R"("")", "false"};

/// Two ids that become one when they are cut, or when what is not ASCII is replaced.
std::vector<std::pair<std::string, std::string>> pairs_of_ids() {
    std::string const common_beginning(300, 'u');
    return {
        {"us\xC3\xA9r", "us\xC3\xA8r"},
        {"us\xF0\x9F\x98\x80r", "us\xF0\x9F\x98\x81r"},
        {common_beginning + '1', common_beginning + '2'},
        {std::string(128, 'u') + '1', std::string(128, 'u') + '2'},
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
    return check.see("id", "another id", response);
}

/// Whether two different answers name the same person, who is not nobody.
bool is_one_person(
    std::vector<std::string> const& first,
    std::vector<std::string> const& second,
    std::vector<std::string> const& original
) {
    if (first.size() != original.size() || second.size() != original.size()) return false;
    for (std::size_t index = 0; index < original.size(); ++index) {
        bool const follows_the_answer = first[index] != original[index];
        if (follows_the_answer && first[index] == second[index] && !first[index].empty()) {
            return true;
        }
    }
    return false;
}

void expect_kept_apart(
    OperationCheck& check,
    JsonAnswer const& success,
    std::string const& pointer,
    std::vector<std::string> const& original
) {
    boost::system::error_code failure;
    auto const* const value = success.body.find_pointer(pointer, failure);
    if (!value->is_string()) return;
    std::string const text(value->get_string());
    for (auto const& [first, second] : pairs_of_ids()) {
        auto const seen = see_with(check, success, text, first);
        if (!seen.success) continue;
        auto const other = see_with(check, success, text, second);
        if (other.success && is_one_person(seen.ids, other.ids, original)) {
            check.fail("id", pointer, "two ids are kept as one: keep an id exactly, or none");
        }
    }
}

}  // namespace

void check_undocumented_values(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        for (auto const& pointer : check.answers().all_values_documented) {
            boost::system::error_code failure;
            if (success.body.find_pointer(pointer, failure) == nullptr) continue;
            for (auto const value : undocumented) {
                auto response = success.response;
                response.body = with_value(success.body, pointer, value);
                auto const input = pointer + " = " + std::string(value);
                check.expect_no_success("undocumented value", input, response);
            }
        }
    }
}

void check_ids(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        auto const original = check.see("id", "a success", success.response).ids;
        for (auto const& pointer : all_pointers(success.body)) {
            expect_kept_apart(check, success, pointer, original);
        }
    }
}

}  // namespace otp::testing
