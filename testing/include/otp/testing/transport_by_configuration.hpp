#pragma once

#include <otp/testing/recording_transport.hpp>
#include <otp/transport_factory.hpp>
#include <otp/vendor_registry.hpp>

#include <functional>

namespace otp::testing {

/// For `ClientOptions::transport`: obeys the keys `record` and `replay` of each instance
/// (`InstanceConfig::record`, `InstanceConfig::replay`), which the client's own transport refuses,
/// since what an application is linked with in production has no code that writes traffic to disk.
///
/// - `replay`: the instance answers from the recordings in that folder, each as often as it is
///   asked for, and never from the network. All instances that name one folder share it.
/// - `record`: the instance's exchanges are recorded in that folder (`RecordingTransport`).
/// - neither: the vendor's own transport (`VendorRegistry::transport_of`), or
///   `make_http_transport`.
///
/// `vendors` says where each vendor's secrets stand: the same that the client gets. `report` is
/// `RecordingOptions::report` of all. Errors of the factory: `config_invalid` for a folder that
/// holds no recordings, and those of the transport that is wrapped.
[[nodiscard]] TransportFactory transport_by_configuration(
    VendorRegistry vendors = VendorRegistry::built_in(),
    std::function<void(RecordingNote const& note)> report = {}
);

}  // namespace otp::testing
