#pragma once

#include <functional>
#include <string>
#include <sys/types.h>

namespace otp::test {

/// A child process that says one text and ends. A failed expectation in it is not seen: what is to
/// be judged must be said.
class OtherProcess {
public:
    /// Forks, and has the child say what `report` returns, without any destructor.
    explicit OtherProcess(std::function<std::string()> const& report);
    ~OtherProcess();
    OtherProcess(OtherProcess const&) = delete;
    OtherProcess& operator=(OtherProcess const&) = delete;

    /// Waits for the child's end. `the process failed: …` if that is not as it should be.
    [[nodiscard]] std::string said();

private:
    pid_t child_{-1};
    int output_{-1};
};

/// What `report` says in a process of its own.
[[nodiscard]] std::string in_other_process(std::function<std::string()> const& report);

}  // namespace otp::test
