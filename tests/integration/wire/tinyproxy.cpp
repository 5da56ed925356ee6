#include "integration/wire/tinyproxy.hpp"

#include <arpa/inet.h>
#include <array>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace otp::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool listens(std::uint16_t port) {
    int const probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto const address = loopback(port);
    bool const connected =
        ::connect(probe, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    ::close(probe);
    return connected;
}

}  // namespace

std::uint16_t free_port() {
    int const probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    bool const bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    if (!bound) throw std::runtime_error("no loopback port is free");
    return ntohs(address.sin_port);
}

Tinyproxy::Tinyproxy(std::string const& more) {
    // Between looking and listening another program may take the port.
    for (int tries = 0; tries < 5; ++tries) {
        if (start(more)) return;
    }
    throw std::runtime_error("tinyproxy does not listen: " + log());
}

Tinyproxy::~Tinyproxy() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

std::string Tinyproxy::log() const {
    std::ifstream in(directory_.path() / "log", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool Tinyproxy::start(std::string const& more) {
    port_ = free_port();
    auto const file = directory_.write(
        "tinyproxy.conf",
        "Port " + std::to_string(port_) + "\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\n" +
            "LogLevel Info\nLogFile \"" + (directory_.path() / "log").string() + "\"\n" + more +
            "\n"
    );
    std::string path = file.string();
    std::array<char, 10> name{"tinyproxy"};
    std::array<char, 3> foreground{"-d"};
    std::array<char, 3> config{"-c"};
    std::array<char*, 5> arguments{
        name.data(), foreground.data(), config.data(), path.data(), nullptr};
    // Its complaints go to the log, too.
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    int const failure =
        ::posix_spawnp(&process_, name.data(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) {
        throw std::runtime_error(
            "tinyproxy was not found. Install it with: apt-get install tinyproxy-bin"
        );
    }
    return wait_until_it_listens();
}

bool Tinyproxy::wait_until_it_listens() {
    for (int tries = 0; tries < 500; ++tries) {
        if (listens(port_)) return true;
        if (::waitpid(process_, nullptr, WNOHANG) == process_) break;
        ::poll(nullptr, 0, 20);
    }
    process_ = -1;
    return false;
}

}  // namespace otp::test
