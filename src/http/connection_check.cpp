#include "http/connection_check.hpp"

#include "platform/post_or_run.hpp"
#include "platform/resource_failure.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>

#include <exception>
#include <string>
#include <utility>

namespace otp::http {
namespace {

namespace asio = boost::asio;

std::string with_port(std::string const& host, std::uint16_t port) {
    bool const needs_brackets = host.find(':') != host.npos;
    return (needs_brackets ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

}  // namespace

ConnectionCheck::ConnectionCheck(OpenerSettings& settings, Transport::ReportHandler handler)
    : settings_(settings), handler_(std::move(handler)) {}

void ConnectionCheck::start(std::function<void()> on_done) {
    on_done_ = std::move(on_done);
    try {
        begin();
    } catch (std::exception const&) {
        fail_later(platform::resource_error(
            "connecting to ", settings_.origin.host, std::current_exception()
        ));
    }
}

void ConnectionCheck::refuse(Error error, std::function<void()> on_done) {
    on_done_ = std::move(on_done);
    fail_later(std::move(error));
}

void ConnectionCheck::fail_later(Error error) {
    platform::post_or_run(
        settings_.executor,
        [self = shared_from_this(), error = std::move(error)]() mutable {
            self->complete(std::move(error));
        }
    );
}

void ConnectionCheck::begin() {
    auto slot = asio::get_associated_cancellation_slot(handler_);
    if (slot.is_connected()) {
        slot.assign([weak = weak_from_this()](asio::cancellation_type) {
            if (auto const self = weak.lock()) self->abort();
        });
    }
    opener_ = std::make_shared<ConnectionOpener>(settings_, &record_);
    opener_->start([self = shared_from_this()](Result<OpenedStream> opened) {
        // As at the end of every connection; it is closed with `opened`.
        if (opened) (*opened).stream->announce_end();
        self->complete(opened ? std::nullopt : std::optional<Error>(std::move(opened).error()));
    });
}

void ConnectionCheck::abort() noexcept {
    if (opener_) opener_->abort();
}

void ConnectionCheck::complete(std::optional<Error> failure) {
    opener_.reset();
    auto report = make_report(std::move(failure));
    if (auto slot = asio::get_associated_cancellation_slot(handler_); slot.is_connected()) {
        slot.clear();
    }
    auto handler = std::move(handler_);
    auto const on_done = std::move(on_done_);
    on_done();
    std::move(handler)(std::move(report));
}

ConnectionReport ConnectionCheck::make_report(std::optional<Error> failure) noexcept {
    ConnectionReport report;
    try {
        record_.end(failure.has_value(), settings_.clock->now());
        record_.move_to(report);
        report.failure = std::move(failure);
        auto const& origin = settings_.origin;
        report.origin =
            (origin.secure ? "https://" : "http://") + with_port(origin.host, origin.port);
        if (auto const& proxy = settings_.proxy) report.proxy = with_port(proxy->host, proxy->port);
    } catch (std::exception const&) {
        report.failure =
            platform::bare_error(ErrorCategory::connect_failed, platform::out_of_memory);
    }
    return report;
}

}  // namespace otp::http
