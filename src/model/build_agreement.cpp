#include <otp/build_agreement.hpp>

// One for each choice that the library is built with; whoever has chosen otherwise does not link.
#define OTP_DEFINE_AGREEMENT(symbol) char const symbol = 0;
OTP_FOR_EACH_AGREEMENT(OTP_DEFINE_AGREEMENT)
