#include <otp/conformance/failure.hpp>

#include <ostream>
#include <sstream>

namespace otp::conformance {

std::string to_string(Failure const& failure) {
    std::ostringstream line;
    line << failure;
    return line.str();
}

std::ostream& operator<<(std::ostream& out, Failure const& failure) {
    out << failure.operation << ": " << failure.check << ": " << failure.what;
    if (!failure.place.empty()) out << ": " << failure.place;
    out << " (" << failure.variants << (failure.variants == 1 ? " variant" : " variants");
    if (!failure.example.empty()) out << ", such as " << failure.example;
    return out << "). " << failure.advice << '.';
}

}  // namespace otp::conformance
