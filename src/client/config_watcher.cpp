#include "client/client_state.hpp"
#include "config/named_files.hpp"
#include "config/wording.hpp"
#include "platform/dispatch_surely.hpp"
#include "platform/folder_watch.hpp"
#include "platform/names_on_way.hpp"
#include "platform/post_or_run.hpp"
#include "platform/process_mark.hpp"
#include "platform/resource_failure.hpp"

#include <otp/config_watcher.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/system/errc.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace otp {

namespace {

namespace fs = std::filesystem;
namespace errc = boost::system::errc;
using boost::system::error_code;

/// How many times as long as `debounce` changes may go on before the configuration is read.
constexpr int longest_wait = 10;

/// How often the way to the files may change while watches are being set.
constexpr int most_looks = 5;

fs::path absolute_path(fs::path const& file) {
    std::error_code error;
    auto path = fs::absolute(file, error);
    if (file.empty() || error) {
        throw ErrorException(Error(
            ErrorCategory::config_invalid,
            "cannot watch the configuration " + config::path_in_quotes(file)
        ));
    }
    return path;
}

std::optional<fs::path> read_link(fs::path const& place) {
    std::error_code no_link;
    auto target = fs::read_symlink(place, no_link);
    if (no_link) return std::nullopt;
    return target;
}

/// Nobody else is given the error, so the message names what is wrong.
std::string whole_message(Error const& error) {
    constexpr std::size_t most_violations = 3;
    auto message = error.message;
    for (std::size_t i = 0; i < std::min(error.violations.size(), most_violations); ++i) {
        auto const& [pointer, text] = error.violations[i];
        message += "; ";
        message += pointer;
        message += pointer.empty() ? "" : ": ";
        message += text;
    }
    return message;
}

void tell_failure(ClientState& client, Error const& error) noexcept {
    std::string message;
    try {
        message = whole_message(error);
    } catch (std::exception const&) {
        message.clear();  // without memory the error's own must do
    }
    Reloaded event;
    event.failure = error.category;
    event.message = message.empty() ? std::string_view(error.message) : message;
    for (auto const& observer : client.environment().observers) observer->on_reload(event);
}

void tell_thrown(ClientState& client, std::exception_ptr const& thrown) noexcept {
    try {
        std::rethrow_exception(thrown);
    } catch (ErrorException const& refused) {
        tell_failure(client, refused.error());
    } catch (...) {
        tell_failure(client, platform::resource_error("reading the configuration", {}, thrown));
    }
}

void tell_warning(ClientState& client, std::string message) {
    Warning const warning{{}, {}, std::move(message)};
    for (auto const& observer : client.environment().observers) observer->on_warning(warning);
}

/// What is not there yet, or not for us to look at, is no lack: of the first its folder is watched,
/// and of a file in the second the file itself.
bool is_worth_telling(platform::FolderWatch::Unwatched const& one) {
    return one.reason != errc::no_such_file_or_directory && one.reason != errc::not_a_directory &&
           one.reason != errc::permission_denied;
}

}  // namespace

