#pragma once

#include "adapter/word_list.hpp"

#include <boost/container/small_vector.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::adapter {

/// The name of a JSON member as `find_contradiction` compares it: without `_` and `-`, ASCII
/// letters small. The usual ones take no memory from the heap.
class PlainMemberName {
public:
    explicit PlainMemberName(std::string_view name);

    /// As long as the object lives.
    [[nodiscard]] std::string_view text() const noexcept {
        return {characters_.data(), characters_.size()};
    }

private:
    static constexpr std::size_t usual_size = 40;

    boost::container::small_vector<char, usual_size> characters_;
};

/// The words of a name in small letters: `is`, `no`, `longer`, `valid` of `isNoLongerValid` and of
/// `is_no-longer_valid`; `otp`, `verified` of `OTPVerified`. Digits belong to the word before them.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

// These take plain names.

/// The verdict that a name is about: `verified` of `isphoneverified` and `isverifiedphone`; nothing
/// of `verifiedat`.
[[nodiscard]] std::optional<std::string_view> verdict_in(std::string_view plain_name);

/// Whether it ends in `message`, `reason` and the like.
[[nodiscard]] bool is_name_of_message(std::string_view plain_name);

/// The failure that a name reports: `invalid` of `isinvalidcode`.
[[nodiscard]] std::optional<FoundWord> failure_in(std::string_view plain_name);

}  // namespace otp::adapter
