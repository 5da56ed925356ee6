#include "recipient_table.hpp"

#include "output.hpp"
#include "table.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <vector>

namespace otp::cli {

namespace {

[[nodiscard]] std::vector<mocks::ReservedRecipient> recipients_of(std::string_view vendor) {
    std::vector<mocks::ReservedRecipient> wanted;
    std::ranges::copy_if(
        mocks::reserved_recipients(),
        std::back_inserter(wanted),
        [&](mocks::ReservedRecipient const& each) {
            return vendor.empty() || each.vendor == vendor;
        }
    );
    return wanted;
}

}  // namespace

std::string recipient_table(std::string_view vendor) {
    std::vector<Row> rows{{"vendor", "step", "recipient", "what it provokes"}};
    for (auto const& reserved : recipients_of(vendor)) {
        rows.push_back(
            {reserved.vendor,
             std::string(mocks::to_string(reserved.step)),
             reserved.recipient,
             reserved.provokes}
        );
    }
    std::ostringstream text;
    text << "Reserved recipients (any other valid one gets a code):\n";
    print_table(text, rows);
    if (vendor.empty() || vendor == "stytch") {
        text << "Stytch's own test values work as documented: +10000000000 and sandbox@stytch.com\n"
                "are accepted without a message, and 000000 is their code.\n";
    }
    return std::move(text).str();
}

std::string recipient_object(std::string_view vendor) {
    boost::json::array all;
    for (auto const& reserved : recipients_of(vendor)) {
        all.push_back(
            {{"vendor", reserved.vendor},
             {"step", mocks::to_string(reserved.step)},
             {"recipient", reserved.recipient},
             {"provokes", reserved.provokes}}
        );
    }
    return json_line({{"ok", true}, {"recipients", std::move(all)}});
}

}  // namespace otp::cli
