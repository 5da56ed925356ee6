#include "files.hpp"

#include "exit_status.hpp"

#include <otp/error.hpp>
#include <otp/json_body.hpp>
#include <otp/secret.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace otp::cli {

namespace {

constexpr char const* where_handles_come_from =
    "; give the file that `otp send --handle-out` wrote, or what `otp send --json` printed";

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

[[nodiscard]] std::string read_limited(std::string_view option, std::istream& input) {
    std::string text(largest_file_bytes + 1, '\0');
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (input.bad() || text.size() > largest_file_bytes) {
        throw UsageError(std::string(option) + ": this is no small file");
    }
    return text;
}

/// The handle itself, which may stand in the whole `--json` object of `otp send`, so that
/// `otp send --json | otp verify ...` works; of a failed one it is the error's.
[[nodiscard]] boost::json::value const& handle_in(boost::json::value const& json) {
    auto const* const object = json.if_object();
    if (object == nullptr) return json;
    if (auto const* const handle = object->if_contains("handle")) return *handle;
    auto const* const error = object->if_contains("error");
    auto const* const members = error != nullptr ? error->if_object() : nullptr;
    auto const* const handle = members != nullptr ? members->if_contains("handle") : nullptr;
    if (handle == nullptr) return json;
    if (handle->is_null()) {
        throw UsageError("--handle: this send failed and left nothing that can be checked");
    }
    return *handle;
}

[[nodiscard]] bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

/// `/version must be ...`; of the whole document `it must be ...`.
[[nodiscard]] std::string first_violation(Error const& error) {
    auto const& [pointer, message] = error.violations.front();
    return scrub_vendor_text((pointer.empty() ? "it" : pointer) + ' ' + message);
}

}  // namespace

std::string read_text_file(std::string_view option, std::string const& file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {
        throw UsageError(std::string(option) + ": this is a directory; give a file");
    }
    std::ifstream input(file, std::ios::binary);
    if (!input) {
        std::error_code const reason(errno, std::generic_category());
        throw UsageError(std::string(option) + ": the file cannot be read: " + reason.message());
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
    if (line.empty()) throw UsageError("--code -: standard input holds no code");
    return line;
}

void refuse_handle(std::string const& reason) {
    throw UsageError("--handle: " + reason + where_handles_come_from);
}

VerificationHandle read_handle(std::string const& source) {
    auto const text = source == standard_input ? read_limited("--handle", std::cin)
                                               : read_text_file("--handle", source);
    if (is_blank(text)) refuse_handle("it is empty");
    auto const json = parse_json_body(text);
    if (!json) refuse_handle("this is not JSON, or only a part of it");
    auto handle = VerificationHandle::from_json(handle_in(*json));
    if (!handle) refuse_handle("this is no handle: " + first_violation(handle.error()));
    return std::move(*handle);
}

}  // namespace otp::cli
