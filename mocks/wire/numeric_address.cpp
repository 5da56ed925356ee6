#include "wire/numeric_address.hpp"

#include <arpa/inet.h>
#include <array>

namespace otp::mocks {

bool is_numeric_address(std::string const& text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

}  // namespace otp::mocks
