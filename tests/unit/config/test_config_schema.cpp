// The shipped JSON Schema names exactly the members that the parser knows. That both judge
// documents alike is checked by check_schema.py.
#include "config/config_keys.hpp"

#include <otp/config.hpp>
#include <otp/json_body.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/parse.hpp>

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <set>
#include <string>

namespace otp::config {
namespace {

using Keys = std::map<std::string, std::set<std::string>>;

// Every `properties` below `value`, by the pointer of the schema that holds it.
void collect(boost::json::value const& value, std::string const& pointer, Keys& keys) {
    if (auto const* array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            collect((*array)[i], append_json_pointer(pointer, std::to_string(i)), keys);
        }
        return;
    }
    auto const* object = value.if_object();
    if (object == nullptr) return;
    for (auto const& member : *object) {
        if (member.key() == "properties") {
            for (auto const& property : member.value().as_object()) {
                keys[pointer].insert(property.key());
            }
        }
        collect(member.value(), append_json_pointer(pointer, member.key()), keys);
    }
}

TEST(ConfigSchema, is_the_shipped_file) {
    std::ifstream file(OTP_SOURCE_DIR "/schema/otp-config.schema.json", std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    EXPECT_EQ(config_schema(), text);
}

TEST(ConfigSchema, names_the_members_that_the_parser_knows) {
    Keys in_schema;
    collect(boost::json::parse(config_schema()), "", in_schema);
    Keys in_parser;
    for (auto const& table : key_tables) {
        in_parser[std::string(table.schema_pointer)].insert(table.keys.begin(), table.keys.end());
    }
    EXPECT_EQ(in_schema, in_parser);
}

TEST(ConfigSchema, offers_the_vendors_that_come_with_the_sdk) {
    auto const schema = boost::json::parse(config_schema());
    std::set<std::string> offered;
    for (auto const& name :
         schema.at_pointer("/definitions/instance/properties/vendor/anyOf/0/enum").as_array()) {
        offered.emplace(name.as_string());
    }
    std::string_view const credentials =
        schema.at_pointer("/definitions/instance/properties/credentials/description").as_string();
    auto const vendors = VendorRegistry::built_in();
    std::set<std::string> built_in;
    for (auto const* vendor : vendors.vendors()) {
        built_in.insert(vendor->name);
        for (auto const& way : vendor->credentials) {
            for (auto const& name : way) {
                EXPECT_NE(credentials.find(name), credentials.npos) << vendor->name << ' ' << name;
            }
        }
    }
    EXPECT_EQ(offered, built_in);
}

TEST(ConfigSchema, describes_and_closes_every_object) {
    auto const schema = boost::json::parse(config_schema());
    for (auto const& table : key_tables) {
        auto const& object = schema.at_pointer(table.schema_pointer).as_object();
        EXPECT_EQ(object.at("additionalProperties"), false) << table.schema_pointer;
        EXPECT_TRUE(object.contains("description")) << table.schema_pointer;
    }
    for (auto const& definition : schema.at("definitions").as_object()) {
        EXPECT_TRUE(definition.value().as_object().contains("description")) << definition.key();
    }
}

}  // namespace
}  // namespace otp::config
