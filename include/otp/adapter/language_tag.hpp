#pragma once

#include <otp/export.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// Whether `text` is a well-formed language tag (RFC 5646 2.1 and 2.2.9), in any case: `en`,
/// `zh-Hans-CN`, `de-DE-u-co-phonebk`, `i-klingon`. `_` may stand for `-`, as Unicode (UTS 35 3.2)
/// and many platforms write it, and white space at the ends is ignored. Whether the language exists
/// is not asked.
[[nodiscard]] bool is_language_tag(std::string_view text) noexcept;

/// The one of `tags` that is nearest to `wanted`; nothing if none is near. The view is into `tags`.
///
/// First by lookup (RFC 4647 3.4): `en-US` finds `en`. Then the first tag of the same language:
/// `de`, and `de-AT`, find `de-DE`. Never another script than the wanted one; a tag without a
/// script has the language's usual one (`ru-Latn` does not find `ru`), which for Chinese is the
/// region's: `zh-CN` finds `zh-Hans`, `zh-TW` does not. Mandarin, `cmn`, is Chinese.
[[nodiscard]] std::optional<std::string_view> nearest_language_tag(
    std::span<std::string const> tags, std::string_view wanted
);

}  // namespace otp
