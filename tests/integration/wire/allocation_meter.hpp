#pragma once

#include <cstddef>

namespace otp::test {

/// How much more memory a thread holds than when the meter was made, at most: everything that comes
/// from malloc, which includes C++, Asio and OpenSSL. Other threads are not counted, so a server
/// may work in the same process. One at a time for each thread.
class AllocationMeter {
public:
    AllocationMeter() noexcept;
    [[nodiscard]] std::size_t peak() const noexcept;
};

}  // namespace otp::test
