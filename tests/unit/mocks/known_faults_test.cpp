#include "script/known_faults.hpp"

#include "script/trouble.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>

namespace otp::mocks::test {
namespace {

std::string step_of(KnownFault const& fault) {
    return fault.step ? std::string(to_string(*fault.step)) : "any";
}

/// One line for each fault: people and scripts know them by these names.
std::string listed() {
    std::ostringstream text;
    for (KnownFault const& fault : known_faults()) {
        text << (fault.vendor.empty() ? "any" : fault.vendor) << ' ' << step_of(fault) << ' '
             << fault.name << ' ' << (fault.status ? std::to_string(*fault.status) : "-")
             << (fault.obeyed ? " obeyed"
                 : fault.why  ? " refused"
                              : " accepted")
             << ": " << fault.title << '\n';
    }
    return text.str();
}

TEST(KnownFaults, have_the_names_that_they_always_had) {
    std::ifstream file(OTP_SOURCE_DIR "/tests/unit/mocks/known_faults.txt");
    std::ostringstream golden;
    golden << file.rdbuf();
    EXPECT_EQ(listed(), golden.str()) << "known_faults.txt is the list; keep old names";
}

TEST(KnownFaults, have_a_name_once_for_a_vendor_and_a_step) {
    std::set<std::string> seen;
    std::set<std::string> for_all;
    for (KnownFault const& fault : known_faults()) {
        EXPECT_EQ(
            fault.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"), std::string::npos
        ) << fault.name;
        EXPECT_TRUE(seen.insert(fault.vendor + " " + step_of(fault) + " " + fault.name).second)
            << fault.name;
        EXPECT_EQ(fault.vendor.empty(), !fault.step) << fault.name;
        if (fault.vendor.empty()) for_all.insert(fault.name);
    }
    for (KnownFault const& fault : known_faults()) {
        EXPECT_TRUE(fault.vendor.empty() || !for_all.contains(fault.name)) << fault.name;
    }
    EXPECT_EQ(for_all.size(), troubles().size());
}

bool provokes(KnownFault const& fault, ReservedRecipient const& listed) {
    if (!fault.vendor.empty() && (fault.vendor != listed.vendor || fault.step != listed.step)) {
        return false;
    }
    if (fault.response.transfer != listed.transfer) return false;
    if (fault.obeyed) return listed.transfer != MockTransfer::complete;
    return fault.status == listed.http_status &&
           fault.response.body.find(listed.marker) != std::string::npos;
}

TEST(KnownFaults, are_what_the_reserved_recipients_provoke) {
    std::string others;
    for (ReservedRecipient const& listed : reserved_recipients()) {
        bool const is_known = std::ranges::any_of(known_faults(), [&](KnownFault const& fault) {
            return provokes(fault, listed);
        });
        if (!is_known) others += listed.recipient + " ";
    }
    EXPECT_EQ(others, "+919000690001 +919000690002 +919000690003 ")
        << "only Eko's other forms of success are no faults";
}

TEST(KnownFaults, carry_what_is_answered) {
    for (KnownFault const& fault : known_faults()) {
        EXPECT_FALSE(fault.title.empty()) << fault.name;
        EXPECT_NE(fault.title.back(), '\n') << fault.name;
        if (fault.obeyed) {
            EXPECT_FALSE(fault.status || fault.why) << fault.name;
        } else {
            EXPECT_EQ(fault.status, fault.response.status) << fault.name;
        }
        if (fault.why) {
            EXPECT_TRUE(fault.why->demands.ends_with(".")) << fault.name;
            EXPECT_FALSE(fault.why->demands.starts_with("Played")) << "no recipient is reserved";
        }
    }
}

}  // namespace
}  // namespace otp::mocks::test
