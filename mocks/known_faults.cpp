#include "script/known_faults.hpp"

#include "all_reserved_answers.hpp"
#include "script/trouble.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

bool is_trouble(std::string_view name) {
    return std::ranges::find(troubles(), name, &Trouble::name) != troubles().end();
}

/// The documented answers of one vendor and step. Stytch has two recipients for each.
void add_documented(std::vector<KnownFault>& faults, ReservedAnswers const& vendor, MockStep step) {
    auto const begin = static_cast<std::ptrdiff_t>(faults.size());
    for (ReservedAnswer const& each : vendor.all()) {
        if (each.listed.step != step || each.obeyed || is_trouble(each.name)) continue;
        bool const is_known =
            std::find_if(faults.begin() + begin, faults.end(), [&](KnownFault const& known) {
                return known.name == each.name;
            }) != faults.end();
        if (is_known) continue;
        faults.push_back(
            {each.name,
             each.listed.vendor,
             step,
             each.response.status,
             each.title,
             each.response,
             false,
             each.why}
        );
    }
}

KnownFault fault_of(Trouble const& trouble) {
    KnownFault fault;
    fault.name = trouble.name;
    fault.title = trouble.provokes;
    fault.response = trouble.response;
    fault.obeyed = trouble.obeyed;
    fault.why = trouble.why;
    if (!trouble.obeyed) fault.status = trouble.response.status;
    return fault;
}

std::vector<KnownFault> collect() {
    std::vector<KnownFault> faults;
    for (auto const* vendor : all_reserved_answers()) {
        add_documented(faults, *vendor, MockStep::send);
        add_documented(faults, *vendor, MockStep::verify);
    }
    for (Trouble const& trouble : troubles()) faults.push_back(fault_of(trouble));
    return faults;
}

}  // namespace

std::vector<KnownFault> const& known_faults() {
    static std::vector<KnownFault> const faults = collect();
    return faults;
}

}  // namespace otp::mocks
