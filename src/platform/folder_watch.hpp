#pragma once

#include "platform/handler_memory.hpp"
#include "platform/names_on_way.hpp"
#include "platform/owned_descriptor.hpp"
#include "platform/process_mark.hpp"

#include <otp/result.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/system/error_code.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::platform {

/// Told of what a `FolderWatch` sees, on its executor.
class FolderListener {
public:
    /// Once for all that happened together.
    virtual void on_folder_change() noexcept = 0;
    /// Nothing will be told any more.
    virtual void on_folder_watch_end(boost::system::error_code reason) noexcept = 0;

protected:
    ~FolderListener() = default;
};

/// Tells when something happened to names in folders (inotify).
///
/// - A name: that it came, went, was exchanged for another one, or got other rights.
/// - A place itself: that it was written to, truncated, removed, moved, or got other rights. A file
///   may be written to through another name, such as another mount of it.
/// - So much happened at once that the kernel lost count: taken as if all of it had changed.
///
/// Not seen is what another machine does to a network file system, and what is written through a
/// memory map of a file that is closed already.
///
/// Its pending wait counts as work of the executor, and keeps it alive until `close`. After a fork
/// only the parent is told. Not thread-safe; all that it does happens on its executor.
class FolderWatch : public std::enable_shared_from_this<FolderWatch> {
public:
    /// What cannot be watched.
    struct Unwatched {
        std::filesystem::path place;
        boost::system::error_code reason;
    };

    /// Fails with `connect_failed` if the process or the user has no descriptor, no watch or no
    /// memory left.
    [[nodiscard]] static Result<std::shared_ptr<FolderWatch>> make(
        boost::asio::any_io_executor const& executor
    );

    /// Takes over an inotify instance, which does not block.
    FolderWatch(boost::asio::any_io_executor const& executor, OwnedDescriptor& inotify);
    FolderWatch(FolderWatch const&) = delete;
    FolderWatch& operator=(FolderWatch const&) = delete;
    ~FolderWatch() = default;

    /// Tells `listener` from now on, until it is gone. Called once.
    void start(std::weak_ptr<FolderListener> listener) noexcept;

    /// Watches these names from now on, and no others. Folders that others stand for by now (they
    /// were moved or removed and made again) are watched anew. Nothing is watched after `close`.
    /// Throws `std::bad_alloc`.
    std::vector<Unwatched> watch(std::span<WatchedName const> names);

    /// Nothing is told any more. May be called more than once.
    void close() noexcept;

private:
    using Names = std::set<std::string, std::less<>>;

    void wait() noexcept;
    void on_wait_over(boost::system::error_code error) noexcept;
    [[nodiscard]] bool read_changes(boost::system::error_code& error) noexcept;
    [[nodiscard]] bool is_watched(int watch, std::string_view name) const noexcept;

    ProcessMark process_;
    HandlerMemory wait_memory_;
    boost::asio::posix::stream_descriptor inotify_;
    std::weak_ptr<FolderListener> listener_;
    /// Of each place.
    std::map<std::filesystem::path, Names> names_;
    /// The places of each of the kernel's watches: the same folder may be mounted at several.
    std::map<int, std::vector<std::filesystem::path>> places_;
};

/// Why a place cannot be watched, and what can be done.
[[nodiscard]] std::string explain_watch(boost::system::error_code const& error);

}  // namespace otp::platform
