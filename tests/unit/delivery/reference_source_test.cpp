#include "delivery/run/reference_source.hpp"

#include "unit/delivery/as_if_forked.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

namespace otp::delivery {
namespace {

/// 0, 1, 2, … 255, 0, …: every octet as often as any other.
class Counting final : public RandomSource {
public:
    void fill(std::span<std::byte> bytes) override {
        ++draws;
        for (auto& byte : bytes) byte = static_cast<std::byte>(next_++);
    }

    int draws{0};

private:
    unsigned char next_{0};
};

std::string next(ReferenceSource& source) {
    auto const reference = source.next();
    return {reference.data(), reference.size()};
}

TEST(ReferenceSource, MakesBase32OfOctets) {
    ReferenceSource source(std::make_shared<Counting>());
    EXPECT_EQ(next(source), "abcdefghijklmnopqrst");
    EXPECT_EQ(next(source), "uvwxyz234567abcdefgh");
    for (int count = 2; count < 256; ++count) {
        auto const reference = next(source);
        EXPECT_EQ(reference.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), reference.npos)
            << reference;
    }
}

TEST(ReferenceSource, GivesNoneTwiceAndDrawsForManyAtOnce) {
    auto const random = RandomSource::system();
    ReferenceSource source(random);
    std::set<std::string> seen;
    for (int count = 0; count < 1000; ++count) EXPECT_TRUE(seen.insert(next(source)).second);

    auto const counting = std::make_shared<Counting>();
    ReferenceSource counted(counting);
    for (int count = 0; count < 257; ++count) static_cast<void>(next(counted));
    EXPECT_EQ(counting->draws, 2);
}

TEST(ReferenceSource, DrawsOnceForAllIdsOfAForkedChild) {
    auto const counting = std::make_shared<Counting>();
    ReferenceSource source(counting);
    static_cast<void>(next(source));
    test::AsIfForked const child;
    // Each draw begins with the same letters.
    EXPECT_EQ(next(source), "abcdefghijklmnopqrst");
    EXPECT_EQ(counting->draws, 2);
    EXPECT_EQ(next(source), "uvwxyz234567abcdefgh");
    for (int count = 2; count < 256; ++count) static_cast<void>(next(source));
    EXPECT_EQ(counting->draws, 2);
    static_cast<void>(next(source));
    EXPECT_EQ(counting->draws, 3);
}

// Both would send the same ids, and a vendor would take one send for a repetition of the other.
TEST(ReferenceSource, GivesAForkedChildOthersThanItsParent) {
    ReferenceSource source(RandomSource::system());
    static_cast<void>(next(source));
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    pid_t const child = ::fork();
    if (child == 0) {
        auto const drawn = source.next();
        bool const written = ::write(ends[1], drawn.data(), drawn.size()) > 0;
        ::_exit(written ? 0 : 1);
    }
    // The one that the child would have drawn, and those behind it.
    std::set<std::string> of_parent;
    for (int count = 0; count < 3; ++count) of_parent.insert(next(source));
    std::string of_child(of_parent.begin()->size(), ' ');
    ASSERT_EQ(
        ::read(ends[0], of_child.data(), of_child.size()), static_cast<ssize_t>(of_child.size())
    );
    ::waitpid(child, nullptr, 0);
    EXPECT_FALSE(of_parent.contains(of_child)) << of_child;
    ::close(ends[0]);
    ::close(ends[1]);
}

}  // namespace
}  // namespace otp::delivery
