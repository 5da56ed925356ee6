// The pages against the code: nothing that they show or list may differ from what is there.

#include "config/config_keys.hpp"
#include "eko/eko_errors.hpp"
#include "loyaltydog/loyaltydog_errors.hpp"
#include "snippets/configuration_block.hpp"
#include "snippets/markdown.hpp"
#include "snippets/recipient_page.hpp"
#include "spherepay/spherepay_errors.hpp"
#include "stytch/stytch_errors.hpp"

#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/vendor_registry.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace otp::docs {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

fs::path const project = OTP_SOURCE_DIR;

std::vector<Page> const& pages() {
    static std::vector<Page> const loaded = load_pages(project);
    return loaded;
}

std::string in_code(std::string_view text) {
    return "`" + std::string(text) + "`";
}

/// Whether a row of a table of the page holds all the texts.
bool has_row(Page const& page, std::vector<std::string> const& texts) {
    auto const rows = table_rows(page.text);
    return std::any_of(rows.begin(), rows.end(), [&](std::string const& row) {
        return std::all_of(texts.begin(), texts.end(), [&](std::string const& text) {
            return row.find(text) != row.npos;
        });
    });
}

void expect_row(Page const& page, std::vector<std::string> const& texts) {
    EXPECT_TRUE(has_row(page, texts))
        << page.path << " has no row with " << ::testing::PrintToString(texts);
}

TEST(Snippets, EveryBlockOfCodeIsCompiled) {
    auto const snippets = load_snippets(project / "tests" / "snippets");
    std::set<std::string> shown;
    for (auto const& page : pages()) {
        for (auto const& block : page.blocks) {
            if (block.info != "cpp") continue;
            auto const text = without_indentation(block.text);
            auto const same = std::find_if(snippets.begin(), snippets.end(), [&](auto const& one) {
                return one.text == text;
            });
            EXPECT_NE(same, snippets.end())
                << page.path << ":" << block.line << " shows code that is no tagged snippet:\n"
                << text;
            if (same != snippets.end()) shown.insert(same->name);
        }
    }
    for (auto const& snippet : snippets) {
        EXPECT_TRUE(shown.contains(snippet.name)) << snippet.name << " is shown nowhere";
    }
    EXPECT_GT(shown.size(), 10U);
}

TEST(Snippets, CompleteConfigurationsAreAccepted) {
    int read = 0;
    for (auto const& page : pages()) {
        for (auto const& block : page.blocks) {
            if (block.info != "jsonc complete") continue;
            ++read;
            auto const config = parse_shown_config(block.text);
            EXPECT_TRUE(config) << page.path << ":" << block.line << ": " << config.error();
        }
    }
    EXPECT_GE(read, 6);
}

TEST(Snippets, AConfigurationWithAMistakeIsFound) {
    EXPECT_FALSE(parse_shown_config(R"({ "version": 1, "instances": { "a": { "vendor": "b" } } })")
    );
}

TEST(Links, LeadToFilesThatExist) {
    int followed = 0;
    for (auto const& page : pages()) {
        for (auto const& link : links_of(page.text)) {
            if (link.starts_with("https://") || link.starts_with("#")) continue;
            auto const file = link.substr(0, link.find('#'));
            EXPECT_TRUE(fs::exists(project / fs::path(page.path).parent_path() / file))
                << page.path << " links to " << link;
            ++followed;
        }
    }
    EXPECT_GT(followed, 20);
}

TEST(Vendors, EachPageNamesEverySetting) {
    auto const registry = VendorRegistry::built_in();
    for (auto const* const vendor : registry.vendors()) {
        auto const& page = page_named(pages(), "docs/vendors/" + vendor->name + ".md");
        auto const expect_named = [&page](std::string_view name) {
            EXPECT_THAT(page.text, HasSubstr(in_code(name))) << page.path;
        };
        for (auto const& names : vendor->credentials) {
            for (auto const& name : names) expect_named(name);
        }
        for (auto const& environment : vendor->environments) expect_named(environment);
        for (auto const& option : vendor->options) expect_row(page, {in_code(option.name)});
        for (auto const& field : vendor->send_fields) expect_row(page, {in_code(field.name)});
        for (auto const& field : vendor->verify_fields) expect_row(page, {in_code(field.name)});
        for (auto const channel : vendor->channels) expect_named(to_string(channel));
        EXPECT_THAT(page.text, HasSubstr(vendor->documentation_url)) << page.path;
        EXPECT_THAT(
            page_named(pages(), "README.md").text, HasSubstr("docs/vendors/" + vendor->name)
        );
    }
}

std::string joined_codes(std::vector<std::string> const& tags) {
    std::string text;
    for (auto const& tag : tags) text += (text.empty() ? "" : ", ") + in_code(tag);
    return text;
}

std::string device_row(bool of_send, bool of_verify) {
    if (!of_send && !of_verify) return "| no |";
    return of_send && of_verify ? "send, verify" : of_send ? "send" : "verify";
}

