#include "http/connect/lookup_failure.hpp"

#include "platform/resource_failure.hpp"

#include <boost/asio/error.hpp>

namespace otp::http {

namespace asio = boost::asio;

std::string explain_lookup_failure(boost::system::error_code const& error) {
    if (error == asio::error::host_not_found) {
        return "there is no such name: check its spelling, /etc/hosts and /etc/resolv.conf";
    }
    if (error == asio::error::host_not_found_try_again) {
        return "no name server has answered, which may pass: check the network and "
               "/etc/resolv.conf";
    }
    if (error == asio::error::no_recovery) {
        return "the name servers have failed: check /etc/nsswitch.conf and /etc/resolv.conf";
    }
    if (error == asio::error::no_memory) return std::string(platform::out_of_memory);
    if (!error || error == asio::error::no_data) return "it has no address";
    return platform::explain(error);
}

}  // namespace otp::http
