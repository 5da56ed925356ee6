#pragma once

#include <otp/seam/transport.hpp>
#include <otp/testing/recording.hpp>
#include <otp/vendor_description.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace otp::testing {

class Recorder;

/// What became of one exchange that was to be recorded.
struct RecordingNote {
    /// The instance's name.
    std::string instance;
    /// The request's method and route (`POST /v2/customer/{id}/otp-send`), without any value.
    std::string request;
    /// The file that was written; empty if none was.
    std::filesystem::path file;
    /// Why there is no file; empty if there is one. One line, in which nothing secret or personal
    /// stands.
    std::string problem;
};

/// What a `RecordingTransport` needs to know.
struct RecordingOptions {
    /// Where the files go. It is made if it is not there.
    std::filesystem::path folder;
    /// Where secrets and personal data stand: `VendorDescription::sensitive` of the vendor.
    SensitivePlaces sensitive{};
    /// Called for each exchange on the transport's executor, before the exchange's handler. It must
    /// not throw. Empty: a line on standard error for each exchange that could not be recorded.
    std::function<void(RecordingNote const& note)> report{};
};

/// Passes requests on to another transport, and writes each exchange that was answered into a file
/// of its own, in the format of `Recording`, before its handler is called.
///
/// Nothing secret or personal is written:
///
/// - What stands at the vendor's sensitive places, and every header that is not on the allow-list
///   (`is_plain_header`), is replaced. In the request members become `***` and are listed in
///   `match.ignore`, and segments of the path become placeholders, so that the recording serves
///   any recipient. In the answer, members get made-up values of the same type and shape, which
///   adapters read as they read the real ones; those that repeat a part of the request are listed
///   in `match.echo`.
/// - What was replaced, and the instance's credentials, are masked wherever else the answer has
///   them, as are words that look like an address or a phone number.
/// - Then the whole text is searched for all of it, plain and encoded. If anything is found, no
///   file is written.
///
/// What is neither at a sensitive place nor a credential, and looks like nothing special, is not
/// recognized: a vendor's description must be complete (`OtpClient::conformance` checks that).
///
/// An exchange without an answer cannot be recorded. Neither that, nor a file that cannot be
/// written, changes anything for the exchange: `RecordingOptions::report` is told.
///
/// Files are written on the transport's executor, which waits for them: this is for development and
/// tests. Otherwise it behaves as the transport that it wraps, which it closes with itself.
class RecordingTransport final : public Transport {
public:
    /// `instance` is read here only: for its name and its secrets.
    RecordingTransport(
        std::shared_ptr<Transport> inner, InstanceConfig const& instance, RecordingOptions options
    );
    RecordingTransport(RecordingTransport const&) = delete;
    RecordingTransport& operator=(RecordingTransport const&) = delete;
    ~RecordingTransport() override;

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override;
    void warm_up(std::size_t count) override;
    void async_check_connection(ReportHandler handler) override;
    [[nodiscard]] std::optional<ConnectionCounts> connections() const noexcept override;
    void close() noexcept override;

private:
    std::shared_ptr<Transport> inner_;
    std::shared_ptr<Recorder> recorder_;
};

/// For `ClientOptions::transport`: all instances are recorded in `folder`. `inner` makes the
/// transport that is wrapped; empty: the vendor's own, or else `make_http_transport`.
[[nodiscard]] TransportFactory recording_transport_factory(
    std::filesystem::path folder,
    TransportFactory inner = {},
    VendorRegistry vendors = VendorRegistry::built_in()
);

}  // namespace otp::testing
