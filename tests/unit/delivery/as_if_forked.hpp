#pragma once

#include "platform/process_mark.hpp"

namespace otp::test {

/// As if the process had been forked here, and the test went on in the child. At its end the test
/// is back in the parent.
class AsIfForked {
public:
    AsIfForked() { ++platform::detail::forks_behind_this_process; }
    ~AsIfForked() { --platform::detail::forks_behind_this_process; }
    AsIfForked(AsIfForked const&) = delete;
    AsIfForked& operator=(AsIfForked const&) = delete;
};

}  // namespace otp::test
