#include "frame/spoilt_bodies.hpp"
#include "success/success_checks.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr Check name_of_check{"another identity", Cause::ignores_identity};

/// One letter or digit that is another one: what a comparison by length or prefix does not see.
std::string slightly_changed(std::string text) {
    if (text.empty()) return "x";
    char& last = text.back();
    last = last == '7' ? '8' : '7';
    return text;
}

std::vector<std::string> other_values(json::value const& value) {
    if (auto const* const number = value.if_int64()) return {std::to_string(*number + 1)};
    if (!value.is_string()) return {};
    std::string const text(value.get_string());
    std::vector<std::string> raw;
    for (auto const& other :
         {slightly_changed(text), "1" + text, text + "1", std::string("somebody-else")}) {
        raw.push_back(json::serialize(json::value(other)));
    }
    return raw;
}

bool is_identity(OperationCheck const& check, json::value const& value) {
    std::string const text = value.is_string()
                                 ? std::string(value.get_string())
                                 : (value.is_int64() ? std::to_string(value.get_int64()) : "");
    auto const& identities = check.identities();
    return !text.empty() &&
           std::any_of(identities.begin(), identities.end(), [&text](Identity const& identity) {
               return identity.text == text;
           });
}

/// Named by the test, or found because they repeat what the request names.
std::vector<std::string> echoes_in(OperationCheck const& check, json::value const& body) {
    auto found = check.answers().echoed;
    for (auto const& pointer : all_pointers(body)) {
        boost::system::error_code failure;
        bool const known = std::find(found.begin(), found.end(), pointer) != found.end();
        if (!known && !check.is_about_other_things(pointer) &&
            is_identity(check, *body.find_pointer(pointer, failure))) {
            found.push_back(pointer);
        }
    }
    return found;
}

/// A vendor whose success may be empty may also confirm it, and must then confirm the right person.
void confirm_somebody_else(OperationCheck& check) {
    for (auto const& identity : check.identities()) {
        auto const other = json::serialize(json::value(slightly_changed(identity.text)));
        for (auto const* const name : {"id", "userId", "user_id", "ID"}) {
            for (auto const& success : check.answers().successes) {
                auto const named = '{' + json::serialize(json::value(name)) + ':' + other + '}';
                auto response = success;
                response.body = named;
                check.expect_doubt({name_of_check, std::string(name) + " = another one"}, response);
                for (std::string const person : {"identity", "user", "customer"}) {
                    response.body = "{\"" + person + "\":" + named + '}';
                    check.expect_doubt(
                        {name_of_check, "/" + person + '/' + name + " = another one"}, response
                    );
                }
            }
        }
    }
}

/// The vendor's documents know the name, and here it names another one than the handle, beside the
/// others or where it stands in other answers.
void name_another_one(OperationCheck& check, JsonAnswer const& success) {
    for (auto const& [name, text] : check.identities()) {
        auto const documented = check.documented_members().find(name);
        if (text.empty() || documented == check.documented_members().end()) continue;
        auto const other = json::serialize(json::value(slightly_changed(text)));
        auto places = documented->second;
        places.insert("");
        for (auto const& place : places) {
            boost::system::error_code failure;
            auto const* const object = success.body.find_pointer(place, failure);
            bool const is_missing_there =
                object != nullptr && object->is_object() && !object->get_object().contains(name);
            if (check.is_about_other_things(place) || !is_missing_there) continue;
            auto response = success.response;
            response.body = with_member_at(success.body, place, name, other);
            check.expect_doubt(
                {name_of_check, place + '/' + name + " = another one", place + '/' + name}, response
            );
        }
    }
}

}  // namespace

void check_identities(OperationCheck& check) {
    if (check.answers().empty_success) confirm_somebody_else(check);
    for (auto const& success : check.successes()) {
        name_another_one(check, success);
        for (auto const& pointer : echoes_in(check, success.body)) {
            boost::system::error_code failure;
            auto const* const value = success.body.find_pointer(pointer, failure);
            if (value == nullptr) continue;
            for (auto const& other : other_values(*value)) {
                auto response = success.response;
                response.body = with_value(success.body, pointer, other);
                check.expect_doubt({name_of_check, pointer + " = another one", pointer}, response);
            }
        }
    }
}

}  // namespace otp::conformance
