#include "platform/published_count.hpp"

#include <cstddef>
#include <gtest/gtest.h>
#include <thread>

namespace otp::platform {
namespace {

TEST(PublishedCount, BeginsWithNothingAndIsWhatItWasMade) {
    PublishedCount count;
    EXPECT_EQ(count.get(), 0U);
    count.increase();
    count.increase();
    EXPECT_EQ(count.get(), 2U);
    count.decrease();
    EXPECT_EQ(count.get(), 1U);
    count.set(7);
    EXPECT_EQ(count.get(), 7U);
}

// ThreadSanitizer must find nothing here.
TEST(PublishedCount, IsReadByOthersWhileItGrows) {
    constexpr std::size_t last = 10'000;
    PublishedCount count;
    std::thread reader([&count] {
        std::size_t seen = 0;
        while (seen < last) {
            auto const now = count.get();
            EXPECT_GE(now, seen);
            seen = now;
        }
    });
    while (count.get() < last) count.increase();
    reader.join();
}

}  // namespace
}  // namespace otp::platform
