#include "platform/process_mark.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace otp::platform {
namespace {

/// Whether `judge` says yes in a child.
template <class Judge>
bool in_child(Judge const& judge) {
    pid_t const child = ::fork();
    if (child == 0) ::_exit(judge() ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(ProcessMark, KnowsTheProcessThatItWasMadeIn) {
    ProcessMark const mark;
    EXPECT_TRUE(mark.is_this());
    EXPECT_TRUE(in_child([&] { return !mark.is_this() && ProcessMark().is_this(); }));
    EXPECT_TRUE(mark.is_this());
}

TEST(ProcessMark, OfAChildIsNeitherItsParentsNorItsChilds) {
    ProcessMark const of_parent;
    EXPECT_TRUE(in_child([&] {
        ProcessMark const of_child;
        return of_child.is_this() &&
               in_child([&] { return !of_child.is_this() && !of_parent.is_this(); });
    }));
    EXPECT_TRUE(of_parent.is_this());
}

}  // namespace
}  // namespace otp::platform