/// All but construction happens on the client's work executor.
class ConfigWatcher::State final : public platform::FolderListener,
                                   public std::enable_shared_from_this<State> {
public:
    State(
        std::shared_ptr<ClientState> const& client,
        fs::path const& file,
        ConfigWatcherOptions&& options
    )
        : client_(client),
          executor_(client->executor().work()),
          clock_(client->environment().clock),
          file_(absolute_path(file)),
          load_(std::move(options.load)),
          debounce_(std::clamp<std::chrono::milliseconds>(
              options.debounce, std::chrono::milliseconds(0), std::chrono::hours(1)
          )),
          timer_(clock_->make_timer(executor_)),
          watch_(platform::FolderWatch::make(executor_).value()) {}

    void start() noexcept {
        platform::post_or_run(executor_, [self = shared_from_this()] {
            if (self->stopped_) return;
            self->watch_->start(self);
            self->reload();
        });
    }

    /// From any thread.
    void stop() noexcept {
        stopped_ = true;
        platform::dispatch_surely(executor_, [self = shared_from_this()] { self->close(); });
    }

private:
    void on_folder_change() noexcept override {
        auto const now = clock_->now();
        if (!first_change_) first_change_ = now;
        due_ = std::min(
            time_after(now, debounce_), time_after(*first_change_, longest_wait * debounce_)
        );
        if (!waiting_) wait();
    }

    void on_folder_watch_end(error_code reason) noexcept override {
        auto const client = client_.lock();
        if (!client) return;
        try {
            tell_warning(
                *client,
                "the configuration is watched no longer: " + platform::explain_watch(reason)
            );
        } catch (std::exception const&) {
            tell_thrown(*client, std::current_exception());
        }
    }

    void wait() noexcept {
        try {
            timer_->async_wait_until(due_, [self = shared_from_this()](error_code cancelled) {
                self->on_wait_over(cancelled);
            });
            waiting_ = true;
        } catch (std::exception const&) {
            // Too early is better than never.
            settle();
        }
    }

    void on_wait_over(error_code cancelled) noexcept {
        waiting_ = false;
        if (cancelled) return;
        if (clock_->now() < due_) return wait();
        settle();
    }

    void settle() noexcept {
        first_change_.reset();
        reload();
    }

    void reload() noexcept {
        if (stopped_ || !process_.is_this()) return;
        auto const client = client_.lock();
        if (!client || client->closing()) return close();
        try {
            watch_files(*client);
            auto config = load_ ? load_(file_) : load_config(file_, client->options().vendors);
            watch_files_of(*client, config);
            // It is carried out in here, as this is its executor. Observers hear the outcome.
            OtpClient::start_reload(client, std::move(config), [](auto const&) {});
        } catch (...) {
            tell_thrown(*client, std::current_exception());
        }
    }

    /// Watches all that the configuration names before any of it is read, so that nothing changes
    /// unseen in between.
    void watch_files(ClientState& client) {
        auto names = names_to_watch();
        for (int looks = 1;; ++looks) {
            auto const unwatched = watch_->watch(names);
            auto names_now = names_to_watch();
            if (names_now == names || looks == most_looks) return tell_unwatched(client, unwatched);
            names = std::move(names_now);
        }
    }

    /// What `load` may have added.
    void watch_files_of(ClientState& client, ClientConfig const& config) {
        auto files = config::tls_files(config);
        for (auto& file : files) file = fs::absolute(file);
        if (files == used_) return;
        used_ = std::move(files);
        watch_files(client);
    }

    /// A file that is no JSON names what it named before.
    std::vector<platform::WatchedName> names_to_watch() {
        if (auto named = config::files_named_in(file_)) named_ = std::move(*named);
        auto names = platform::names_on_way(file_, read_link);
        for (auto const* const files : {&named_, &used_}) {
            for (auto const& file : *files) {
                auto more = platform::names_on_way(file, read_link);
                names.insert(names.end(), more.begin(), more.end());
            }
        }
        return names;
    }

    /// Each time that it is another one.
    void tell_unwatched(
        ClientState& client, std::vector<platform::FolderWatch::Unwatched> const& unwatched
    ) {
        auto const one = std::find_if(unwatched.begin(), unwatched.end(), is_worth_telling);
        std::string lack;
        if (one != unwatched.end()) {
            lack = "changes of the configuration may go unnoticed: cannot watch " +
                   config::path_in_quotes(one->place) + ": " + platform::explain_watch(one->reason);
        }
        if (!lack.empty() && lack != lack_) tell_warning(client, lack);
        lack_ = std::move(lack);
    }

    void close() noexcept {
        watch_->close();
        timer_->cancel();
    }

    platform::ProcessMark process_;
    std::weak_ptr<ClientState> client_;
    boost::asio::any_io_executor executor_;
    std::shared_ptr<Clock> clock_;
    fs::path file_;
    std::function<ClientConfig(fs::path const&)> load_;
    std::chrono::milliseconds debounce_;
    std::unique_ptr<ClockTimer> timer_;
    std::shared_ptr<platform::FolderWatch> watch_;
    std::atomic<bool> stopped_{false};

    /// What the file names, and the TLS files of the configuration that it was read to.
    std::vector<fs::path> named_;
    std::vector<fs::path> used_;
    /// What could not be watched, as it was told last.
    std::string lack_;

    bool waiting_{false};
    /// The first of the changes that have not led to a reload yet, and when they will.
    std::optional<Clock::TimePoint> first_change_;
    Clock::TimePoint due_;
};

ConfigWatcher::ConfigWatcher(
    OtpClient& client, std::filesystem::path const& file, ConfigWatcherOptions options
)
    : state_(std::make_shared<State>(client.state_, file, std::move(options))) {
    state_->start();
}

ConfigWatcher::~ConfigWatcher() {
    stop();
}

void ConfigWatcher::stop() noexcept {
    state_->stop();
}

}  // namespace otp
