#include "try_connections.hpp"

#include "operation.hpp"

#include <utility>

namespace otp::cli {

std::vector<std::string> instance_names(ClientConfig const& config) {
    std::vector<std::string> names;
    for (auto const& instance : config.instances) names.push_back(instance.name);
    return names;
}

Connections try_connections(
    boost::asio::io_context& context, OtpClient& client, std::vector<std::string> const& instances
) {
    auto const found = run_operation<Connections>(context, [&client](auto handler) {
                           client.async_check_connections(std::move(handler));
                       }).value();
    Connections sorted;
    for (auto const& instance : instances) {
        for (auto const& connection : found) {
            if (connection.instance == instance) sorted.push_back(connection);
        }
    }
    return sorted;
}

}  // namespace otp::cli
