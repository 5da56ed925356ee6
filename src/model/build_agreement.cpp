#include <otp/build_agreement.hpp>

// One for each choice that the library is built with; whoever has chosen otherwise does not link.
#define OTP_DEFINE_AGREEMENT(symbol) char const symbol = 0;
OTP_FOR_EACH_AGREEMENT(OTP_DEFINE_AGREEMENT)

// Where nobody has chosen a size, Asio defines it as 2 in a header that an application may have
// included before the SDK's: both names mean the same then.
#define OTP_DEFINE_SYNONYM(symbol) extern "C" [[gnu::visibility("default")]] char const symbol = 0;
#if !defined(BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE)
OTP_DEFINE_SYNONYM(otp_library_was_not_built_with_BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE_2)
#elif BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE == 2
OTP_DEFINE_SYNONYM(otp_library_was_built_with_BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE)
#endif