TEST(Vendors, ThePagesSayWhatIsHonouredOfEachHint) {
    auto const registry = VendorRegistry::built_in();
    for (auto const* const vendor : registry.vendors()) {
        auto const& page = page_named(pages(), "docs/vendors/" + vendor->name + ".md");
        auto const& hints = vendor->hints;
        if (hints.locales.empty()) expect_row(page, {"`locale`", "| no |"});
        for (auto const& known : hints.locales) {
            std::string channels;
            for (auto const channel : known.channels) {
                channels += (channels.empty() ? "" : ", ") + std::string(to_string(channel));
            }
            expect_row(
                page, {"`locale`", channels + ": the nearest of " + joined_codes(known.tags) + " |"}
            );
        }
        auto const& range = hints.expires_in;
        expect_row(
            page,
            {"`expires_in`",
             range ? std::to_string(range->shortest.count()) + " to " +
                         std::to_string(range->longest.count()) + " minutes |"
                   : "| no |"}
        );
        auto const reference = hints.reference_characters;
        expect_row(
            page,
            {"`reference`",
             reference ? "at most " + std::to_string(*reference) + " characters" : "| no |"}
        );
        auto const& send = hints.device_of_send;
        auto const& verify = hints.device_of_verify;
        expect_row(page, {"`client.ip_address`", device_row(send.ip_address, verify.ip_address)});
        auto const agent =
            device_row(send.user_agent_bytes.has_value(), verify.user_agent_bytes.has_value());
        expect_row(
            page,
            {"`client.user_agent`",
             send.user_agent_bytes
                 ? agent + ": at most " + std::to_string(*send.user_agent_bytes) + " bytes"
                 : agent}
        );
    }
}

TEST(Vendors, ThePagesHaveEveryRowOfTheErrorTables) {
    auto const& spherepay_page = page_named(pages(), "docs/vendors/spherepay.md");
    for (auto const& rule : spherepay::error_rules()) {
        expect_row(spherepay_page, {in_code(rule.code), in_code(to_string(rule.category))});
    }
    for (auto const& rule : spherepay::status_rules()) {
        auto const status = "| " + std::to_string(rule.http_status) + " |";
        expect_row(spherepay_page, {status, in_code(to_string(rule.category))});
    }
    auto const& loyaltydog_page = page_named(pages(), "docs/vendors/loyaltydog.md");
    for (auto const& rule : loyaltydog::message_rules()) {
        expect_row(loyaltydog_page, {std::string(rule.code), in_code(to_string(rule.category))});
    }
    for (auto const& rule : loyaltydog::outcome_rules()) {
        expect_row(loyaltydog_page, {std::string(rule.code), in_code(to_string(*rule.outcome))});
    }
    auto const& eko_page = page_named(pages(), "docs/vendors/eko.md");
    for (auto const& rule : eko::status_rules()) {
        auto const status = "| " + std::string(rule.code) + " |";
        expect_row(eko_page, {status, in_code(to_string(rule.category))});
    }
    for (auto const& rule : eko::message_rules()) {
        expect_row(eko_page, {std::string(rule.code), in_code(to_string(rule.category))});
    }
    auto const& stytch_page = page_named(pages(), "docs/vendors/stytch.md");
    for (auto const& rule : stytch::error_rules()) {
        expect_row(stytch_page, {in_code(rule.code), in_code(to_string(rule.category))});
    }
}

TEST(Configuration, ThePageHasEveryKey) {
    auto const& page = page_named(pages(), "docs/configuration.md");
    for (auto const& table : config::key_tables) {
        for (auto const key : table.keys) {
            if (key != "$schema") expect_row(page, {in_code(key)});
        }
    }
}

TEST(Errors, ThePageHasEveryCategoryAndDelivery) {
    auto const& page = page_named(pages(), "docs/errors-and-delivery.md");
    for (int number = 0; number <= static_cast<int>(ErrorCategory::internal); ++number) {
        expect_row(page, {in_code(to_string(static_cast<ErrorCategory>(number)))});
    }
    for (auto const delivery : {Delivery::not_sent, Delivery::unknown, Delivery::accepted}) {
        expect_row(page, {in_code(to_string(delivery))});
    }
    for (auto const decision : {Decision::finish, Decision::renew_token, Decision::next_instance}) {
        EXPECT_THAT(page.text, HasSubstr(in_code(to_string(decision))));
    }
}

TEST(Recipients, ThePageListsThem) {
    auto const file = project / recipient_page_path;
    if (std::getenv("OTP_UPDATE_DOCS") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
        std::ofstream(file, std::ios::binary) << recipient_page();
    }
    std::ifstream in(file, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(text, recipient_page())
        << "run this test with OTP_UPDATE_DOCS=1 in the environment to write the page anew";
}

}  // namespace
}  // namespace otp::docs
