#include "support/other_process.hpp"

#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace otp::test {

OtherProcess::OtherProcess(std::function<std::string()> const& report) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ == 0) {
        std::string const said = report();
        bool const written =
            ::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
        ::_exit(written ? 0 : 1);
    }
    ::close(ends[1]);
    output_ = ends[0];
}

OtherProcess::~OtherProcess() {
    if (output_ >= 0) static_cast<void>(said());
}

std::string OtherProcess::said() {
    std::string said;
    char part[512];
    for (ssize_t got = 0; (got = ::read(output_, part, sizeof part)) > 0;) {
        said.append(part, static_cast<std::size_t>(got));
    }
    ::close(output_);
    output_ = -1;
    int status = 0;
    ::waitpid(child_, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? said : "the process failed: " + said;
}

std::string in_other_process(std::function<std::string()> const& report) {
    return OtherProcess(report).said();
}

}  // namespace otp::test
