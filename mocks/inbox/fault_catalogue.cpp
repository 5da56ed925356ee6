#include "inbox/fault_catalogue.hpp"

#include "inbox/session_name.hpp"
#include "vendor/vendor_names.hpp"

#include <otp/mocks/vendor_names.hpp>
#include <otp/nearest_name.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

using Step = RequestSubject::Step;
using std::chrono::milliseconds;

constexpr milliseconds longest_delay = std::chrono::seconds(60);

KnownFault obeyed(std::string_view name, std::string_view title, MockTransfer transfer) {
    KnownFault fault{std::string(name), {}, {}, {}, std::string(title)};
    fault.response.transfer = transfer;
    fault.obeyed = true;
    return fault;
}

std::vector<KnownFault> make_catalogue() {
    auto all = known_faults();
    // What people call it.
    auto const garbage = std::ranges::find(all, "truncated_json", &KnownFault::name);
    if (garbage != all.end()) {
        auto alias = *garbage;
        alias.name = "garbage";
        all.push_back(std::move(alias));
    }
    all.push_back(obeyed(delay_fault, "obeyed; the answer comes late", MockTransfer::complete));
    all.push_back(
        obeyed("stall", "obeyed; the answer comes when it is released", MockTransfer::held)
    );
    return all;
}

bool is_for(KnownFault const& fault, Step step) {
    return !fault.step || step == (*fault.step == MockStep::send ? Step::send : Step::verify);
}

/// The name that was meant; empty if none is near.
std::string_view nearest_fault(std::string_view name) {
    std::vector<std::string_view> known;
    for (KnownFault const& each : fault_catalogue()) known.push_back(each.name);
    return nearest_name(name, known).value_or(std::string_view());
}

std::string no_such_fault(std::string_view name) {
    auto const nearest = nearest_fault(name);
    std::string text = "no such fault; ";
    if (!nearest.empty()) text += "did you mean " + std::string(nearest) + "? ";
    return text + "GET /api/faults/known lists them";
}

/// Whether the name means something for any request that the fault is meant for.
bool means_something(MockFault const& fault) {
    auto const wanted = read_step(fault.step);
    return std::ranges::any_of(fault_catalogue(), [&](KnownFault const& each) {
        if (each.name != fault.fault) return false;
        bool const vendor =
            each.vendor.empty() || fault.vendor.empty() || each.vendor == fault.vendor;
        return vendor && (!wanted || is_for(each, *wanted));
    });
}

void check_name(MockFault const& fault) {
    if (std::ranges::find(fault_catalogue(), fault.fault, &KnownFault::name) ==
        fault_catalogue().end()) {
        throw std::invalid_argument(no_such_fault(fault.fault));
    }
    if (means_something(fault)) return;
    auto const where = fault.step.empty() ? std::string() : " for a " + fault.step;
    throw std::invalid_argument(
        (fault.vendor.empty() ? "no vendor has this fault" : fault.vendor + " has no such fault") +
        where + "; GET /api/faults/known lists them"
    );
}

void check_numbers(MockFault const& fault) {
    if (fault.percent < 1 || fault.percent > 100) {
        throw std::invalid_argument("percent is a number from 1 to 100");
    }
    if (fault.count == 0) throw std::invalid_argument("count is a number from 1 on");
    if (fault.delay < milliseconds(0) || fault.delay > longest_delay) {
        throw std::invalid_argument("delay is a time such as 500ms or 2s, at most 60s");
    }
    if (fault.fault == delay_fault && fault.delay == milliseconds(0)) {
        throw std::invalid_argument("the fault delay needs a delay, such as 2s");
    }
}

}  // namespace

std::vector<KnownFault> const& fault_catalogue() {
    static std::vector<KnownFault> const all = make_catalogue();
    return all;
}

KnownFault const* fault_for(std::string_view name, std::string_view vendor, Step step) {
    auto const& all = fault_catalogue();
    auto const found = std::ranges::find_if(all, [&](KnownFault const& each) {
        return each.name == name && (each.vendor.empty() || each.vendor == vendor) &&
               is_for(each, step);
    });
    return found == all.end() ? nullptr : &*found;
}

std::optional<Step> read_step(std::string_view name) {
    using Entry = std::pair<std::string_view, Step>;
    constexpr std::array<Entry, 3> steps{
        Entry{"send", Step::send}, Entry{"verify", Step::verify}, Entry{"token", Step::token}};
    auto const* const found = std::ranges::find(steps, name, &Entry::first);
    return found == steps.end() ? std::nullopt : std::optional(found->second);
}

void check_fault(MockFault const& fault) {
    if (!fault.vendor.empty()) require_vendor_name(fault.vendor);
    if (!fault.step.empty() && !read_step(fault.step)) {
        throw std::invalid_argument("step is send, verify or token");
    }
    check_name(fault);
    check_numbers(fault);
    require_session_name(fault.session);
}

}  // namespace otp::mocks
