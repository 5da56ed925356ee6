#pragma once

#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include <type_traits>

namespace otp::platform {

/// Why a lookup was not even begun.
enum class LookupRefusal {
    /// The machine gives the process no further thread.
    no_thread = 1,
    /// So many lookups have not ended yet that something is wrong with the machine's name service.
    too_many,
};

/// For `boost::system::error_code`; its messages say what to do.
[[nodiscard]] boost::system::error_category const& lookup_refusal_category() noexcept;

[[nodiscard]] inline boost::system::error_code make_error_code(LookupRefusal refusal) noexcept {
    return {static_cast<int>(refusal), lookup_refusal_category()};
}

}  // namespace otp::platform

template <>
struct boost::system::is_error_code_enum<otp::platform::LookupRefusal> : std::true_type {};
