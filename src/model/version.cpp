#include <otp/version.hpp>

#include <boost/version.hpp>
#include <openssl/crypto.h>

namespace otp {

namespace {

constexpr int boost_major = BOOST_VERSION / 100'000;
constexpr int boost_minor = BOOST_VERSION / 100 % 1'000;
constexpr int boost_patch = BOOST_VERSION % 100;

}  // namespace

std::string_view version() noexcept {
    return OTP_VERSION;
}

std::string version_details() {
    std::string details = "OtpClient ";
    details += version();
    details += ", Boost ";
    details += std::to_string(boost_major) + '.' + std::to_string(boost_minor) + '.' +
               std::to_string(boost_patch);
    details += ", OpenSSL ";
    details += ::OpenSSL_version(OPENSSL_VERSION_STRING);
    return details;
}

}  // namespace otp
