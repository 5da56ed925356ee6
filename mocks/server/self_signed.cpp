#include "server/certificate_check.hpp"
#include "server/certificate_issue.hpp"

#include <otp/mocks/self_signed.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace otp::mocks {
namespace {

namespace fs = std::filesystem;

/// The system's reason for the last failure, as an exception.
[[noreturn]] void fail(fs::path const& place, char const* what) {
    auto const reason = std::error_code(errno, std::generic_category()).message();
    throw std::runtime_error(place.string() + " " + what + ": " + reason);
}

/// A file descriptor, closed at the end.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

/// Makes the folder if need be, and keeps other processes from the same until its end.
class LockedFolder {
public:
    explicit LockedFolder(fs::path const& folder) : descriptor_(open(folder)) {
        if (::flock(descriptor_.number(), LOCK_EX) != 0) fail(folder, "cannot be locked");
    }

private:
    static int open(fs::path const& folder) {
        std::error_code error;
        fs::create_directories(folder, error);
        if (error) {
            errno = error.value();
            fail(folder, "cannot be made");
        }
        int const opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (opened < 0) fail(folder, "cannot be opened");
        return opened;
    }

    Descriptor descriptor_;
};

/// Writes a file that is not there yet.
void write_new(fs::path const& file, std::string_view text, mode_t mode) {
    Descriptor const descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    );
    if (descriptor.number() < 0) fail(file, "cannot be written");
    while (!text.empty()) {
        auto const written = ::write(descriptor.number(), text.data(), text.size());
        if (written < 0) fail(file, "cannot be written");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void write_all(MockTls const& files, IssuedCertificate const& issued) {
    try {
        write_new(files.key, issued.key, S_IRUSR | S_IWUSR);
        write_new(files.certificate, issued.certificate, 0644);
        write_new(files.authority, issued.authority, 0644);
    } catch (std::runtime_error const&) {
        // None was there before: a part of them would be refused for ever.
        for (auto const& file : {files.key, files.certificate, files.authority}) {
            ::unlink(file.c_str());
        }
        throw;
    }
}

[[noreturn]] void refuse(std::string const& reason, fs::path const& folder) {
    throw std::runtime_error(
        reason +
        "; nothing is overwritten: remove authority.pem, certificate.pem and key.pem from " +
        folder.string() + ", or name another folder"
    );
}

void check_files(
    MockTls const& files, fs::path const& folder, std::vector<std::string> const& names
) {
    auto const fault = certificate_fault(files.authority, files.certificate, files.key, names);
    if (!fault.empty()) refuse(fault, folder);
    struct stat key {};
    if (::stat(files.key.c_str(), &key) != 0) fail(files.key, "cannot be read");
    if ((key.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        throw std::runtime_error("others may read " + files.key.string() + ": chmod 600 it");
    }
}

std::vector<std::string> covered_names(std::string const& host) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    // A server on all addresses is called by the loopback one.
    bool const is_new = std::ranges::find(names, host) == names.end();
    if (!host.empty() && is_new && host != "0.0.0.0" && host != "::") names.push_back(host);
    return names;
}

}  // namespace

SelfSigned self_signed(fs::path const& folder, std::string const& host) {
    LockedFolder const lock(folder);
    auto const names = covered_names(host);
    MockTls const files{folder / "certificate.pem", folder / "key.pem", folder / "authority.pem"};
    std::array const all{files.authority, files.certificate, files.key};
    auto const there = std::ranges::count_if(all, [](fs::path const& file) {
        return fs::exists(fs::symlink_status(file));
    });
    if (there == 0) {
        write_all(files, issue_certificate(names));
    } else {
        check_files(files, folder, names);
    }
    return {files, there != 0};
}

}  // namespace otp::mocks
