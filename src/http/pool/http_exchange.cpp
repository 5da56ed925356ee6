#include "http/pool/http_exchange.hpp"

#include "platform/post_or_run.hpp"
#include "platform/resource_failure.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>

#include <exception>

namespace otp::http {

namespace asio = boost::asio;

Exchange::Exchange(
    std::shared_ptr<Dispatcher> dispatcher,
    HttpRequest&& request,
    Clock::TimePoint deadline,
    Handler&& handler
)
    : dispatcher_(std::move(dispatcher)),
      request_(std::move(request)),
      deadline_(deadline),
      handler_(std::move(handler)) {}

void Exchange::begin() {
    keep_alive_ = shared_from_this();
    dispatcher_->enter(*this);
    set_limit();
    connect_cancellation();
}

void Exchange::set_limit() {
    auto by = waits_for_first_byte_ ? first_byte_by_ : deadline_;
    auto const& commit = request_.commit_deadline;
    waits_for_commit_ = commit && *commit < by && bytes_taken() == 0;
    if (waits_for_commit_) by = *commit;
    dispatcher_->settings().deadlines->set(*this, by);
}

void Exchange::connect_cancellation() {
    auto slot = asio::get_associated_cancellation_slot(*handler_);
    if (!slot.is_connected()) return;
    slot.assign([weak = weak_from_this()](asio::cancellation_type) {
        if (auto const self = weak.lock()) {
            self->must_post_ = true;
            self->stop(platform::bare_error(ErrorCategory::cancelled, "cancelled by the caller"));
        }
    });
}

void Exchange::start(std::shared_ptr<Connection> connection, bool reused, Clock::TimePoint now) {
    connection_ = std::move(connection);
    // Before whatever may fail: from now on what is asked of the connection is about this request.
    connection_->begin(*this);
    reused_connection_ = reused;
    auto const& settings = dispatcher_->settings();
    first_byte_by_ = time_after(now, settings.limits.first_byte_timeout);
    waits_for_first_byte_ = first_byte_by_ < deadline_;
    if (waits_for_first_byte_) set_limit();
    dispatcher_->write(request_, *connection_);
    must_post_ = false;
}

void Exchange::on_first_byte() {
    end_first_byte_limit();
}

void Exchange::end_first_byte_limit() {
    if (!waits_for_first_byte_) return;
    waits_for_first_byte_ = false;
    set_limit();
}

void Exchange::on_response(HttpResponse&& response) {
    bool const read_to_its_end = response.body_problem.empty();
    HttpExchange exchange{Result<HttpResponse>(std::move(response))};
    exchange.phase = read_to_its_end ? ExchangePhase::done : ExchangePhase::reading;
    exchange.bytes_taken = bytes_taken();
    exchange.reused_connection = reused_connection_;
    dispatcher_->give_back(std::move(connection_));
    complete(std::move(exchange));
}

void Exchange::on_failure(Error error) {
    // It may be gone before the dispatcher has done its part.
    auto const dispatcher = dispatcher_;
    if (may_start_anew()) {
        try {
            wait_for_fresh_connection();
        } catch (std::exception const&) {
            return stop_for(std::current_exception());
        }
        return dispatcher->serve_waiters();
    }
    stop(std::move(error));
}

bool Exchange::may_start_anew() const noexcept {
    if (!reused_connection_ || wants_fresh_connection_) return false;
    // RFC 9110 9.2.2: a request of which nothing left this machine was never applied; and one that
    // is known to change nothing may be applied twice.
    bool const untouched = connection_->bytes_taken() == 0;
    bool const unanswered = connection_->request_phase() != ExchangePhase::reading;
    return untouched || (request_.repeatable && unanswered);
}

std::uint64_t Exchange::bytes_taken() const noexcept {
    return bytes_lost_ + (connection_ ? connection_->bytes_taken() : 0);
}

void Exchange::wait_for_fresh_connection() {
    bytes_lost_ = bytes_taken();
    drop_connection();
    wants_fresh_connection_ = true;
    // The dead connection's limit is none of the next one's.
    end_first_byte_limit();
    dispatcher_->wait_first(*this);
}

std::string Exchange::describe_timeout() const {
    if (waits_for_commit_) return "no byte of the request had left within commit_timeout";
    if (phase() == ExchangePhase::writing) return "the request could not be written in time";
    if (waits_for_first_byte_) return "no response came within first_byte_timeout";
    if (connection_) return "no complete response came in time";
    auto const opening = dispatcher_->describe_opening(*this);
    if (opening.empty()) return "no connection was free in time";
    return "no connection was ready in time, but still " + opening;
}

void Exchange::on_deadline() {
    if (waits_for_commit_ && bytes_taken() != 0) {
        try {
            return set_limit();
        } catch (std::exception const&) {
            return stop_for(std::current_exception());
        }
    }
    Error error = timeout_error();
    if (connection_ && connection_->refusal_known()) {
        return on_response(connection_->take_refusal(std::move(error.message)));
    }
    stop(std::move(error));
}

Error Exchange::timeout_error() const {
    try {
        return Error(ErrorCategory::timeout, describe_timeout());
    } catch (std::exception const&) {
        return platform::bare_error(ErrorCategory::timeout, platform::out_of_memory);
    }
}

ExchangePhase Exchange::phase() const noexcept {
    return connection_ ? connection_->request_phase() : dispatcher_->opening_phase(*this);
}

void Exchange::stop(Error error) {
    if (!handler_) return;
    auto const keep = shared_from_this();
    // The reason why there is no connection brings its own.
    if (!error.phase) error.phase = phase();
    // A refusal whose header came is one, although the caller no longer waits for its body.
    if (connection_) error.http_status = connection_->response_status();
    auto const reached = *error.phase;
    HttpExchange exchange{Result<HttpResponse>(std::move(error))};
    exchange.phase = reached;
    exchange.reused_connection = reused_connection_;
    exchange.bytes_taken = bytes_taken();
    drop_connection();
    complete(std::move(exchange));
    dispatcher_->serve_waiters();
}

void Exchange::abandon() noexcept {
    auto const keep = std::move(keep_alive_);
    drop_connection();
    auto const handler = end();
}

void Exchange::leave_to_parent() noexcept {
    must_post_ = true;
    if (bytes_taken() == 0) bytes_lost_ = 1;
}

void Exchange::stop_for(std::exception_ptr const& thrown) {
    auto error =
        platform::resource_error("a request to ", dispatcher_->settings().origin.host, thrown);
    if (bytes_taken() != 0 && error.category == ErrorCategory::connect_failed) {
        error.category = ErrorCategory::connection_lost;
    }
    stop(std::move(error));
}

void Exchange::drop_connection() noexcept {
    if (!connection_) return;
    dispatcher_->discard(*connection_);
    connection_.reset();
}

Exchange::Handler Exchange::end() {
    Handler handler(std::move(*handler_));
    handler_.reset();
    dispatcher_->leave(*this);
    dispatcher_->settings().deadlines->remove(*this);
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.clear();
    }
    return handler;
}

void Exchange::complete(HttpExchange&& exchange) {
    auto const keep = std::move(keep_alive_);
    auto handler = end();
    if (!must_post_) return std::move(handler)(std::move(exchange));
    platform::post_or_run(
        dispatcher_->settings().executor,
        [handler = std::move(handler), exchange = std::move(exchange)]() mutable {
            std::move(handler)(std::move(exchange));
        }
    );
}

}  // namespace otp::http
