#pragma once

#include "http/connect/connection_opener.hpp"
#include "http/connect/opening_record.hpp"

#include <otp/seam/transport.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace otp::http {

/// Opens one connection as a request's is opened, reports how far that came, and closes it. Lives
/// until it has completed. Not thread-safe.
class ConnectionCheck : public std::enable_shared_from_this<ConnectionCheck> {
public:
    /// `settings` outlives the check's completion.
    ConnectionCheck(OpenerSettings& settings, Transport::ReportHandler handler);

    /// Begins. `on_done` is called on the executor, later, before the handler.
    void start(std::function<void()> on_done);

    /// Opens nothing, and reports `error`, otherwise as `start` does.
    void refuse(Error error, std::function<void()> on_done);

    /// Ends the check early, with a report that says so.
    void abort() noexcept;

private:
    void begin();
    void fail_later(Error error);
    void complete(std::optional<Error> failure);
    [[nodiscard]] ConnectionReport make_report(std::optional<Error> failure) noexcept;

    OpenerSettings& settings_;
    Transport::ReportHandler handler_;
    std::function<void()> on_done_;
    OpeningRecord record_;
    std::shared_ptr<ConnectionOpener> opener_;
};

}  // namespace otp::http
