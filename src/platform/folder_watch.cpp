#include "platform/folder_watch.hpp"

#include "platform/resource_failure.hpp"

#include <boost/system/errc.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <exception>
#include <sys/inotify.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace otp::platform {

namespace {

namespace asio = boost::asio;
namespace errc = boost::system::errc;
using boost::system::error_code;

/// What happens to names, and that their folder moves. That it goes ends the watch, which is told
/// in any case (`IN_IGNORED`). Not what is written to files: others may write to theirs beside ours
/// all the time.
constexpr std::uint32_t of_names =
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF | IN_ATTRIB;
constexpr std::uint32_t of_content = IN_MODIFY | IN_CLOSE_WRITE;

error_code error_of_system() {
    return {errno, boost::system::system_category()};
}

}  // namespace

Result<std::shared_ptr<FolderWatch>> FolderWatch::make(asio::any_io_executor const& executor) {
    OwnedDescriptor inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!inotify.is_open()) {
        auto const error = error_of_system();
        return Error(ErrorCategory::connect_failed, "cannot watch files: " + explain_watch(error));
    }
    try {
        return std::make_shared<FolderWatch>(executor, inotify);
    } catch (std::exception const&) {
        return resource_error("watching files", {}, std::current_exception());
    }
}

FolderWatch::FolderWatch(asio::any_io_executor const& executor, OwnedDescriptor& inotify)
    : inotify_(executor, inotify.get()) {
    inotify.release();
}

void FolderWatch::start(std::weak_ptr<FolderListener> listener) noexcept {
    listener_ = std::move(listener);
    wait();
}

std::vector<FolderWatch::Unwatched> FolderWatch::watch(std::span<WatchedName const> names) {
    if (!inotify_.is_open()) return {};
    decltype(names_) by_place;
    for (auto const& [folder, name] : names) by_place[folder].insert(name);
    decltype(places_) places;
    std::vector<Unwatched> unwatched;
    // Each after the folders above it, so that none is exchanged unseen meanwhile.
    for (auto const& [place, its_names] : by_place) {
        auto const events = of_names | (its_names.contains("") ? of_content : 0U);
        int const watch = ::inotify_add_watch(inotify_.native_handle(), place.c_str(), events);
        if (watch < 0) {
            unwatched.push_back({place, error_of_system()});
        } else {
            places[watch].push_back(place);
        }
    }
    for (auto const& known : places_) {
        auto const watch = known.first;
        if (!places.contains(watch)) ::inotify_rm_watch(inotify_.native_handle(), watch);
    }
    names_ = std::move(by_place);
    places_ = std::move(places);
    return unwatched;
}

void FolderWatch::close() noexcept {
    listener_.reset();
    error_code ignored;
    inotify_.close(ignored);
}

void FolderWatch::wait() noexcept {
    for (;;) {
        try {
            return inotify_.async_wait(
                asio::posix::descriptor_base::wait_read,
                KeptHandler(
                    wait_memory_,
                    [self = shared_from_this()](error_code error) { self->on_wait_over(error); }
                )
            );
        } catch (std::exception const&) {
            // Out of memory. Who gave up now would miss all that is still to come.
            std::this_thread::yield();
        }
    }
}

void FolderWatch::on_wait_over(error_code error) noexcept {
    auto const listener = listener_.lock();
    // The queue is the parent's, too, and what is taken from it in a child is lost there.
    if (!listener || !process_.is_this()) return close();
    bool const changed = !error && read_changes(error);
    if (error) {
        close();
        return listener->on_folder_watch_end(error);
    }
    wait();
    if (changed) listener->on_folder_change();
}

bool FolderWatch::read_changes(error_code& error) noexcept {
    constexpr std::size_t size = 16384;
    alignas(inotify_event) std::array<char, size> buffer;  // NOLINT(*-member-init): read into
    auto const got = ::read(inotify_.native_handle(), buffer.data(), buffer.size());
    if (got < 0 && errno != EAGAIN && errno != EINTR) error = error_of_system();
    bool changed = false;
    for (auto left = std::string_view(buffer.data(), got < 0 ? 0 : static_cast<std::size_t>(got));
         !left.empty();) {
        inotify_event event{};
        std::memcpy(&event, left.data(), sizeof event);
        left.remove_prefix(sizeof event);
        auto const name = left.substr(0, event.len);
        left.remove_prefix(event.len);
        // Zeros fill it up.
        bool const ours = is_watched(event.wd, name.substr(0, name.find('\0')));
        changed = changed || ours || (event.mask & IN_Q_OVERFLOW) != 0;
    }
    return changed;
}

bool FolderWatch::is_watched(int watch, std::string_view name) const noexcept {
    auto const places = places_.find(watch);
    if (places == places_.end()) return false;
    // Whatever happens to a place itself counts, whether it is one or the folder of one.
    if (name.empty()) return true;
    return std::any_of(places->second.begin(), places->second.end(), [&](auto const& place) {
        return names_.at(place).contains(name);
    });
}

std::string explain_watch(error_code const& error) {
    auto const text = error.message();
    if (error == errc::no_space_on_device) {
        return text + ": the user's limit of watches is reached (fs.inotify.max_user_watches)";
    }
    if (error == errc::too_many_files_open && !lack_of_descriptors()) {
        return text + ": the user's limit is reached (fs.inotify.max_user_instances)";
    }
    return explain(error);
}

}  // namespace otp::platform
