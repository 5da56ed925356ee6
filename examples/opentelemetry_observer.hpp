#pragma once

// Spans of what a client does, by the API of opentelemetry-cpp. docs/opentelemetry.md says which
// event becomes what, and has the metrics.

#include <otp/otp.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <exception>
#include <map>
#include <opentelemetry/context/propagation/text_map_propagator.h>
#include <opentelemetry/context/runtime_context.h>
#include <opentelemetry/nostd/shared_ptr.h>
#include <opentelemetry/nostd/string_view.h>
#include <opentelemetry/trace/context.h>
#include <opentelemetry/trace/propagation/http_trace_context.h>
#include <opentelemetry/trace/span.h>
#include <opentelemetry/trace/span_metadata.h>
#include <opentelemetry/trace/span_startoptions.h>
#include <opentelemetry/trace/tracer.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace telemetry {

namespace nostd = opentelemetry::nostd;
namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;

using Span = nostd::shared_ptr<trace::Span>;
using Tracer = nostd::shared_ptr<trace::Tracer>;

inline nostd::string_view text(std::string_view view) {
    return {view.data(), view.size()};
}

/// The one header that a request of the SDK has room for.
class TraceparentCarrier : public context::propagation::TextMapCarrier {
public:
    explicit TraceparentCarrier(std::string_view traceparent = {}) : value(traceparent) {}

    nostd::string_view Get(nostd::string_view key) const noexcept override {
        return key == "traceparent" ? nostd::string_view(value) : nostd::string_view("");
    }
    void Set(nostd::string_view key, nostd::string_view set) noexcept override {
        if (key == "traceparent") value.assign(set.data(), set.size());
    }

    std::string value;
};

/// For `SendOtp::traceparent` and `VerifyOtp::traceparent`.
inline std::string traceparent_of(Span const& span) {
    TraceparentCarrier carrier;
    context::Context empty;
    trace::propagation::HttpTraceContext().Inject(carrier, trace::SetSpan(empty, span));
    return std::move(carrier.value);
}

/// A span for each operation, its parent the request's `traceparent`, and within it one for each
/// attempt. One observer for each client, as operations are known by their number in the client.
class OpenTelemetryObserver : public otp::Observer {
public:
    explicit OpenTelemetryObserver(Tracer tracer) : tracer_(std::move(tracer)) {}

    void on_attempt_begun(otp::AttemptBegun const& event) noexcept override {
        guarded([&] {
            auto& operation = operation_of(event.operation);
            trace::StartSpanOptions options;
            options.kind = trace::SpanKind::kClient;
            options.parent = operation.span->GetContext();
            operation.attempt = tracer_->StartSpan(
                "otp.attempt",
                {{"otp.instance", text(event.instance)}, {"otp.vendor", text(event.vendor)}},
                options
            );
            if (event.attempt > 1) {
                set(operation.attempt, "http.request.resend_count", event.attempt - 1);
            }
        });
    }

    void on_attempt_ended(otp::AttemptEnded const& event) noexcept override {
        guarded([&] {
            auto const& attempt = event.attempt;
            auto& operation = operation_of(event.operation);
            bool const was_begun = event.number > 0 && operation.attempt;
            if (!was_begun) return add_skip(operation.span, attempt);
            auto const span = std::exchange(operation.attempt, Span());
            set(span, "otp.decision", to_string(attempt.decision));
            set(span, "otp.reason", to_string(attempt.reason));
            if (attempt.outcome) {
                set(span, "otp.outcome", to_string(*attempt.outcome));
            } else {
                set(span, "otp.delivery", to_string(attempt.delivery));
            }
            if (attempt.phase) set(span, "otp.phase", to_string(*attempt.phase));
            if (attempt.http_status != 0) {
                set(span, "http.response.status_code", attempt.http_status);
            }
            set_unless_empty(span, "otp.vendor_code", attempt.vendor_code);
            set_unless_empty(span, "otp.request_id", attempt.request_id);
            end(span, attempt.failure);
        });
    }

    void on_wait(otp::WaitBegun const& event) noexcept override {
        guarded([&] {
            std::chrono::duration<double> const seconds = event.wait;
            operation_of(event.operation)
                .span->AddEvent(
                    "otp.wait",
                    {{"otp.instance", text(event.instance)},
                     {"otp.reason", text(to_string(event.reason))},
                     {"otp.wait.duration", seconds.count()}}
                );
        });
    }

    void on_operation_ended(otp::OperationEnded const& event) noexcept override {
        guarded([&] {
            auto const span = operation_of(event.operation).span;
            operations_.erase(event.operation.number);
            set(span, "otp.delivery", to_string(event.delivery));
            set(span, "otp.stop", to_string(event.stop));
            set(span, "otp.attempts", event.attempts);
            set_unless_empty(span, "otp.instance", event.instance);
            end(span, event.failure);
        });
    }

    // The other events belong to no operation: they are for metrics and logs.

private:
    struct Operation {
        Span span;
        /// Null between attempts.
        Span attempt;
    };

    /// Begins it with its first event, which is told as soon as the operation does anything.
    Operation& operation_of(otp::OperationRef const& operation) {
        auto const [place, is_new] = operations_.try_emplace(operation.number);
        if (is_new) {
            trace::StartSpanOptions options;
            TraceparentCarrier const carrier(operation.traceparent);
            auto current = context::RuntimeContext::GetCurrent();
            options.parent = trace::propagation::HttpTraceContext().Extract(carrier, current);
            place->second.span = tracer_->StartSpan(
                operation.kind == otp::OperationKind::send ? "otp.send" : "otp.verify",
                {{"otp.target", text(operation.target)}},
                options
            );
        }
        return place->second;
    }

    static void add_skip(Span const& span, otp::Attempt const& attempt) {
        span->AddEvent(
            "otp.skip",
            {{"otp.instance", text(attempt.instance)},
             {"otp.vendor", text(attempt.vendor)},
             {"otp.reason", text(to_string(attempt.reason))}}
        );
    }

    /// An answered check is no error, whatever the vendor said of the code.
    static void end(Span const& span, std::optional<otp::ErrorCategory> failure) {
        if (failure) {
            set(span, "error.type", to_string(*failure));
            span->SetStatus(trace::StatusCode::kError);
        }
        span->End();
    }

    static void set(Span const& span, char const* name, std::string_view value) {
        span->SetAttribute(name, text(value));
    }
    static void set(Span const& span, char const* name, std::integral auto value) {
        span->SetAttribute(name, static_cast<std::int64_t>(value));
    }
    static void set_unless_empty(Span const& span, char const* name, std::string_view value) {
        if (!value.empty()) set(span, name, value);
    }

    /// No exception may leave an observer: without memory there is no span, and the operation goes
    /// on.
    template <class Report>
    static void guarded(Report const& report) noexcept {
        try {
            report();
        } catch (std::exception const&) {
        }
    }

    Tracer tracer_;
    // Told on the client's strand alone.
    std::map<std::uint64_t, Operation> operations_;
};

}  // namespace telemetry
