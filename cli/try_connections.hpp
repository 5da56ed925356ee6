#pragma once

#include <otp/client.hpp>

#include <boost/asio/io_context.hpp>

#include <string>
#include <vector>

namespace otp::cli {

using Connections = std::vector<ConnectionReport>;

/// The names of a configuration's instances, in the order in which they stand in the file.
[[nodiscard]] std::vector<std::string> instance_names(ClientConfig const& config);

/// Tries the way to every instance (`OtpClient::async_check_connections`) and returns what was
/// found in the order of `instances`. Throws `ErrorException` if nothing could be tried.
[[nodiscard]] Connections try_connections(
    boost::asio::io_context& context, OtpClient& client, std::vector<std::string> const& instances
);

}  // namespace otp::cli
