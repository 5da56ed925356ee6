// GCC 12 destroys aggregate temporaries of a co_await expression twice (docs/adr/0001), so no type
// that travels in an async_ call or its result may be one.

#include <otp/adapter/adapter.hpp>
#include <otp/otp.hpp>
#include <otp/seam/transport.hpp>

#include <type_traits>

namespace otp {

static_assert(!std::is_aggregate_v<SendTarget>);
static_assert(!std::is_aggregate_v<SendOtp>);
static_assert(!std::is_aggregate_v<Recipient>);
static_assert(!std::is_aggregate_v<VerifyOtp>);
static_assert(!std::is_aggregate_v<VerificationHandle>);
static_assert(!std::is_aggregate_v<OtpCode>);
static_assert(!std::is_aggregate_v<PhoneNumber>);
static_assert(!std::is_aggregate_v<EmailAddress>);
static_assert(!std::is_aggregate_v<SendReceipt>);
static_assert(!std::is_aggregate_v<Verification>);
static_assert(!std::is_aggregate_v<SessionToken>);
static_assert(!std::is_aggregate_v<Secret>);
static_assert(!std::is_aggregate_v<Error>);
static_assert(!std::is_aggregate_v<Result<SendReceipt>>);
static_assert(!std::is_aggregate_v<Result<Verification>>);
static_assert(!std::is_aggregate_v<HttpRequest>);
static_assert(!std::is_aggregate_v<HttpResponse>);
static_assert(!std::is_aggregate_v<HttpExchange>);
static_assert(!std::is_aggregate_v<AccessToken>);
static_assert(!std::is_aggregate_v<AttemptContext> || std::is_trivially_destructible_v<AttemptContext>);

}  // namespace otp
