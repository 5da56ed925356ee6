#pragma once

#include "model/folded_text.hpp"
#include "model/ip_address.hpp"
#include "model/text_masks.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otp::model {

/// Texts that are known to be personal or secret, as they are looked for in an answer: without
/// their separators. `SentTexts` says what is found.
class KnownTexts {
public:
    KnownTexts() = default;
    KnownTexts(KnownTexts&&) noexcept = default;
    KnownTexts& operator=(KnownTexts&&) = delete;
    KnownTexts(KnownTexts const&) = delete;
    KnownTexts& operator=(KnownTexts const&) = delete;
    /// Wipes the texts: they are secrets.
    ~KnownTexts();

    /// A phone number: any 7 digits in a row of it, or the whole if it is shorter.
    void add_number(std::string_view number);
    /// A one-time code: any 4 digits in a row of it, and the whole.
    void add_code(std::string_view code);
    /// Anything else: the whole. What consists of 7 or more digits is taken for a number.
    void add_text(std::string_view text);
    /// An IP address, in whichever form it is written.
    void add_ip_address(IpAddress const& address) { addresses_.push_back(address); }

    [[nodiscard]] bool empty() const noexcept {
        return digits_.empty() && words_.empty() && addresses_.empty();
    }

    /// Masks each place, with the word around it.
    void mask_in(FoldedText const& text, TextMasks& masks) const;

private:
    struct Digits {
        std::u32string text;
        /// So many in a row of them are known.
        std::size_t window;
    };
    struct Word {
        std::u32string text;
        /// Letters and digits before or behind it make it another word.
        bool whole;
    };

    void add_digits(std::u32string&& digits, std::size_t window);
    void add_word(std::u32string&& word);

    std::vector<Digits> digits_;
    std::vector<Word> words_;
    std::vector<IpAddress> addresses_;
};

}  // namespace otp::model
