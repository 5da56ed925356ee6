#include "platform/resource_failure.hpp"

#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>
#include <fcntl.h>
#include <new>
#include <system_error>
#include <unistd.h>

namespace otp::platform {

namespace {

namespace errc = boost::system::errc;

std::string_view advice(boost::system::error_code const& error) {
    if (error == errc::too_many_files_open) return "raise the limit (ulimit -n)";
    if (error == errc::too_many_files_open_in_system) {
        return "the machine's limit is reached (fs.file-max)";
    }
    if (error == errc::no_space_on_device) {
        return "the user's limit of watched sockets is reached (fs.epoll.max_user_watches)";
    }
    return {};
}

std::string reason_of(std::exception_ptr const& thrown) {
    if (!thrown) return {};
    try {
        std::rethrow_exception(thrown);
    } catch (std::bad_alloc const&) {
        return std::string(out_of_memory);
    } catch (boost::system::system_error const& failure) {
        return explain(failure.code());
    } catch (std::system_error const& failure) {
        return explain(failure.code());
    } catch (...) {
        return {};
    }
}

}  // namespace

std::string explain(boost::system::error_code const& error) {
    std::string text = error.message();
    auto const what_to_do = advice(error);
    if (!what_to_do.empty()) {
        text += ": ";
        text += what_to_do;
    }
    return text;
}

std::optional<boost::system::error_code> lack_of_descriptors() noexcept {
    int const probe = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (probe < 0 && (errno == EMFILE || errno == ENFILE)) {
        return boost::system::error_code(errno, boost::system::system_category());
    }
    if (probe >= 0) ::close(probe);
    return std::nullopt;
}

Error resource_error(
    std::string_view what, std::string_view whom, std::exception_ptr const& thrown
) noexcept {
    try {
        std::string message(what);
        message += whom;
        auto const reason = reason_of(thrown);
        if (reason.empty()) {
            return Error(ErrorCategory::internal, message += " failed unexpectedly");
        }
        message += " failed: ";
        return Error(ErrorCategory::connect_failed, message += reason);
    } catch (std::exception const&) {
        return bare_error(ErrorCategory::connect_failed, out_of_memory);
    }
}

Error bare_error(ErrorCategory category, std::string_view message) noexcept {
    try {
        return Error(category, std::string(message));
    } catch (std::exception const&) {
        // Short enough for a string without memory of its own.
        return Error(category, std::string(out_of_memory));
    }
}

}  // namespace otp::platform
