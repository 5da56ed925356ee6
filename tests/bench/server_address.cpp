#include "server_address.hpp"

#include <boost/url/parse.hpp>

namespace otp::bench {

ServerAddress server_address_of(std::string const& url) {
    auto const parsed = boost::urls::parse_uri(url).value();
    return {parsed.host(), std::string(parsed.port()), parsed.scheme() == "https"};
}

}  // namespace otp::bench
