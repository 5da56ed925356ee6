// What the program says of a machine that refuses what it needs.

#include "failure_of_machine.hpp"

#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <new>
#include <stdexcept>
#include <system_error>

namespace otp::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(FailureOfMachine, OfDescriptorsSaysWhatToDo) {
    auto const code = std::errc::too_many_files_open;
    auto const standard =
        failure_of_machine(std::system_error(std::make_error_code(code)), Delivery::not_sent);
    EXPECT_EQ(standard.category, ErrorCategory::connect_failed);
    EXPECT_EQ(standard.delivery, Delivery::not_sent);
    EXPECT_THAT(standard.message, EndsWith("Too many open files: raise the limit (ulimit -n)"));
    auto const boost = failure_of_machine(
        boost::system::system_error(EMFILE, boost::system::system_category()), Delivery::unknown
    );
    EXPECT_EQ(boost.delivery, Delivery::unknown);
    EXPECT_EQ(boost.message, standard.message);
}

TEST(FailureOfMachine, OfAnythingElseAdvisesNothingWrong) {
    for (int const number : {ENFILE, ENOMEM, ENOSPC, EINVAL}) {
        boost::system::system_error const failure(number, boost::system::system_category());
        auto const error = failure_of_machine(failure, Delivery::not_sent);
        EXPECT_EQ(error.category, ErrorCategory::connect_failed);
        EXPECT_THAT(error.message, HasSubstr(failure.code().message()));
        EXPECT_THAT(error.message, Not(HasSubstr("ulimit")));
    }
    auto const memory = failure_of_machine(std::bad_alloc(), Delivery::unknown);
    EXPECT_THAT(memory.message, EndsWith("no memory is left"));
    auto const other = failure_of_machine(std::runtime_error("secret"), Delivery::unknown);
    EXPECT_EQ(other.category, ErrorCategory::internal);
    EXPECT_EQ(other.message, "");
}

}  // namespace
}  // namespace otp::cli
