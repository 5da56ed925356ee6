#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::adapter {

/// A word of a list, and where in a text it stands.
struct FoundWord {
    std::string_view word;
    std::size_t place;
};

/// Words of two characters and more that are looked for in many short texts, most of which hold
/// none of them: the pairs of characters that words begin with rule those out.
template <std::size_t Size>
class WordList {
public:
    consteval explicit WordList(std::array<std::string_view, Size> const& words) : words_(words) {
        for (auto const& word : words_) {
            if (word.size() < 2) throw "a word of one character";
            begins_.add(word[0], word[1]);
            ends_.add(word[word.size() - 2], word[word.size() - 1]);
        }
    }

    /// The first of the list that is in the text, where it first stands.
    [[nodiscard]] constexpr std::optional<FoundWord> find_in(std::string_view text) const {
        auto first = words_.end();
        std::size_t first_place = 0;
        for (std::size_t place = 0; place + 1 < text.size(); ++place) {
            if (!begins_.has(text[place], text[place + 1])) continue;
            auto const word = std::find_if(words_.begin(), first, [&](std::string_view one) {
                return text.substr(place).starts_with(one);
            });
            if (word == first) continue;
            first = word;
            first_place = place;
        }
        return first == words_.end() ? std::nullopt : std::optional(FoundWord{*first, first_place});
    }

    /// The first of the list that the text ends with.
    [[nodiscard]] constexpr std::optional<std::string_view> find_at_end_of(std::string_view text
    ) const {
        if (text.size() < 2 || !ends_.has(text[text.size() - 2], text.back())) return std::nullopt;
        auto const word = std::find_if(words_.begin(), words_.end(), [text](std::string_view one) {
            return text.ends_with(one);
        });
        return word == words_.end() ? std::nullopt : std::optional(*word);
    }

    /// Whether the text is one of them.
    [[nodiscard]] constexpr bool has(std::string_view text) const {
        return text.size() >= 2 && begins_.has(text[0], text[1]) &&
               std::find(words_.begin(), words_.end(), text) != words_.end();
    }

private:
    /// Pairs of characters by their lowest five bits, so that a pair may be another's double.
    class Pairs {
    public:
        constexpr void add(char first, char second) { seconds_[low(first)] |= 1U << low(second); }
        [[nodiscard]] constexpr bool has(char first, char second) const {
            return (seconds_[low(first)] >> low(second) & 1U) != 0;
        }

    private:
        static constexpr std::size_t low(char c) { return static_cast<unsigned char>(c) & 0x1FU; }

        std::array<std::uint32_t, 32> seconds_{};
    };

    std::array<std::string_view, Size> words_;
    Pairs begins_;
    Pairs ends_;
};

}  // namespace otp::adapter
