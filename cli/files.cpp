#include "files.hpp"

#include "exit_status.hpp"

#include <otp/error.hpp>
#include <otp/secret.hpp>

#include <boost/json/parse.hpp>

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>
#include <termios.h>
#include <unistd.h>

namespace otp::cli {

namespace {

constexpr std::size_t largest_file_bytes = 64 * 1024;

/// Switches a terminal's echo off for its own lifetime.
class HiddenTyping {
public:
    HiddenTyping() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) {
            return;
        }
        auto hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    HiddenTyping(HiddenTyping const&) = delete;
    HiddenTyping& operator=(HiddenTyping const&) = delete;
    ~HiddenTyping() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        }
    }

private:
    termios before_{};
    bool changed_{false};
};

[[nodiscard]] std::string read_limited(std::string_view option, std::istream& input) {
    std::string text(largest_file_bytes + 1, '\0');
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (input.bad() || text.size() > largest_file_bytes) {
        throw UsageError(std::string(option) + ": this is no small file");
    }
    return text;
}

}  // namespace

std::string read_text_file(std::string_view option, std::string const& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input) {
        throw UsageError(std::string(option) + ": the file cannot be read");
    }
    return read_limited(option, input);
}

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
    if (line.empty()) {
        throw UsageError("--code -: standard input holds no code");
    }
    return line;
}

VerificationHandle read_handle(std::string const& source) {
    auto const text = source == standard_input ? read_limited("--handle", std::cin)
                                               : read_text_file("--handle", source);
    boost::system::error_code error;
    auto json = boost::json::parse(text, error);
    if (error) {
        throw UsageError("--handle: this is not JSON");
    }
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
    if (error) {
        target_ = std::move(target);
    }
    auto const status = std::filesystem::status(target_, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        throw UsageError("--handle-out: there is something else than a file");
    }
    temporary_ = target_.string() + '.' + std::string(6, 'X');
    // mkstemp fills the pattern in, makes the file with mode 0600 and follows no link.
    descriptor_ = ::mkstemp(temporary_.data());
    if (descriptor_ < 0) {
        throw UsageError("--handle-out: no file can be made there");
    }
}

PrivateFile::~PrivateFile() {
    if (descriptor_ < 0) {
        return;
    }
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

bool PrivateFile::commit(std::string_view text) {
    while (!text.empty()) {
        auto const written = ::write(descriptor_, text.data(), text.size());
        if (written <= 0) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor_) != 0) {
        return false;
    }
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) {
        return false;
    }
    ::close(std::exchange(descriptor_, -1));
    return true;
}

}  // namespace otp::cli
