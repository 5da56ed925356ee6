#include <otp/transport.hpp>

namespace otp {

void Transport::warm_up(std::size_t /*count*/) {}

}  // namespace otp
