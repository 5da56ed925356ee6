#include <otp/error.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/request_match.hpp>

#include <algorithm>
#include <cstddef>
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
            return what.starts_with("method ") || what.starts_with("target ");
        });
    return differences.size() + 1000 * static_cast<std::size_t>(elsewhere);
}

std::string summary(HttpRequest const& request) {
    // The route and not the target, which may hold a customer's id.
    return std::string(to_string(request.method)) + ' ' + std::string(request.route);
}

std::string listed(Differences const& differences) {
    std::string text;
    auto separator = "";
    for (auto const& difference : differences) text += std::exchange(separator, ", ") + difference;
    return text;
}

Error no_match(HttpRequest const& request, std::string why) {
    return Error(
        ErrorCategory::internal,
        "no recording matches " + summary(request) + std::move(why),
        Delivery::not_sent
    );
}

}  // namespace

Replay::Replay(std::vector<Recording> recordings, Serve serve) : serve_(serve) {
    entries_.reserve(recordings.size());
    for (auto& recording : recordings) entries_.push_back(Entry{std::move(recording)});
}

Result<HttpResponse> Replay::answer(HttpRequest const& request) {
    std::lock_guard const lock(mutex_);
    auto* const entry = serve_ == Serve::in_sequence ? find_next(request) : find(request);
    if (entry != nullptr) {
        ++entry->served;
        return answer_of(entry->recording, request);
    }
    ++unmatched_;
    return serve_ == Serve::in_sequence ? out_of_turn(request) : nothing_like(request);
}

Replay::Entry* Replay::find(HttpRequest const& request) {
    Entry* last = nullptr;
    for (auto& entry : entries_) {
        if (!compare(entry.recording, request).empty()) continue;
        if (entry.served == 0) return &entry;
        last = &entry;
    }
    return serve_ == Serve::repeat ? last : nullptr;
}

Replay::Entry* Replay::next() {
    auto const entry = std::find_if(entries_.begin(), entries_.end(), [](Entry const& candidate) {
        return candidate.served == 0;
    });
    return entry == entries_.end() ? nullptr : &*entry;
}

Replay::Entry* Replay::find_next(HttpRequest const& request) {
    auto* const entry = next();
    return entry != nullptr && compare(entry->recording, request).empty() ? entry : nullptr;
}

Error Replay::out_of_turn(HttpRequest const& request) {
    auto const* const entry = next();
    if (entry == nullptr) return no_match(request, ": all recordings have been served");
    return no_match(
        request,
        ": it is the turn of \"" + entry->recording.name +
            "\": " + listed(compare(entry->recording, request))
    );
}

Error Replay::nothing_like(HttpRequest const& request) const {
    Recording const* nearest = nullptr;
    Differences differences;
    for (auto const& entry : entries_) {
        auto its_differences = compare(entry.recording, request);
        if (nearest != nullptr && distance(its_differences) >= distance(differences)) continue;
        nearest = &entry.recording;
        differences = std::move(its_differences);
    }
    if (nearest == nullptr) return no_match(request, ": there are no recordings");
    auto const name = '"' + nearest->name + '"';
    if (differences.empty()) {
        return no_match(request, ": " + name + " was already served, and each is served once");
    }
    return no_match(request, "; the nearest is " + name + ": " + listed(differences));
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
