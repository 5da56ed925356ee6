#include "inbox/fault_rules.hpp"

#include "inbox/fault_catalogue.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::size_t most_rules = 100;

}  // namespace

bool FaultRules::add(std::string id, MockFault fault) {
    if (rules_.size() >= most_rules) return false;
    MessageFilter filter(fault.vendor, fault.to);
    auto const step = read_step(fault.step);
    auto const remaining = fault.count;
    rules_.push_back({{std::move(id), std::move(fault), remaining}, std::move(filter), step});
    return true;
}

bool FaultRules::remove(std::string_view id) {
    return std::erase_if(rules_, [&](Rule const& each) { return each.active.id == id; }) > 0;
}

std::vector<ActiveFault> FaultRules::list() const {
    std::vector<ActiveFault> faults;
    for (Rule const& each : rules_) faults.push_back(each.active);
    return faults;
}

FaultDecision FaultRules::decide(
    std::string_view vendor, RequestSubject const& subject, std::string_view to
) {
    FaultDecision decision;
    bool delayed = false;
    for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
        bool const is_delay = rule->active.fault.fault == delay_fault;
        if (is_delay ? delayed : decision.fault != nullptr) continue;
        if (!fits(*rule, vendor, subject, to) || !is_due(*rule)) continue;
        if (is_delay) {
            delayed = true;
            if (decision.id.empty()) decision.id = rule->active.id;
        } else {
            decision.fault = fault_for(rule->active.fault.fault, vendor, subject.step);
            decision.id = rule->active.id;
        }
        hit(*rule, decision);
    }
    std::erase_if(rules_, [](Rule const& each) { return each.active.remaining == 0U; });
    return decision;
}

bool FaultRules::fits(
    Rule const& rule, std::string_view vendor, RequestSubject const& subject, std::string_view to
) {
    MockFault const& fault = rule.active.fault;
    if (!fault.vendor.empty() && fault.vendor != vendor) return false;
    if (rule.step && *rule.step != subject.step) return false;
    bool const its_key = !fault.to.empty() && subject.key == fault.to;
    if (!its_key && !rule.filter.takes(vendor, to)) return false;
    return fault_for(fault.fault, vendor, subject.step) != nullptr;
}

bool FaultRules::is_due(Rule const& rule) {
    auto const percent = rule.active.fault.percent;
    // A modulo instead of a distribution: the same decisions with every standard library.
    return percent >= 100 || (chance_() >> 8) % 100 < percent;
}

void FaultRules::hit(Rule& rule, FaultDecision& decision) {
    ++rule.active.hits;
    decision.delay += rule.active.fault.delay;
    if (!rule.active.remaining) return;
    --*rule.active.remaining;
    decision.list_changed = true;
}

}  // namespace otp::mocks
