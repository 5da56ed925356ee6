#include "field_checks.hpp"

#include <otp/adapter/vendor_fields.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::testing {
namespace {

/// With one of these a field makes a difference, if only by being refused.
constexpr auto probes = std::to_array<std::string_view>({"0", "1", "true", "a probe, no value"});

/// All that a request says, or why it is none.
std::string text_of(Result<HttpRequest> const& request) {
    if (!request) return "refused: " + request.error().message;
    std::string text(request->target());
    for (auto const& header : request->headers) {
        text.append("\n").append(header.name).append(": ").append(header.value);
    }
    return text + "\n\n" + request->body;
}

/// One operation, whose requests are made with other fields.
struct FieldCheck {
    std::string operation;
    std::string vendor;
    VendorFields fields;
    std::vector<SettingDescription> const& known;
    std::function<std::string(VendorFields const&)> encode;
    std::vector<ConformanceFailure>& failures;

    void run() {
        for (auto const& violation : unknown_vendor_fields(fields, vendor, known)) {
            fail(violation.pointer + " is in the request, but not in the description");
        }
        for (auto const& field : known) {
            if (!makes_a_difference(field.name)) {
                fail("the description lists " + field.name + ", but no request depends on it");
            }
        }
    }

private:
    bool makes_a_difference(std::string const& name) {
        auto changed = fields;
        changed[vendor].erase(name);
        auto const without = encode(changed);
        return std::any_of(probes.begin(), probes.end(), [&](std::string_view probe) {
            changed[vendor][name] = probe;
            return encode(changed) != without;
        });
    }

    void fail(std::string what) { failures.push_back({operation + ": field", std::move(what)}); }
};

std::string encode_send(AdapterUnderTest const& subject, VendorFields const& fields) {
    auto send = subject.send;
    send.vendor_fields = fields;
    return text_of(subject.adapter.encode_send(send, subject.context));
}

std::string encode_verify(AdapterUnderTest const& subject, VendorFields const& fields) {
    VerifyOtp verify(subject.verify.handle, subject.verify.code.clone());
    verify.client = subject.verify.client;
    verify.vendor_fields = fields;
    return text_of(subject.adapter.encode_verify(verify, subject.context));
}

}  // namespace

void check_fields(AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures) {
    auto const& vendor = subject.adapter.vendor();
    FieldCheck{
        "send",
        vendor.name,
        subject.send.vendor_fields,
        vendor.send_fields,
        [&](VendorFields const& fields) { return encode_send(subject, fields); },
        failures}
        .run();
    FieldCheck{
        "verify",
        vendor.name,
        subject.verify.vendor_fields,
        vendor.verify_fields,
        [&](VendorFields const& fields) { return encode_verify(subject, fields); },
        failures}
        .run();
}

}  // namespace otp::testing
