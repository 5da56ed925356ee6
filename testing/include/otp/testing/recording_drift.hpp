#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>
#include <otp/otp_code.hpp>
#include <otp/proxy_choice.hpp>
#include <otp/recipient.hpp>
#include <otp/send_otp.hpp>
#include <otp/testing/recording.hpp>
#include <otp/testing/request_match.hpp>
#include <otp/transport_factory.hpp>
#include <otp/vendor_registry.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::testing {

/// Where an answer has another shape than the recorded one: status, kind of body, members that are
/// missing or new, types. Values do not count, nor does null, which says nothing of a type; of a
/// list the first element speaks for all. Empty: the same shape. No value is told.
[[nodiscard]] Differences compare_shapes(
    RecordedResponse const& recorded, HttpResponse const& response
);

/// What `find_drift` asks, and with what it fills what recordings do not keep.
struct DriftQuestion {
    DriftQuestion(InstanceConfig asked_instance, Recipient recipient, OtpCode typed_code)
        : instance(std::move(asked_instance)),
          to(std::move(recipient)),
          code(std::move(typed_code)) {}

    /// Who is asked, with its credentials.
    InstanceConfig instance;
    /// Who gets the messages that recorded sends cause: whatever stands at a sensitive place of a
    /// recorded request is replaced.
    Recipient to;
    /// What recorded checks are made with: a wrong one will do where wrong codes are recorded, too.
    OtpCode code;
    VendorFields vendor_fields{};
    VendorRegistry vendors{VendorRegistry::built_in()};
    /// Empty: the vendor's own, or `make_http_transport`.
    TransportFactory transport{};
    /// For proxies; empty: nothing is there.
    std::function<std::optional<std::string>(std::string const& name)> environment{};
};

/// One request that was sent, and the recordings that it stands for: several recordings have the
/// same request and differ in their answers.
struct DriftFinding {
    /// Method and route, without any value.
    std::string request;
    /// The names of the recordings.
    std::vector<std::string> recordings;
    /// Of the answer; 0: there was none, or nothing was sent.
    int http_status{0};
    /// The recording whose answer has the same shape, or is the nearest. Empty: nothing was
    /// compared.
    std::string nearest;
    /// What is different from that one. Empty: nothing, or nothing was compared.
    Differences differences;
    /// Why nothing was sent; empty if something was.
    std::string not_sent;
};

/// What came of all recordings.
struct DriftReport {
    std::vector<DriftFinding> findings;

    /// Whether an answer differs from all that were recorded for its request.
    [[nodiscard]] bool has_drift() const noexcept;
    /// Whether anything was compared at all.
    [[nodiscard]] bool has_compared() const noexcept;
};

/// Sends the recorded requests to what the instance names, each different one once, and compares
/// the answers' shapes with the recorded ones.
///
/// A recording does not keep secrets and people, so they are filled in from what the instance's
/// adapter makes of `question`: the token, the sends on each channel, checks with the handle of a
/// send that was accepted before. All else of the request is as it was recorded. A recording that
/// cannot be filled is reported and not sent.
///
/// This sends real requests, and the vendor real messages. It blocks until all is done. Throws
/// `ErrorException` if the instance is not configured correctly, or no transport can be made.
[[nodiscard]] DriftReport find_drift(
    std::vector<Recording> const& recordings, DriftQuestion question
);

/// Whether requests of the instance reach people by all that is known: unless its environment is
/// `test` or `sandbox`, or its base URL is this machine. Throws `ErrorException` for an instance
/// that its vendor refuses.
[[nodiscard]] bool may_be_live(InstanceConfig const& instance, VendorRegistry const& vendors);

}  // namespace otp::testing
