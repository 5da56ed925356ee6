#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace otp::test {

/// What became of a program.
struct Finished {
    /// The exit status; 128 plus the signal's number if a signal ended it.
    int status{-1};
    std::string out;
    std::string err;
};

using Environment = std::vector<std::pair<std::string, std::string>>;

/// What a program's standard error is.
enum class StandardError { pipe, terminal };

/// A program with pipes for its three streams, or a terminal for the third. Its environment is this
/// process's without proxies and route overrides, and with what `extra` adds.
class Subprocess {
public:
    explicit Subprocess(
        std::string const& program,
        std::vector<std::string> const& arguments,
        Environment const& extra = {},
        StandardError standard_error = StandardError::pipe
    );
    Subprocess(Subprocess const&) = delete;
    Subprocess& operator=(Subprocess const&) = delete;
    /// Kills it if it still runs.
    ~Subprocess();

    /// Reads until `text` stands in the standard output; false at its end or after `time_limit`.
    [[nodiscard]] bool wait_for_output(
        std::string_view text, std::chrono::seconds time_limit = std::chrono::seconds(30)
    );
    /// What was read so far.
    [[nodiscard]] std::string const& output() const noexcept { return finished_.out; }

    void write(std::string_view text);
    void send_signal(int number);
    /// From now on nobody reads what the program writes to its standard output.
    void close_output();
    /// No file that the program writes to grows from now on.
    void forbid_file_growth();

    /// Closes the program's input and waits for its end; kills it after `time_limit`.
    Finished wait(std::chrono::seconds time_limit = std::chrono::seconds(60));

private:
    using TimePoint = std::chrono::steady_clock::time_point;
    [[nodiscard]] bool read_some(TimePoint until);

    pid_t pid_{-1};
    int input_{-1};
    int output_{-1};
    int error_{-1};
    Finished finished_;
};

/// Runs a program to its end, `input` being all that its standard input holds.
Finished run(
    std::string const& program,
    std::vector<std::string> const& arguments,
    std::string_view input = {},
    Environment const& extra = {}
);

}  // namespace otp::test
