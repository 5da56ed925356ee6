#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace otp::mocks {

// Ids that people can read: `message-12`, `exchange-31`, `fault-2`.

[[nodiscard]] inline std::string numbered_id(std::string_view kind, std::uint64_t number) {
    return std::string(kind) + "-" + std::to_string(number);
}

/// The number of an id of that kind; nothing for any other text.
[[nodiscard]] inline std::optional<std::uint64_t> number_of(
    std::string_view kind, std::string_view id
) {
    std::uint64_t number = 0;
    auto const begin = kind.size() + 1;
    if (id.size() <= begin) return std::nullopt;
    auto const* const end = id.data() + id.size();
    auto const [stop, error] = std::from_chars(id.data() + begin, end, number);
    // Written the same way: no other kind, no zeros in front.
    if (error != std::errc() || stop != end || numbered_id(kind, number) != id) return std::nullopt;
    return number;
}

}  // namespace otp::mocks
