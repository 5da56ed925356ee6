#include "http/pool/connection.hpp"

#include "platform/resource_failure.hpp"

#include <otp/secret.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace otp::http {

using namespace std::chrono_literals;

namespace {

template <class Describe>
std::string text_or_lack(Describe const& describe) {
    try {
        return describe();
    } catch (std::exception const&) {
        // Short enough for a string without memory of its own.
        return std::string(platform::out_of_memory);
    }
}

}  // namespace

Connection::Connection(
    std::shared_ptr<SocketWatch> watch,
    platform::OwnedDescriptor socket,
    std::unique_ptr<ByteStream> stream,
    HttpLimits const& limits,
    IdleObserver& observer,
    std::span<char> scratch,
    Clock::TimePoint retires_at
)
    : socket_(std::move(watch), std::move(socket), *this),
      stream_(std::move(stream)),
      limits_(limits),
      observer_(observer),
      scratch_(scratch),
      retires_at_(retires_at),
      idle_limit_(limits.idle_timeout) {}

Connection::~Connection() {
    close();
}

void Connection::begin(ConnectionUser& user) noexcept {
    user_ = &user;
    phase_ = Phase::writing;
    socket_.count_as_work();
    reusable_ = false;
    taken_before_request_ = stream_->bytes_taken();
}

void Connection::write(std::string_view request) {
    reader_.emplace(limits_);
    unread_.clear();

    auto const result = stream_->write(std::span(request.data(), request.size()));
    if (result.status == IoStatus::done && result.size == request.size()) {
        phase_ = Phase::reading;
        return;
    }
    unwritten_ = request.substr(result.size);
    if (result.status == IoStatus::done) {
        write_on();
    } else if (result.status == IoStatus::want_write || result.status == IoStatus::want_read) {
        socket_.watch_for_room();
    } else {
        fail_io(result);
    }
}

std::uint64_t Connection::bytes_taken() const noexcept {
    return stream_ ? stream_->bytes_taken() - taken_before_request_ : 0;
}

void Connection::write_on() {
    while (!unwritten_.empty()) {
        auto const result = stream_->write(std::span(unwritten_.data(), unwritten_.size()));
        switch (result.status) {
            case IoStatus::done:
                wipe_memory(unwritten_.data(), result.size);
                unwritten_.erase(0, result.size);
                continue;
            case IoStatus::want_write:
            case IoStatus::want_read:
                return socket_.watch_for_room();
            default:
                return fail_io(result);
        }
    }
    phase_ = Phase::reading;
    // An answer may have come before the end of the request; it is not reported again.
    read_on();
}

void Connection::on_ready(bool peer_ended) {
    peer_ended_ |= peer_ended;
    switch (phase_) {
        case Phase::idle:
            return on_idle_input();
        case Phase::writing:
            return write_on();
        case Phase::reading:
            return read_on();
        case Phase::closed:
            return;
    }
}

void Connection::read_on() {
    for (;;) {
        auto const result = stream_->read(scratch_);
        if (result.status == IoStatus::want_read) return;
        bool nothing_left = false;
        auto progress = ResponseReader::Progress::incomplete;
        try {
            progress = take_in(result, nothing_left);
        } catch (std::exception const&) {
            return fail_for(std::current_exception());
        }
        switch (progress) {
            case ResponseReader::Progress::complete:
                return finish_response(nothing_left);
            case ResponseReader::Progress::refused:
                return fail_reading();
            case ResponseReader::Progress::incomplete:
                if (result.status != IoStatus::done) return fail_io(result);
        }
    }
}

ResponseReader::Progress Connection::take_in(IoResult const& result, bool& nothing_left) {
    if (result.status != IoStatus::done) {
        return reader_->end_of_stream(result.status == IoStatus::end_of_stream);
    }
    if (!reader_->started()) user_->on_first_byte();
    std::string_view input(scratch_.data(), result.size);
    if (!unread_.empty()) input = unread_.append(input);
    std::size_t consumed = 0;
    auto const progress = reader_->feed(input, consumed);
    nothing_left = consumed == input.size();
    if (progress == ResponseReader::Progress::incomplete) keep_for_later(input.substr(consumed));
    return progress;
}

void Connection::keep_for_later(std::string_view rest) {
    // `rest` may lie inside `unread_`.
    if (unread_.empty()) {
        unread_ = rest;
    } else {
        unread_.erase(0, unread_.size() - rest.size());
    }
}

