#include "simulation/trace.hpp"

namespace otp::simulation {

// FNV-1a, by words.
void Trace::mark(std::uint64_t what) noexcept {
    digest_ = (digest_ ^ what) * 0x100000001B3U;
}

void Trace::line(std::string_view text) {
    lines_.append(text).push_back('\n');
}

}  // namespace otp::simulation
