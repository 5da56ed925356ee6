// Whatever is read as a handle is written and read again as the same.
#include "fuzz/harness/json_target.hpp"
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"

#include <otp/error.hpp>
#include <otp/verification_handle.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using otp::VerificationHandle;
    using otp::fuzz::require;
    auto const text = otp::fuzz::as_text(data, size);
    boost::system::error_code not_json;
    auto const json = boost::json::parse({text.data(), text.size()}, not_json);
    if (not_json) return -1;
    auto const handle = VerificationHandle::from_json(json);
    if (!handle) {
        auto const& error = handle.error();
        require(error.category == otp::ErrorCategory::invalid_request, "a handle is the caller's");
        require(error.delivery == otp::Delivery::not_sent, "nothing was sent");
        require(!error.violations.empty(), "the place of the mistake is told", error);
        return 0;
    }
    auto const written = boost::json::serialize(handle->to_json());
    auto const again = VerificationHandle::from_json(boost::json::parse(written));
    require(again.has_value(), "what is written is read", written);
    require(*again == *handle, "it is the same", written);
    require(boost::json::serialize(again->to_json()) == written, "and written alike", written);
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
) {
    static otp::fuzz::Vocabulary const vocabulary{
        {"version", "instance", "vendor", "channel", "references", "target", "mobile"},
        {"sms", "email", "whatsapp", "stytch", "main"},
        {}};
    return otp::fuzz::mutate_json_input(data, size, max_size, seed, vocabulary);
}
