#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/dispatch.hpp>

#include <memory>
#include <utility>

namespace otp {

/// A caller's wish to cancel, on its way from the caller's threads to the client's.
///
/// A cancellation signal and its slot are not thread-safe. Asio's rule is that a signal is emitted
/// where the operation was started and where its handler runs (one strand, usually), so the slot is
/// touched there alone: filled by the initiating call, emptied just before the handler. All else
/// happens on the client's work executor.
class CancelRequest : public std::enable_shared_from_this<CancelRequest> {
public:
    explicit CancelRequest(boost::asio::any_io_executor work_executor)
        : work_executor_(std::move(work_executor)) {}

    /// For the initiating call. Null, at no cost, if the handler cannot be cancelled.
    template <class Handler>
    [[nodiscard]] static std::shared_ptr<CancelRequest> connect(
        Handler const& handler, boost::asio::any_io_executor const& work_executor
    ) {
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (!slot.is_connected()) return nullptr;
        auto request = std::make_shared<CancelRequest>(work_executor);
        slot.assign([request](boost::asio::cancellation_type) { request->forward(); });
        return request;
    }

    /// Just before the handler is called, on its executor.
    template <class Handler>
    static void disconnect(Handler const& handler) {
        if (auto slot = boost::asio::get_associated_cancellation_slot(handler);
            slot.is_connected()) {
            slot.clear();
        }
    }

    /// On the work executor: from now on `operation` is cancelled, at once if it was asked for
    /// before.
    template <class Cancellable>
    void attach(std::weak_ptr<Cancellable> operation) {
        operation_ = std::move(operation);
        cancel_operation_ = [](void* alive) { static_cast<Cancellable*>(alive)->cancel(); };
        if (requested_) cancel();
    }

private:
    void forward() {
        boost::asio::dispatch(work_executor_, [self = shared_from_this()] { self->cancel(); });
    }

    void cancel() {
        requested_ = true;
        if (auto const alive = operation_.lock()) cancel_operation_(alive.get());
    }

    boost::asio::any_io_executor work_executor_;
    std::weak_ptr<void> operation_;
    void (*cancel_operation_)(void*){nullptr};
    bool requested_{false};
};

}  // namespace otp