void Connection::finish_response(bool nothing_left) {
    reusable_ = nothing_left && !peer_ended_ && reader_->keep_alive() &&
                (!stream_->may_have_input() || receives_nothing());
    if (auto const timeout = reader_->keep_alive_timeout()) {
        // One second earlier than the server, so that its FIN does not cross a request.
        std::chrono::milliseconds const announced = std::max(*timeout - 1s, 0s);
        idle_limit_ = std::min(limits_.idle_timeout, announced);
    }
    HttpResponse response = reader_->take();
    reader_.reset();
    phase_ = Phase::idle;
    socket_.input_taken();
    // Last of all: the connection may be gone when this returns.
    std::exchange(user_, nullptr)->on_response(std::move(response));
}

// Bytes that nobody asked for are no response (RFC 9112 9.2). What has come may also be a session
// ticket, which a read takes in without handing out anything.
bool Connection::receives_nothing() {
    return stream_->read(scratch_).status == IoStatus::want_read;
}

std::string Connection::describe_failure(IoResult const& result) const {
    std::string message = stream_->describe(result);
    if (phase_ == Phase::writing) return message += " while the request was written";
    if (reader_ && reader_->started()) return message += " in the middle of the response";
    return message += " before a response came";
}

void Connection::fail_io(IoResult const& result) {
    bool const tls = result.error == boost::system::errc::protocol_error;
    auto const category = tls ? ErrorCategory::tls_failed : ErrorCategory::connection_lost;
    fail(category, text_or_lack([&] { return describe_failure(result); }));
}

void Connection::fail_reading() {
    // Of a refusal it is the body's problem; else the error tells it as the response's.
    auto const describe = [&] { return refusal_known() ? reader_->problem() : reader_->error(); };
    fail(ErrorCategory::bad_response, text_or_lack(describe));
}

void Connection::fail_for(std::exception_ptr const& thrown) {
    fail(
        ErrorCategory::connection_lost,
        platform::resource_error("reading the response", {}, thrown).message
    );
}

void Connection::fail(ErrorCategory category, std::string message) {
    auto const keep = shared_from_this();
    reusable_ = false;
    auto* const user = std::exchange(user_, nullptr);
    socket_.input_taken();
    if (refusal_known()) return user->on_response(take_refusal(std::move(message)));
    user->on_failure(Error(category, std::move(message)));
}

HttpResponse Connection::take_refusal(std::string body_problem) {
    return reader_->take_head(std::move(body_problem));
}

ExchangePhase Connection::request_phase() const noexcept {
    if (phase_ == Phase::writing) return ExchangePhase::writing;
    return reader_ && !reader_->started() ? ExchangePhase::waiting : ExchangePhase::reading;
}

void Connection::become_idle(Clock::TimePoint now) {
    phase_ = Phase::idle;
    idle_since_ = now;
    socket_.run_in_background();
}

void Connection::release_memory() noexcept {
    stream_->release_memory();
    unread_.shrink_to_fit();
    unwritten_.shrink_to_fit();
}

bool Connection::usable(Clock::TimePoint now) {
    if (phase_ != Phase::idle || !reusable_) return false;
    if (now >= idle_until()) return false;
    // Always one look: a FIN or a second answer may have come since the last event, and what the
    // next request would read from it is not its own answer.
    return socket_.is_known_to_be_silent() || stream_->is_silent() || receives_nothing();
}

void Connection::on_idle_input() {
    // Session tickets end here without a byte for us; all else means that the peer is done with the
    // connection, or out of step.
    if (!peer_ended_ && receives_nothing()) return;
    auto const keep = shared_from_this();
    reusable_ = false;
    observer_.on_idle_connection_lost(*this);
}

void Connection::close() noexcept {
    if (phase_ == Phase::closed) return;
    // Between requests only: OpenSSL takes a session that was cut off for one not to be resumed.
    // And not for a parent process, which goes on.
    if (phase_ == Phase::idle && !socket_.is_inherited()) stream_->announce_end();
    phase_ = Phase::closed;
    user_ = nullptr;
    wipe_memory(unwritten_.data(), unwritten_.size());
    socket_.close();
    // The TLS state is freed at once and not with the last who holds the connection.
    taken_before_request_ = 0;
    stream_.reset();
}

}  // namespace otp::http
