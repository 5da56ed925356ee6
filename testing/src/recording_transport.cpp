#include "known_values.hpp"
#include "made_up_values.hpp"
#include "masked_exchange.hpp"
#include "new_recording.hpp"

#include <otp/error.hpp>
#include <otp/testing/recording_transport.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>

#include <exception>
#include <iostream>
#include <utility>

namespace otp::testing {

namespace asio = boost::asio;

/// Writes the files of one transport. It lives as long as the last exchange.
class Recorder {
public:
    Recorder(InstanceConfig const& instance, RecordingOptions options)
        : instance_(instance.name), options_(std::move(options)) {
        secrets_.add_secrets_of(instance);
    }

    /// Tells what came of it, and throws nothing.
    void record(HttpRequest const& request, HttpExchange const& exchange) noexcept {
        try {
            RecordingNote note;
            note.instance = instance_;
            note.request =
                std::string(to_string(request.method)) + ' ' + std::string(request.route);
            try {
                write(note, request, exchange);
            } catch (std::exception const& exception) {
                note.problem = exception.what();
            }
            tell(note);
        } catch (...) {
            // No memory for a line: the exchange goes on.
        }
    }

private:
    void write(RecordingNote& note, HttpRequest const& request, HttpExchange const& exchange) {
        if (!exchange.outcome) {
            note.problem = "there was no answer";
            return;
        }
        auto recording =
            mask_exchange(request, *exchange.outcome, options_.sensitive, secrets_, made_up_);
        if (!recording) {
            note.problem = recording.error().message;
            return;
        }
        note.file = save_new_recording(
            std::move(*recording), options_.folder, operation_of_route(request.route)
        );
    }

    void tell(RecordingNote const& note) const {
        if (options_.report) return options_.report(note);
        if (note.problem.empty()) return;
        std::cerr << "otp: not recorded: " << note.instance << ": " << note.request << ": "
                  << note.problem << '\n';
    }

    std::string instance_;
    RecordingOptions options_;
    KnownValues secrets_;
    MadeUpValues made_up_;
};

RecordingTransport::RecordingTransport(
    std::shared_ptr<Transport> inner, InstanceConfig const& instance, RecordingOptions options
)
    : inner_(std::move(inner)),
      recorder_(std::make_shared<Recorder>(instance, std::move(options))) {}

RecordingTransport::~RecordingTransport() {
    close();
}

void RecordingTransport::async_exchange(
    HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler
) {
    auto const slot = asio::get_associated_cancellation_slot(handler);
    auto recorded = [recorder = recorder_,
                     request = request,
                     handler = std::move(handler)](HttpExchange exchange) mutable {
        recorder->record(request, exchange);
        wipe_memory(request.body.data(), request.body.size());
        for (auto& header : request.headers) wipe_memory(header.value.data(), header.value.size());
        std::move(handler)(std::move(exchange));
    };
    inner_->async_exchange(
        std::move(request), deadline, asio::bind_cancellation_slot(slot, std::move(recorded))
    );
}

void RecordingTransport::warm_up(std::size_t count) {
    inner_->warm_up(count);
}

void RecordingTransport::async_check_connection(ReportHandler handler) {
    inner_->async_check_connection(std::move(handler));
}

std::optional<ConnectionCounts> RecordingTransport::connections() const noexcept {
    return inner_->connections();
}

void RecordingTransport::close() noexcept {
    inner_->close();
}

}  // namespace otp::testing
