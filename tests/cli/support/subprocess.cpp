#include "cli/support/subprocess.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace otp::test {

namespace {

/// Both ends of one of a program's streams.
struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
        read_end = ends[0];
        write_end = ends[1];
    }
    Pipe(int reads, int writes) : read_end(reads), write_end(writes) {}
    int read_end;
    int write_end;
};

/// A terminal, of which this process is the one who looks at it.
[[nodiscard]] Pipe open_terminal() {
    auto const screen = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (screen < 0 || ::grantpt(screen) != 0 || ::unlockpt(screen) != 0) {
        throw std::runtime_error("posix_openpt failed");
    }
    auto const* const name = ::ptsname(screen);
    auto const terminal = name == nullptr ? -1 : ::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) throw std::runtime_error("the terminal cannot be opened");
    return {screen, terminal};
}

[[nodiscard]] bool is_inherited(std::string_view variable, Environment const& extra) {
    std::string name(variable.substr(0, variable.find('=')));
    for (auto const& [replaced, value] : extra) {
        if (replaced == name) return false;
    }
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return !name.ends_with("_PROXY") && !name.starts_with("OTP_");
}

[[nodiscard]] std::vector<std::string> environment_with(Environment const& extra) {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (is_inherited(*variable, extra)) variables.emplace_back(*variable);
    }
    for (auto const& [name, value] : extra) variables.push_back(name + '=' + value);
    return variables;
}

[[nodiscard]] std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

void close_end(int& descriptor) {
    if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

/// False at the end of the stream.
[[nodiscard]] bool append_from(int descriptor, std::string& text) {
    std::array<char, 4096> bytes{};
    auto const count = ::read(descriptor, bytes.data(), bytes.size());
    if (count <= 0) return false;
    text.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

}  // namespace

Subprocess::Subprocess(
    std::string const& program,
    std::vector<std::string> const& arguments,
    Environment const& extra,
    StandardError standard_error
) {
    // A program that ends early must not end the tests.
    std::signal(SIGPIPE, SIG_IGN);
    Pipe const in;
    Pipe const out;
    auto const err = standard_error == StandardError::pipe ? Pipe() : open_terminal();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.read_end, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.write_end, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err.write_end, STDERR_FILENO);
    // A program inherits what is ignored; real ones start with the default.
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    auto variables = environment_with(extra);
    auto const failed = ::posix_spawn(
        &pid_,
        program.c_str(),
        &actions,
        &attributes,
        pointers(words).data(),
        pointers(variables).data()
    );
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in.read_end);
    ::close(out.write_end);
    ::close(err.write_end);
    input_ = in.write_end;
    output_ = out.read_end;
    error_ = err.read_end;
    if (failed != 0) throw std::runtime_error(program + ": " + std::strerror(failed));
}

Subprocess::~Subprocess() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    close_end(input_);
    close_end(output_);
    close_end(error_);
}

bool Subprocess::read_some(TimePoint until) {
    if (output_ < 0 && error_ < 0) return false;
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now()
    );
    if (left.count() <= 0) return false;
    // poll ignores negative descriptors: streams that have ended.
    std::array<pollfd, 2> streams{pollfd{output_, POLLIN, 0}, pollfd{error_, POLLIN, 0}};
    if (::poll(streams.data(), streams.size(), static_cast<int>(left.count())) <= 0) return false;
    if (streams[0].revents != 0 && !append_from(output_, finished_.out)) close_end(output_);
    if (streams[1].revents != 0 && !append_from(error_, finished_.err)) close_end(error_);
    return output_ >= 0 || error_ >= 0;
}

bool Subprocess::wait_for_output(std::string_view text, std::chrono::seconds time_limit) {
    auto const until = std::chrono::steady_clock::now() + time_limit;
    while (finished_.out.find(text) == std::string::npos) {
        if (!read_some(until)) return finished_.out.find(text) != std::string::npos;
    }
    return true;
}

void Subprocess::write(std::string_view text) {
    while (!text.empty()) {
        auto const written = ::write(input_, text.data(), text.size());
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Subprocess::send_signal(int number) {
    ::kill(pid_, number);
}

void Subprocess::close_output() {
    close_end(output_);
}

void Subprocess::forbid_file_growth() {
    rlimit const nothing{0, 0};
    if (::prlimit(pid_, RLIMIT_FSIZE, &nothing, nullptr) != 0) {
        throw std::runtime_error("prlimit failed");
    }
}

Finished Subprocess::wait(std::chrono::seconds time_limit) {
    close_end(input_);
    auto const until = std::chrono::steady_clock::now() + time_limit;
    while (read_some(until)) {
    }
    if (output_ >= 0 || error_ >= 0) ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    finished_.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return std::move(finished_);
}

Finished run(
    std::string const& program,
    std::vector<std::string> const& arguments,
    std::string_view input,
    Environment const& extra
) {
    Subprocess process(program, arguments, extra);
    process.write(input);
    return process.wait();
}

}  // namespace otp::test
