// After which answers a vendor's documents ask for a repetition.

#include "delivery/decide/documented_repetition.hpp"

#include <gtest/gtest.h>
#include <utility>
#include <vector>

namespace otp::delivery {
namespace {

VendorDescription vendor_repeating(std::vector<DocumentedRepetition> repetitions) {
    VendorDescription vendor;
    vendor.repetitions = std::move(repetitions);
    return vendor;
}

TEST(DocumentedRepetition, IsOfTheStatusesThatTheDocumentsName) {
    auto const vendor = vendor_repeating({{500, 503, "Please retry.", "https://vendor.test"}});
    for (int const status : {500, 501, 503}) {
        EXPECT_TRUE(asks_for_repetition(vendor, status)) << status;
    }
    for (int const status : {0, 200, 429, 499, 504}) {
        EXPECT_FALSE(asks_for_repetition(vendor, status)) << status;
    }
}

TEST(DocumentedRepetition, IsOfAnySentence) {
    auto const vendor = vendor_repeating({{500, 500, "", ""}, {502, 504, "", ""}});
    for (int const status : {500, 502, 504}) {
        EXPECT_TRUE(asks_for_repetition(vendor, status)) << status;
    }
    EXPECT_FALSE(asks_for_repetition(vendor, 501));
}

TEST(DocumentedRepetition, IsOfNothingWithoutDocuments) {
    EXPECT_FALSE(asks_for_repetition(VendorDescription(), 500));
    EXPECT_FALSE(asks_for_repetition(VendorDescription(), 0));
}

}  // namespace
}  // namespace otp::delivery
