#pragma once

#include "client/client_state.hpp"
#include "delivery/roster/roster.hpp"
#include "platform/dispatch_surely.hpp"

#include <memory>
#include <utility>

namespace otp {

class [[gnu::visibility("hidden")]] BorrowedRoster;

/// The roster of now, for a look at it from any thread. Gives it back on the work executor: after a
/// reload it may be the last one that holds the roster, and connections end on their own executor.
class BorrowedRoster {
public:
    explicit BorrowedRoster(ClientState& state) : state_(state), roster_(state.shared_roster()) {}
    BorrowedRoster(BorrowedRoster const&) = delete;
    BorrowedRoster& operator=(BorrowedRoster const&) = delete;
    ~BorrowedRoster() {
        // What was called is kept a little longer than its call: it must let go itself.
        platform::dispatch_surely(
            state_.executor().work(), [roster = std::move(roster_)]() mutable { roster.reset(); }
        );
    }

    [[nodiscard]] delivery::Roster const& operator*() const noexcept { return *roster_; }
    [[nodiscard]] delivery::Roster const* operator->() const noexcept { return roster_.get(); }

private:
    ClientState& state_;
    std::shared_ptr<delivery::Roster const> roster_;
};

}  // namespace otp
