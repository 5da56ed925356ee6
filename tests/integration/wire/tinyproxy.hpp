#pragma once

#include "support/temporary_directory.hpp"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace otp::test {

/// A tinyproxy of its own on a free loopback port, as a test's proxy. Ends with the object.
class Tinyproxy {
public:
    static constexpr char username[] = "application";
    static constexpr char password[] = "not-a-real-password";

    /// `more` is added to its configuration. Throws if it cannot be started; names the package if
    /// there is none.
    explicit Tinyproxy(std::string const& more = {});
    ~Tinyproxy();
    Tinyproxy(Tinyproxy const&) = delete;
    Tinyproxy& operator=(Tinyproxy const&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string log() const;

private:
    bool start(std::string const& more);
    bool wait_until_it_listens();

    TemporaryDirectory directory_;
    std::uint16_t port_{0};
    pid_t process_{-1};
};

/// A loopback port that was free a moment ago.
[[nodiscard]] std::uint16_t free_port();

}  // namespace otp::test
