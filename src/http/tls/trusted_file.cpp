#include "http/tls/trusted_file.hpp"

#include "platform/owned_descriptor.hpp"
#include "platform/resource_failure.hpp"

#include <boost/system/errc.hpp>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace otp::http {
namespace {

namespace errc = boost::system::errc;

constexpr std::size_t max_bytes = std::size_t{16} * 1024 * 1024;

FileFault unreadable(int code) {
    boost::system::error_code const cause(code, boost::system::system_category());
    return {"cannot be read: " + platform::explain(cause), cause};
}

FileFault too_large() {
    return {"is larger than 16 MiB", {}};
}

}  // namespace

bool FileFault::is_lack_of_resources() const noexcept {
    return cause == errc::too_many_files_open || cause == errc::too_many_files_open_in_system ||
           cause == errc::not_enough_memory;
}

FromFile<std::string> read_trusted_file(std::filesystem::path const& file) {
    platform::OwnedDescriptor const opened(
        ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    );
    if (!opened.is_open()) return unreadable(errno);
    struct stat status {};
    if (::fstat(opened.get(), &status) != 0) return unreadable(errno);
    if (S_ISDIR(status.st_mode)) return FileFault{"is a folder: name a file", {}};
    if (!S_ISREG(status.st_mode)) return FileFault{"is not a regular file", {}};
    if (static_cast<std::size_t>(status.st_size) > max_bytes) return too_large();
    // Its size may change while it is read.
    std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
    std::size_t size = 0;
    for (;;) {
        if (size > max_bytes) return too_large();
        if (size == bytes.size()) bytes.resize(2 * size);
        auto const got = ::read(opened.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(errno);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace otp::http
