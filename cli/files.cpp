#include "files.hpp"

#include "exit_status.hpp"

#include <otp/error.hpp>
#include <otp/secret.hpp>

#include <boost/json/parse.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace otp::cli {

namespace {

constexpr std::size_t largest_handle_bytes = 64 * 1024;

/// Switches a terminal's echo off for its own lifetime.
class HiddenTyping {
public:
    HiddenTyping() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        auto hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    HiddenTyping(HiddenTyping const&) = delete;
    HiddenTyping& operator=(HiddenTyping const&) = delete;
    ~HiddenTyping() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }

private:
    termios before_{};
    bool changed_{false};
};

[[nodiscard]] std::string read_limited(std::istream& input) {
    std::string text(largest_handle_bytes + 1, '\0');
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (text.size() > largest_handle_bytes) throw UsageError("--handle: this is no handle");
    return text;
}

}  // namespace

std::string read_code_line() {
    std::string line;
    if (::isatty(STDIN_FILENO) == 1) {
        HiddenTyping const hidden;
        std::cerr << "Code: " << std::flush;
        std::getline(std::cin, line);
        std::cerr << '\n';
    } else {
        std::getline(std::cin, line);
    }
    if (line.empty()) throw UsageError("--code -: standard input holds no code");
    return line;
}

VerificationHandle read_handle(std::string const& source) {
    std::string text;
    if (source == standard_input) {
        text = read_limited(std::cin);
    } else {
        std::ifstream file(source, std::ios::binary);
        if (!file) throw UsageError("--handle: the file cannot be read");
        text = read_limited(file);
    }
    boost::system::error_code error;
    auto json = boost::json::parse(text, error);
    if (error) throw UsageError("--handle: this is not JSON");
    // The whole `--json` object of `otp send` serves, too: `otp send --json | otp verify ...`.
    if (auto const* object = json.if_object(); object != nullptr && object->contains("handle")) {
        boost::json::value handle = object->at("handle");
        json = std::move(handle);
    }
    return VerificationHandle::from_json(json).value();
}

PrivateFile::PrivateFile(std::filesystem::path target) {
    std::error_code error;
    target_ = std::filesystem::weakly_canonical(target, error);
    if (error) target_ = std::move(target);
    auto const status = std::filesystem::status(target_, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        throw UsageError("--handle-out: there is something else than a file");
    }
    temporary_ = target_.string() + ".XXXXXX";
    // mkstemp makes it with mode 0600 and refuses to follow a link.
    descriptor_ = ::mkstemp(temporary_.data());
    if (descriptor_ < 0) throw UsageError("--handle-out: no file can be made there");
}

PrivateFile::~PrivateFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

bool PrivateFile::commit(std::string_view text) {
    while (!text.empty()) {
        auto const written = ::write(descriptor_, text.data(), text.size());
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor_) != 0) return false;
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) return false;
    ::close(std::exchange(descriptor_, -1));
    return true;
}

}  // namespace otp::cli
