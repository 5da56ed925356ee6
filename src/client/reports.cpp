#include "client/reports.hpp"

#include "delivery/decide/fault.hpp"
#include "delivery/decide/redact.hpp"
#include "delivery/run/nobody_asked.hpp"
#include "delivery/run/send_call.hpp"

#include <otp/seam/clock.hpp>

#include <string>
#include <utility>

namespace otp {

namespace {

/// Stands where an attempt has its random one; whether a request can be sent does not depend on it.
constexpr std::string_view any_reference = "aaaaaaaaaaaaaaaaaaaa";

/// Why the vendor cannot serve the request; nothing if it can.
std::optional<Error> refusal_of(
    delivery::Instance const& instance, SendOtp const& request, Clock::UtcTime now
) {
    delivery::SendCall call{SendOtp(request)};
    AttemptContext context;
    context.hints_are_fitted = true;
    context.instance = instance.config.name;
    context.now = now;
    context.unique_reference = any_reference;
    context.sent = call.sent_texts(instance.config);
    auto encoded = call.encode(*instance.adapter, context);
    if (encoded) return std::nullopt;
    auto error = std::move(encoded).error();
    delivery::redact_refusal(error, context.sent);
    return error;
}

DecisionReason reason_of(Error const& refusal) {
    auto const fault = delivery::fault_of(refusal, delivery::FailedIn::encoding);
    return fault == delivery::Fault::cannot_serve ? DecisionReason::cannot_serve
                                                  : DecisionReason::refused;
}

}  // namespace

RouteReport report_route(delivery::Plan const& plan, SendOtp const& request, Clock const& clock) {
    RouteReport report;
    report.target = plan.target();
    report.rule = plan.rule;
    auto const now = clock.now();
    for (std::size_t place = 0; place < plan.size(); ++place) {
        auto const& instance = *plan[place];
        auto& candidate = report.candidates.emplace_back();
        candidate.instance = instance.config.name;
        candidate.vendor = instance.config.vendor;
        auto const availability = instance.condition->availability(now);
        if (auto const refusal = refusal_of(instance, request, clock.utc_now())) {
            candidate.reason = reason_of(*refusal);
            candidate.explanation = refusal->message;
        } else if (auto const reason = delivery::why_unavailable(availability, now)) {
            candidate.reason = reason;
            candidate.explanation = delivery::explain_unavailable(*reason, availability, now);
        }
    }
    return report;
}

ReloadReport report_reload(delivery::Roster const& before, delivery::Roster const& after) {
    ReloadReport report;
    for (auto const& instance : after.instances()) {
        auto const& name = instance->config.name;
        auto const earlier = before.instance(name);
        bool const is_kept = earlier && (*earlier)[0] == instance;
        auto& known = is_kept ? report.kept : report.replaced;
        (earlier ? known : report.added).push_back(name);
    }
    for (auto const& instance : before.instances()) {
        auto const& name = instance->config.name;
        if (!after.instance(name)) report.removed.push_back(name);
    }
    return report;
}

std::vector<InstanceHealth> report_health(delivery::Roster const& roster, Clock::TimePoint now) {
    std::vector<InstanceHealth> all;
    for (auto const& instance : roster.instances()) {
        auto& health = all.emplace_back(instance->condition->health(now));
        health.instance = instance->config.name;
        health.vendor = instance->config.vendor;
        health.connections = instance->transport->connections();
    }
    return all;
}

}  // namespace otp
