#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace otp::model {

// Pairs of short texts in their order, all of them packed in one text: the header lines of a
// response come and go with every answer, and so do its references. Each pair is its sizes, the
// name, the value.

using TextPair = std::pair<std::string_view, std::string_view>;

struct TextPairSizes {
    std::uint32_t name;
    std::uint32_t value;
};

/// The pair that begins at `at`, where `append_pair` put it. Its value ends where the next begins.
[[nodiscard]] inline TextPair pair_at(char const* at) noexcept {
    TextPairSizes sizes{};
    std::memcpy(&sizes, at, sizeof sizes);
    char const* const name = at + sizeof sizes;
    return {{name, sizes.name}, {name + sizes.name, sizes.value}};
}

/// Where the pair behind `pair` begins.
[[nodiscard]] inline char const* end_of(TextPair const& pair) noexcept {
    return pair.second.data() + pair.second.size();
}

/// Takes the first pair off `packed`, which is not empty.
[[nodiscard]] inline TextPair take_pair(std::string_view& packed) noexcept {
    auto const pair = pair_at(packed.data());
    packed.remove_prefix(static_cast<std::size_t>(end_of(pair) - packed.data()));
    return pair;
}

/// Adds a pair behind the others. The texts are copied, must not be parts of `packed`, and have
/// less than 4 GiB each.
inline void append_pair(std::string& packed, std::string_view name, std::string_view value) {
    TextPairSizes const sizes{
        static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    std::array<char, sizeof sizes> prefix{};
    std::memcpy(prefix.data(), &sizes, sizeof sizes);
    packed.reserve(packed.size() + prefix.size() + name.size() + value.size());
    packed.append(prefix.data(), prefix.size()).append(name).append(value);
}

/// Room for that many pairs with that many octets altogether, so that `append_pair` need not
/// allocate.
inline void reserve_pairs(std::string& packed, std::size_t pairs, std::size_t octets) {
    packed.reserve(pairs * sizeof(TextPairSizes) + octets);
}

}  // namespace otp::model
