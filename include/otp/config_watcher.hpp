#pragma once

#include <otp/client.hpp>
#include <otp/config.hpp>
#include <otp/export.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

namespace OTP_EXPORT otp {

/// What a watcher is built with beside its client and its file. All of it is optional.
struct ConfigWatcherOptions {
    /// The configuration is read when nothing has changed for so long: whoever writes several files
    /// has written all of them by then. If changes do not end, it is read after ten times as long.
    /// By the client's clock; 0 (at once) to one hour, and what is beyond is cut.
    std::chrono::milliseconds debounce{200};
    /// Reads the configuration, and may change what the file says. It may throw, `ErrorException`
    /// with the reason. Called where the client does its work, with an absolute path; owns what it
    /// uses, as it may be running yet when the watcher is destroyed on another thread. Empty
    /// function: `load_config` with the client's vendors.
    std::function<ClientConfig(std::filesystem::path const& file)> load;
};

/// Keeps a client's configuration as a file has it: reads it once at the beginning and whenever it
/// or a file that it names changes (`${file:…}`, `ca_file`, `client_certificate`, `client_key`,
/// `crl_file`), and then reloads (`OtpClient::async_reload`).
///
/// - Seen are files that are written to, exchanged, removed and made again, that get other rights;
///   the same of the folders above them; and symbolic links on the way that are exchanged, as
///   Kubernetes does with mounted secrets and configurations. Not seen is what another machine does
///   to a network file system, and what is written through a memory map of a closed file.
/// - One reload at a time. What changes meanwhile leads to another one. Nothing is lost if nothing
///   has changed: instances that are as they were go on.
/// - A configuration that cannot be read or used leaves the old one in use. The client's observers
///   hear of each reload and each failure (`Observer::on_reload`), with up to three of the
///   violations in the message. They hear a warning (`Observer::on_warning`, without an instance)
///   if something cannot be watched.
/// - The environment is that of the process, as in `load_config`.
/// - Executor: that of the client's work. While it watches it counts as work there, so that
///   `io_context::run` does not return, and `thread_pool::join` neither: `stop` it first.
/// - Lifetimes: the client may be moved, and be destroyed before the watcher, which then does
///   nothing more but must still be stopped. The execution context must outlive the watcher. After
///   a fork the parent's goes on, and the child's does nothing.
/// - Thread safety: `stop` and the destructor may be called from inside an observer, and from any
///   thread unless with `Threading::single`. A reload that has begun elsewhere then ends by itself;
///   no other one begins.
class ConfigWatcher {
public:
    /// `client` is one that has not been moved from. A relative path begins at the current folder
    /// of the process. The file need not be there.
    ///
    /// Throws `ErrorException`: `connect_failed` if the process or the user has no descriptor or
    /// memory left, or too many watchers; `config_invalid` if `file` is empty.
    ConfigWatcher(
        OtpClient& client, std::filesystem::path const& file, ConfigWatcherOptions options = {}
    );

    ConfigWatcher(ConfigWatcher const&) = delete;
    ConfigWatcher& operator=(ConfigWatcher const&) = delete;
    /// Stops.
    ~ConfigWatcher();

    /// Watches no longer: no reload begins after this, and the executor has no more work by it as
    /// soon as it has run on. May be called more than once.
    void stop() noexcept;

private:
    class [[gnu::visibility("hidden")]] State;
    std::shared_ptr<State> state_;
};

}  // namespace otp
