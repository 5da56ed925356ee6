#include <otp/error.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/request_match.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

// Another method or target means another endpoint: that is farther away than any number of fields.
std::size_t distance(Differences const& differences) {
    auto const elsewhere =
        std::count_if(differences.begin(), differences.end(), [](std::string const& what) {
            return what == "method differs" || what == "target differs";
        });
    return differences.size() + 1000 * static_cast<std::size_t>(elsewhere);
}

std::string summary(HttpRequest const& request) {
    // The route and not the target, which may hold a customer's id.
    return std::string(to_string(request.method)) + ' ' + std::string(request.route);
}

Error unmatched_error(
    HttpRequest const& request, Recording const* nearest, Differences const& differences
) {
    auto message = "no recording matches " + summary(request);
    if (!nearest) {
        message += ": there are no recordings";
    } else if (differences.empty()) {
        message += ": \"" + nearest->name + "\" was already served, and each is served once";
    } else {
        message += "; the nearest is \"" + nearest->name + "\":";
        auto separator = " ";
        for (auto const& difference : differences) {
            message += std::exchange(separator, ", ") + difference;
        }
    }
    return Error(ErrorCategory::internal, std::move(message), Delivery::not_sent);
}

}  // namespace

Replay::Replay(std::vector<Recording> recordings, Serve serve) : serve_(serve) {
    entries_.reserve(recordings.size());
    for (auto& recording : recordings) entries_.push_back(Entry{std::move(recording)});
}

Result<HttpResponse> Replay::answer(HttpRequest const& request) {
    std::lock_guard const lock(mutex_);
    Recording const* nearest = nullptr;
    Differences nearest_differences;
    auto nearest_distance = std::numeric_limits<std::size_t>::max();
    for (auto& entry : entries_) {
        auto differences = compare(entry.recording, request);
        if (differences.empty() && (entry.served == 0 || serve_ == Serve::repeat)) {
            ++entry.served;
            return entry.recording.response.to_response();
        }
        if (auto const its_distance = distance(differences); its_distance < nearest_distance) {
            nearest = &entry.recording;
            nearest_distance = its_distance;
            nearest_differences = std::move(differences);
        }
    }
    ++unmatched_;
    return unmatched_error(request, nearest, nearest_differences);
}

std::vector<std::string> Replay::unused() const {
    std::lock_guard const lock(mutex_);
    std::vector<std::string> names;
    for (auto const& entry : entries_) {
        if (entry.served == 0) names.push_back(entry.recording.name);
    }
    return names;
}

std::size_t Replay::unmatched() const {
    std::lock_guard const lock(mutex_);
    return unmatched_;
}

}  // namespace otp::testing
