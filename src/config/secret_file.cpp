#include "config/secret_file.hpp"

#include "config/wording.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace otp::config {

namespace {

constexpr std::size_t max_secret_bytes = std::size_t{64} * 1024;

class OpenFile {
public:
    // O_NONBLOCK: a named pipe must be refused, not waited for.
    explicit OpenFile(std::filesystem::path const& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {}
    OpenFile(OpenFile const&) = delete;
    OpenFile& operator=(OpenFile const&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
    int descriptor_;
};

// Bytes that are wiped when they are no longer needed.
class SecretBuffer {
public:
    SecretBuffer() = default;
    SecretBuffer(SecretBuffer const&) = delete;
    SecretBuffer& operator=(SecretBuffer const&) = delete;
    ~SecretBuffer() { wipe_memory(bytes_.data(), bytes_.size()); }

    // The number of bytes read; nothing on an error of the system.
    std::optional<std::size_t> fill(int descriptor) {
        std::size_t size = 0;
        while (size < bytes_.size()) {
            auto const got = ::read(descriptor, bytes_.data() + size, bytes_.size() - size);
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return std::nullopt;
            }
            if (got == 0) {
                break;
            }
            size += static_cast<std::size_t>(got);
        }
        return size;
    }
    [[nodiscard]] std::string_view text(std::size_t size) const { return {bytes_.data(), size}; }

private:
    std::array<char, max_secret_bytes + 1> bytes_{};
};

std::string real_path_of(int descriptor) {
    std::error_code error;
    auto const path =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), error);
    return error ? std::string() : path.string();
}

Mistake cannot_read(std::filesystem::path const& file, int error) {
    return {"cannot read " + path_in_quotes(file) + ": " + std::generic_category().message(error)};
}

std::string_view without_line_break(std::string_view text) {
    if (text.ends_with('\n')) {
        text.remove_suffix(1);
        if (text.ends_with('\r')) {
            text.remove_suffix(1);
        }
    }
    return text;
}

bool is_below(std::string_view path, std::string_view folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string octal(mode_t mode) {
    std::string digits = "0000";
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, mode >>= 3U) {
        *digit = static_cast<char>('0' + (mode & 7U));
    }
    return digits;
}

}  // namespace

std::optional<Mistake> secret_file_mistake(uid_t owner, mode_t mode, std::string_view real_path) {
    bool const only_owner = (mode & (S_IRWXG | S_IRWXO)) == 0;
    bool const root_and_group = owner == 0 && (mode & (S_IWGRP | S_IXGRP | S_IRWXO)) == 0;
    bool const mounted_by_root =
        owner == 0 && (mode & (S_IWGRP | S_IWOTH)) == 0 &&
        (is_below(real_path, "/run/secrets") || is_below(real_path, "/run/credentials"));
    if (only_owner || root_and_group || mounted_by_root) {
        return std::nullopt;
    }
    return Mistake{
        "others can access the file (mode " + octal(mode & 07777U) +
        "): use 0600, or 0640 if root owns it; files of root's below /run/secrets or "
        "/run/credentials may be 0444"};
}

Checked<Secret> read_secret_file(std::filesystem::path const& file) {
    OpenFile const open(file);
    struct stat status {};
    if (open.descriptor() < 0 || ::fstat(open.descriptor(), &status) != 0) {
        return cannot_read(file, errno);
    }
    auto const name = path_in_quotes(file);
    if (!S_ISREG(status.st_mode)) {
        return Mistake{name + " is not a regular file"};
    }
    auto const refused =
        secret_file_mistake(status.st_uid, status.st_mode, real_path_of(open.descriptor()));
    if (refused) {
        return Mistake{name + ": " + refused->text};
    }
    SecretBuffer buffer;
    auto const size = buffer.fill(open.descriptor());
    if (!size) {
        return cannot_read(file, errno);
    }
    if (*size > max_secret_bytes) {
        return Mistake{name + " is longer than 64 KiB"};
    }
    auto const text = without_line_break(buffer.text(*size));
    if (text.empty()) {
        return Mistake{name + " is empty"};
    }
    return Secret(text);
}

}  // namespace otp::config
