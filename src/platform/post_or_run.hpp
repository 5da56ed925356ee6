#pragma once

#include <boost/asio/post.hpp>

#include <exception>
#include <memory>
#include <utility>

namespace otp::platform {

/// Posts `call`, which completes somebody's operation. If there is no memory even for that, runs it
/// here and now: a completion out of place is better than none, as nobody would ever be told again.
/// So whoever calls this must bear that `call` runs inside.
template <class Executor, class Call>
void post_or_run(Executor const& executor, Call call) {
    std::shared_ptr<Call> kept;
    try {
        // Posted as it is, it would be lost with the attempt.
        kept = std::make_shared<Call>(std::move(call));
        boost::asio::post(executor, [kept] { (*kept)(); });
    } catch (std::exception const&) {
        if (kept) {
            (*kept)();
        } else {
            call();
        }
    }
}

}  // namespace otp::platform
