#include "simulator/scenario.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

namespace otp::testing::simulator {

namespace {

/// Numbers that nobody can have (555-0100 to 555-0199), and addresses of a domain that nobody can
/// own (RFC 2606). docs/vendors/simulator.md lists them, and a test compares the two.
constexpr std::string_view reserved_table = R"({
  "version": 1,
  "recipients": {
    "+12025550100": { "code": "123456" },
    "+12025550101": { "send": { "fail": "invalid_recipient" } },
    "+12025550102": { "send": { "fail": "recipient_throttled", "retry_after": "60s" } },
    "+12025550103": { "send": { "fail": "blocked_by_fraud_guard" } },
    "+12025550104": { "send": { "fail": "destination_blocked" } },
    "+12025550105": { "send": { "fail": "rate_limited", "retry_after": "30s" } },
    "+12025550106": { "send": { "fail": "unavailable", "delivery": "not_sent" } },
    "+12025550107": { "send": { "fail": "provider_error" } },
    "+12025550108": { "send": { "fail": "unauthenticated" } },
    "+12025550109": { "send": { "fail": "quota_exhausted" } },
    "+12025550110": { "send": { "fail": "connect_failed" } },
    "+12025550111": { "send": { "fail": "timeout", "delivery": "not_sent" } },
    "+12025550112": { "code": "123456", "send": { "fail": "timeout", "code_arrives": true } },
    "+12025550113": { "send": { "fail": "timeout" } },
    "+12025550114": { "code": "123456", "send": { "delay": "3s" } },
    "+12025550115": { "code": "123456", "send": { "arrives_after": "10s" } },
    "+12025550116": { "send": { "code_arrives": false } },
    "+12025550117": { "code": "123456",
                      "send": [ { "fail": "unavailable", "delivery": "not_sent" }, {} ] },
    "+12025550120": { "code": "123456", "verify": { "outcome": "wrong_code" } },
    "+12025550121": { "code": "123456", "verify": { "outcome": "expired" } },
    "+12025550122": { "code": "123456", "verify": { "outcome": "too_many_attempts" } },
    "+12025550123": { "code": "123456", "verify": { "fail": "unavailable" } },
    "+12025550124": { "code": "123456", "expires_in": "5s" },
    "user@example.com": { "code": "123456" },
    "invalid@example.com": { "send": { "fail": "invalid_recipient" } },
    "throttled@example.com": { "send": { "fail": "recipient_throttled", "retry_after": "60s" } },
    "unavailable@example.com": { "send": { "fail": "unavailable", "delivery": "not_sent" } },
    "lost@example.com": { "code": "123456", "send": { "fail": "timeout", "code_arrives": true } },
    "late@example.com": { "code": "123456", "send": { "arrives_after": "10s" } },
    "wrong@example.com": { "code": "123456", "verify": { "outcome": "wrong_code" } }
  }
})";

Rule complete_rule() {
    Rule rule;
    rule.send.emplace_back();
    rule.verify.emplace_back();
    rule.wrong_codes = 3;
    rule.code_length = 6;
    return rule;
}

template <class Value>
void fill(std::optional<Value>& own, std::optional<Value> const& other) {
    if (!own) own = other;
}

/// Takes from `other` what `rule` does not say.
void complete(Rule& rule, Rule const& other) {
    if (rule.send.empty()) rule.send = other.send;
    if (rule.verify.empty()) rule.verify = other.verify;
    if (!rule.code) {
        rule.code = other.code;
        rule.valid_until = other.valid_until;
    }
    fill(rule.expires_in, other.expires_in);
    fill(rule.wrong_codes, other.wrong_codes);
    fill(rule.code_length, other.code_length);
}

bool matches(std::string_view pattern, std::string_view to) {
    if (pattern.starts_with('*')) return to.ends_with(pattern.substr(1));
    if (pattern.ends_with('*')) return to.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == to;
}

bool is_exact(std::string_view pattern) {
    return pattern.find('*') == std::string_view::npos;
}

/// Those that match, the most exact first.
std::vector<Rule const*> matching(Scenario::Rules const& rules, std::string_view to) {
    std::multimap<std::pair<bool, std::size_t>, Rule const*, std::greater<>> found;
    for (auto const& [pattern, rule] : rules) {
        if (!matches(pattern, to)) continue;
        found.emplace(std::pair(is_exact(pattern), pattern.size()), &rule);
    }
    std::vector<Rule const*> in_order;
    for (auto const& [exactness, rule] : found) in_order.push_back(rule);
    return in_order;
}

}  // namespace

Scenario const& Scenario::built_in() {
    static Scenario const scenario = parse_scenario(reserved_table, FixedCodes::may_last).value();
    return scenario;
}

Rule Scenario::rule_for(std::string_view to) const {
    Rule rule;
    auto said = matching(recipients, to);
    if (said.empty() && reserved_recipients) said = matching(built_in().recipients, to);
    for (auto const* part : said) complete(rule, *part);
    complete(rule, defaults);
    complete(rule, complete_rule());
    return rule;
}

Result<Scenario> read_scenario(std::string const& file) {
    std::error_code problem;
    std::ostringstream text;
    std::ifstream in(file, std::ios::binary);
    // What is no regular file might never end.
    bool const can_be_read = std::filesystem::is_regular_file(file, problem) && in.is_open();
    if (can_be_read) text << in.rdbuf();
    if (!can_be_read || in.bad()) return Error(ErrorCategory::config_invalid, "cannot be read");
    return parse_scenario(std::move(text).str(), FixedCodes::must_end);
}

}  // namespace otp::testing::simulator
