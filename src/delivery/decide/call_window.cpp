#include "delivery/decide/call_window.hpp"

#include <algorithm>

namespace otp::delivery {

void CallWindow::add(TimePoint now, bool failed) noexcept {
    advance(now);
    for (auto* const counts : {&slices_[newest_], &all_}) {
        ++counts->calls;
        if (failed) ++counts->failed;
    }
}

void CallWindow::clear() noexcept {
    slices_ = {};
    all_ = {};
}

void CallWindow::advance(TimePoint now) noexcept {
    // A time that was read before another one and is told after it belongs to the newest slice.
    if (now < newest_began_) return;
    auto const begun = (now - newest_began_) / slice_length_;
    newest_began_ += begun * slice_length_;
    // After a whole window nothing is left to drop.
    for (auto left = std::min(begun, TimePoint::rep{slice_count}); left > 0; --left) drop_oldest();
}

void CallWindow::drop_oldest() noexcept {
    newest_ = (newest_ + 1) % slice_count;
    all_.calls -= slices_[newest_].calls;
    all_.failed -= slices_[newest_].failed;
    slices_[newest_] = {};
}

}  // namespace otp::delivery
