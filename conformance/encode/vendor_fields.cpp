#include "encode/vendor_fields.hpp"

#include "frame/outcome_text.hpp"

#include <otp/adapter/vendor_fields.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::conformance {
namespace {

/// With one of these a field makes a difference, if only by being refused.
constexpr auto probes = std::to_array<std::string_view>({"0", "1", "true", "a probe, no value"});

/// One operation, whose requests are made with other fields.
struct FieldCheck {
    std::string operation;
    std::string vendor;
    VendorFields fields;
    std::vector<SettingDescription> const& known;
    std::function<std::string(VendorFields const&)> encode;
    Observations& observations;

    void run() {
        for (auto const& violation : unknown_vendor_fields(fields, vendor, known)) {
            fail(
                Cause::unlisted_field,
                violation.pointer,
                violation.pointer + " is in the request, but not in the description"
            );
        }
        for (auto const& field : known) {
            if (!makes_a_difference(field.name)) {
                fail(
                    Cause::unread_field,
                    field.name,
                    "the description lists " + field.name + ", but no request depends on it"
                );
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

    void fail(Cause cause, std::string place, std::string what) {
        observations.push_back({operation, "field", cause, std::move(place), std::move(what)});
    }
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

void check_fields(AdapterUnderTest const& subject, Observations& observations) {
    auto const& vendor = subject.adapter.vendor();
    FieldCheck{
        "send",
        vendor.name,
        subject.send.vendor_fields,
        vendor.send_fields,
        [&](VendorFields const& fields) { return encode_send(subject, fields); },
        observations}
        .run();
    FieldCheck{
        "verify",
        vendor.name,
        subject.verify.vendor_fields,
        vendor.verify_fields,
        [&](VendorFields const& fields) { return encode_verify(subject, fields); },
        observations}
        .run();
}

}  // namespace otp::conformance
