#include "platform/blocking_lookup.hpp"

#include "platform/dispatch_surely.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <cerrno>
#include <csignal>
#include <netdb.h>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace otp::platform {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Threads that an application did not make must not run its signal handlers. For the time of its
/// own life a thread's signals are blocked, and threads that it makes inherit that.
class BlockedSignals {
public:
    BlockedSignals() noexcept {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    BlockedSignals(BlockedSignals const&) = delete;
    BlockedSignals& operator=(BlockedSignals const&) = delete;
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

error_code error_of(int result) noexcept {
    switch (result) {
        case EAI_AGAIN:
            return asio::error::host_not_found_try_again;
        case EAI_FAIL:
            return asio::error::no_recovery;
        case EAI_MEMORY:
            return asio::error::no_memory;
        case EAI_SYSTEM:
            return {errno, boost::system::system_category()};
        default:
            return asio::error::host_not_found;
    }
}

struct Found {
    error_code error{};
    BlockingLookup::Endpoints endpoints{};
};

Found look_up(std::string const& host, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* first = nullptr;
    if (auto const result = ::getaddrinfo(host.c_str(), nullptr, &wanted, &first); result != 0)
        return {error_of(result), {}};
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const list(first, &::freeaddrinfo);
    Found found;
    for (auto const* entry = first; entry != nullptr; entry = entry->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        if (entry->ai_addrlen > endpoint.capacity()) continue;
        std::copy_n(
            reinterpret_cast<char const*>(entry->ai_addr),
            entry->ai_addrlen,
            reinterpret_cast<char*>(endpoint.data())
        );
        endpoint.resize(entry->ai_addrlen);
        endpoint.port(port);
        found.endpoints.push_back(endpoint);
    }
    return found;
}

Found look_up_safely(std::string const& host, std::uint16_t port) noexcept {
    try {
        return look_up(host, port);
    } catch (std::bad_alloc const&) {
        return {asio::error::no_memory, {}};
    }
}

}  // namespace

BlockingLookup::BlockingLookup(asio::any_io_executor const& executor, NameResolver::Handler handler)
    : executor_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
      handler_(std::move(handler)) {}

void BlockingLookup::start(
    std::shared_ptr<BlockingLookup> const& lookup, std::string host, std::uint16_t port
) {
    if (auto const slot = asio::get_associated_cancellation_slot(lookup->handler_);
        slot.is_connected())
        lookup->cancel_with(slot);
    try {
        BlockedSignals const blocked;
        std::thread([lookup, host = std::move(host), port] {
            auto found = look_up_safely(host, port);
            lookup->answer(found.error, std::move(found.endpoints));
        }).detach();
    } catch (std::system_error const& no_thread) {
        lookup->answer({no_thread.code().value(), boost::system::system_category()}, {});
    }
}

void BlockingLookup::cancel_with(asio::cancellation_slot slot) {
    slot.assign([weak = weak_from_this()](asio::cancellation_type) {
        if (auto const self = weak.lock()) self->answer(asio::error::operation_aborted, {});
    });
}

void BlockingLookup::abandon() noexcept {
    std::optional<asio::any_io_executor> executor;
    NameResolver::Handler handler;
    std::lock_guard const lock(mutex_);
    executor_.swap(executor);
    handler = std::move(handler_);
}

// As long as the mutex is held the context cannot end.
void BlockingLookup::answer(error_code error, Endpoints endpoints) {
    std::lock_guard const lock(mutex_);
    if (!executor_) return;
    for (;;) {
        try {
            asio::post(*executor_, [self = shared_from_this(), error, endpoints] {
                self->complete(error, endpoints);
            });
            return;
        } catch (std::bad_alloc const&) {
            // The handler runs on its executor and nowhere else.
            std::this_thread::yield();
        }
    }
}

void BlockingLookup::complete(error_code error, Endpoints endpoints) {
    std::optional<asio::any_io_executor> executor;
    NameResolver::Handler handler;
    {
        std::lock_guard const lock(mutex_);
        // Answered and cancelled at once.
        if (!executor_) return;
        executor_.swap(executor);
        handler = std::move(handler_);
    }
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected())
        slot.clear();
    auto const target =
        asio::get_associated_executor(handler, asio::any_completion_executor(*executor));
    dispatch_surely(
        target,
        [handler = std::move(handler), error, endpoints = std::move(endpoints)]() mutable {
            std::move(handler)(error, std::move(endpoints));
        }
    );
}

}  // namespace otp::platform
