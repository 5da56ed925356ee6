#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace otp {

/// Counts a client's operations, for shutting down. On the work executor.
class OperationsInFlight {
public:
    /// One of them, from its construction to its end. The counter outlives it.
    class Entry {
    public:
        explicit Entry(OperationsInFlight& operations) : operations_(operations) {
            ++operations_.count_;
        }
        Entry(Entry const&) = delete;
        Entry& operator=(Entry const&) = delete;
        ~Entry() { operations_.leave(); }

    private:
        OperationsInFlight& operations_;
    };

    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    /// `callback` is called once, when the last operation in flight is done. There may be several.
    void when_idle(std::function<void()> callback) { when_idle_.push_back(std::move(callback)); }

private:
    void leave() {
        if (--count_ != 0 || when_idle_.empty()) return;
        for (auto const& callback : std::exchange(when_idle_, {})) callback();
    }

    std::size_t count_{0};
    std::vector<std::function<void()>> when_idle_;
};

}  // namespace otp
