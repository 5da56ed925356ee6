#include "config/secret_file.hpp"

#include "config/wording.hpp"

#include <otp/secret_text.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

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
        if (descriptor_ >= 0) ::close(descriptor_);
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
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return std::nullopt;
            if (got == 0) break;
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

bool is_below(std::filesystem::path const& path, std::filesystem::path const& folder) {
    std::string_view const text = path.native();
    std::string_view const beginning = folder.native();
    return text.size() > beginning.size() && text.starts_with(beginning) &&
           text[beginning.size()] == '/';
}

std::string octal(mode_t mode) {
    std::string digits = "0000";
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, mode >>= 3U) {
        *digit = static_cast<char>('0' + (mode & 7U));
    }
    return digits;
}

FileRights rights_of(struct stat const& status) {
    return {status.st_uid, status.st_gid, status.st_mode};
}

// A real path's folders from the inmost to the root; none if one of them cannot be looked at.
std::vector<FileRights> rights_of_folders_above(std::filesystem::path const& real_path) {
    std::vector<FileRights> folders;
    auto folder = real_path;
    while (folder.has_relative_path()) {
        folder = folder.parent_path();
        struct stat status {};
        if (::lstat(folder.c_str(), &status) != 0) return {};
        folders.push_back(rights_of(status));
    }
    return folders;
}

SecretFileFacts facts_of(int descriptor, struct stat const& status) {
    SecretFileFacts facts;
    facts.file = rights_of(status);
    facts.process_owner = ::geteuid();
    facts.real_path = real_path_of(descriptor);
    facts.folders = rights_of_folders_above(facts.real_path);
    if (facts.folders.empty()) facts.real_path.clear();
    return facts;
}

bool others_can_write(FileRights const& rights) {
    bool const group_is_others = rights.group != 0 && rights.group != rights.owner;
    return (rights.mode & S_IWOTH) != 0 || ((rights.mode & S_IWGRP) != 0 && group_is_others);
}

bool others_can_read(FileRights const& rights) {
    return (rights.mode & S_IROTH) != 0;
}

std::string mode_in_brackets(FileRights const& rights) {
    return "(mode " + octal(rights.mode & 07777U) + ")";
}

std::optional<Mistake> mistake_in_secret_folder(SecretFileFacts const& facts) {
    if (others_can_write(facts.file)) {
        return Mistake{"others can write the file " + mode_in_brackets(facts.file) + ": use 0644"};
    }
    auto folder_path = facts.real_path.parent_path();
    uid_t owner_inside = facts.file.owner;
    for (auto const& folder : facts.folders) {
        bool const keeps_what_is_inside =
            (folder.mode & S_ISVTX) != 0 && (owner_inside == 0 || owner_inside == folder.owner ||
                                             owner_inside == facts.process_owner);
        if (others_can_write(folder) && !keeps_what_is_inside) {
            return Mistake{
                "others can write the folder " + path_in_quotes(folder_path) + " " +
                mode_in_brackets(folder) + ", and so exchange the file: use 0755"};
        }
        owner_inside = folder.owner;
        folder_path = folder_path.parent_path();
    }
    return std::nullopt;
}

}  // namespace

std::vector<SecretFolder> mounted_secret_folders() {
    std::vector<SecretFolder> folders;
    for (auto const* folder : {"/run/secrets", "/var/run/secrets", "/run/credentials"}) {
        std::error_code not_there;
        auto const real_path = std::filesystem::canonical(folder, not_there);
        if (!not_there) folders.push_back({real_path, false});
    }
    return folders;
}

SecretFileVerdict judge_secret_file(
    SecretFileFacts const& facts, std::span<SecretFolder const> folders
) {
    auto const& file = facts.file;
    bool const only_owner = (file.mode & (S_IRWXG | S_IRWXO)) == 0;
    bool const root_and_group = file.owner == 0 && (file.mode & (S_IWGRP | S_IXGRP | S_IRWXO)) == 0;
    if (only_owner || root_and_group) return {};
    auto const holds = [&facts](SecretFolder const& folder) {
        return is_below(facts.real_path, folder.real_path);
    };
    auto const folder = std::find_if(folders.begin(), folders.end(), holds);
    if (folder == folders.end()) {
        return {
            Mistake{
                "others can access the file " + mode_in_brackets(file) +
                ": use 0600, or 0640 if root owns it; or keep it below /run/secrets, "
                "/var/run/secrets or /run/credentials, or below a folder that \"secret_folders\" "
                "names"},
            {}};
    }
    SecretFileVerdict verdict{mistake_in_secret_folder(facts), {}};
    if (!verdict.mistake && folder->configured && others_can_read(file)) {
        verdict.warning = "can be read by everybody on this machine " + mode_in_brackets(file) +
                          ", as \"secret_folders\" allows";
    }
    return verdict;
}

Checked<SecretFile> read_secret_file(
    std::filesystem::path const& file, std::span<SecretFolder const> folders
) {
    OpenFile const open(file);
    struct stat status {};
    if (open.descriptor() < 0 || ::fstat(open.descriptor(), &status) != 0) {
        return cannot_read(file, errno);
    }
    auto const name = path_in_quotes(file);
    if (!S_ISREG(status.st_mode)) return Mistake{name + " is not a regular file"};
    auto verdict = judge_secret_file(facts_of(open.descriptor(), status), folders);
    if (verdict.mistake) return Mistake{name + ": " + verdict.mistake->text};
    SecretBuffer buffer;
    auto const size = buffer.fill(open.descriptor());
    if (!size) return cannot_read(file, errno);
    if (*size > max_secret_bytes) return Mistake{name + " is longer than 64 KiB"};
    return SecretFile{Secret(trim_secret_text(buffer.text(*size))), std::move(verdict.warning)};
}

}  // namespace otp::config
