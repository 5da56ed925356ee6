#include "model/ascii.hpp"

#include <otp/adapter/language_tag.hpp>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>

namespace otp {

namespace {

using model::is_alphanumeric;
using model::is_digit;
using model::is_letter;
using model::to_lower;

constexpr bool is_separator(char c) noexcept {
    return c == '-' || c == '_';
}

constexpr bool same(char left, char right) noexcept {
    return to_lower(left) == to_lower(right) || (is_separator(left) && is_separator(right));
}

/// Case makes no difference (RFC 5646 2.1.1).
bool same_text(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), same);
}

/// `irregular` of RFC 5646 2.1. The grandfathered tags that are `regular` have the form of others.
constexpr std::array<std::string_view, 17> irregular_tags{
    "en-GB-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-BE-FR",
    "sgn-BE-NL",
    "sgn-CH-DE"};

bool is_irregular(std::string_view text) noexcept {
    return std::any_of(irregular_tags.begin(), irregular_tags.end(), [text](auto tag) {
        return same_text(text, tag);
    });
}

/// The parts that decide which tags are near. Views into the text that was read.
struct Tag {
    std::string_view language;
    std::string_view script;
    std::string_view region;
};

/// Reads the ABNF of RFC 5646 2.1 from left to right.
class TagReader {
public:
    explicit TagReader(std::string_view text) noexcept : rest_(text), ended_(text.empty()) {
        find_subtag();
    }

    std::optional<Tag> read() noexcept {
        Tag tag;
        if (!at_private_use()) {
            if (!read_language(tag)) return std::nullopt;
            if (is_letters(4, 4)) tag.script = take();
            if (is_letters(2, 2) || is_digits(3)) tag.region = take();
            while (is_variant()) take();
            if (!read_extensions()) return std::nullopt;
        }
        if (at_private_use()) {
            take();
            if (!take_all(1)) return std::nullopt;
        }
        return ended_ ? std::optional(tag) : std::nullopt;
    }

private:
    bool read_language(Tag& tag) noexcept {
        constexpr int most_extended_languages = 3;

        bool const is_short = is_letters(2, 3);
        if (!is_short && !is_letters(4, 8)) return false;
        tag.language = take();
        for (int count = 0; is_short && count < most_extended_languages && is_letters(3, 3);
             ++count) {
            take();
        }
        return true;
    }

    bool read_extensions() noexcept {
        std::bitset<128> seen;
        while (is_alphanumerics(1, 1) && !at_private_use()) {
            auto const singleton = static_cast<std::size_t>(to_lower(take().front()));
            if (seen[singleton]) return false;
            seen.set(singleton);
            if (!take_all(2)) return false;
        }
        return true;
    }

    /// All subtags of `least` to 8 letters and digits; false if there is none.
    bool take_all(std::size_t least) noexcept {
        bool any = false;
        while (is_alphanumerics(least, 8)) {
            take();
            any = true;
        }
        return any;
    }

    [[nodiscard]] bool at_private_use() const noexcept { return same_text(subtag_, "x"); }
    [[nodiscard]] bool is_variant() const noexcept {
        return is_alphanumerics(5, 8) || (is_alphanumerics(4, 4) && is_digit(subtag_.front()));
    }

    template <class Class>
    [[nodiscard]] bool is_all(std::size_t least, std::size_t most, Class is_member) const noexcept {
        return !ended_ && subtag_.size() >= least && subtag_.size() <= most &&
               std::all_of(subtag_.begin(), subtag_.end(), is_member);
    }
    [[nodiscard]] bool is_letters(std::size_t least, std::size_t most) const noexcept {
        return is_all(least, most, is_letter);
    }
    [[nodiscard]] bool is_digits(std::size_t size) const noexcept {
        return is_all(size, size, is_digit);
    }
    [[nodiscard]] bool is_alphanumerics(std::size_t least, std::size_t most) const noexcept {
        return is_all(least, most, is_alphanumeric);
    }

    std::string_view take() noexcept {
        auto const taken = subtag_;
        ended_ = taken.size() == rest_.size();
        rest_.remove_prefix(ended_ ? taken.size() : taken.size() + 1);
        find_subtag();
        return taken;
    }

    void find_subtag() noexcept {
        auto const end = std::find_if(rest_.begin(), rest_.end(), is_separator);
        subtag_ = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    }

    std::string_view rest_;
    std::string_view subtag_;
    bool ended_;
};

std::optional<Tag> read_tag(std::string_view text) noexcept {
    if (auto const tag = TagReader(text).read()) return tag;
    return is_irregular(text) ? std::optional(Tag{}) : std::nullopt;
}

/// Mandarin, which is what is meant by Chinese (the macrolanguage) in messages.
constexpr std::string_view mandarin = "cmn";
constexpr std::string_view chinese = "zh";

std::string_view language_of(Tag const& tag) noexcept {
    return same_text(tag.language, mandarin) ? chinese : tag.language;
}

struct UsualScript {
    std::string_view language;
    std::string_view script;
};

/// CLDR, likely subtags: of the languages that the vendors list, but for Chinese.
constexpr std::array<UsualScript, 15> usual_scripts{
    {{"ca", "Latn"},
     {"cs", "Latn"},
     {"de", "Latn"},
     {"en", "Latn"},
     {"es", "Latn"},
     {"fa", "Arab"},
     {"fr", "Latn"},
     {"it", "Latn"},
     {"ja", "Jpan"},
     {"nl", "Latn"},
     {"pl", "Latn"},
     {"pt", "Latn"},
     {"ru", "Cyrl"},
     {"tr", "Latn"},
     {"vi", "Latn"}}};

/// The script in which the language is read in the region; empty if nobody here knows. Readers of
/// one of the two Chinese scripts may not be able to read the other.
std::string_view usual_script(Tag const& tag) noexcept {
    auto const language = language_of(tag);
    if (same_text(language, chinese)) {
        bool const traditional = same_text(tag.region, "TW") || same_text(tag.region, "HK") ||
                                 same_text(tag.region, "MO");
        return traditional ? "Hant" : "Hans";
    }
    auto const* const usual =
        std::find_if(usual_scripts.begin(), usual_scripts.end(), [language](auto const& known) {
            return same_text(known.language, language);
        });
    return usual != usual_scripts.end() ? usual->script : std::string_view();
}

/// Whether who asked for `wanted` may be able to read `offered`, a tag of the same language.
bool scripts_agree(Tag const& wanted, Tag const& offered) noexcept {
    auto const right = offered.script.empty() ? usual_script(offered) : offered.script;
    // A script that was asked for has to be known to be the one that is offered.
    if (!wanted.script.empty()) return same_text(wanted.script, right);
    auto const left = usual_script(wanted);
    return left.empty() || right.empty() || same_text(left, right);
}

/// RFC 4647 3.4: without the last subtag. That a single letter goes with it is of no account, since
/// no tag ends in one that is not private.
std::string_view truncated(std::string_view range) noexcept {
    auto const separator = range.find_last_of("-_");
    return range.substr(0, separator == range.npos ? 0 : separator);
}

}  // namespace

bool is_language_tag(std::string_view text) noexcept {
    return read_tag(model::trim(text)).has_value();
}

std::optional<std::string_view> nearest_language_tag(
    std::span<std::string const> tags, std::string_view wanted
) {
    wanted = model::trim(wanted);
    auto const wish = read_tag(wanted);
    if (!wish) return std::nullopt;
    auto const first_of = [&](auto is_near) -> std::optional<std::string_view> {
        for (std::string_view const tag : tags) {
            auto const offered = read_tag(tag);
            if (offered && is_near(tag, *offered) && scripts_agree(*wish, *offered)) return tag;
        }
        return std::nullopt;
    };
    auto const look_up = [&](std::string_view range) -> std::optional<std::string_view> {
        for (; !range.empty(); range = truncated(range)) {
            auto const is_range = [range](std::string_view tag, Tag const&) {
                return same_text(tag, range);
            };
            if (auto const found = first_of(is_range)) return found;
        }
        return std::nullopt;
    };
    if (auto const found = look_up(wanted)) return found;
    if (wish->language.empty()) return std::nullopt;
    if (same_text(wish->language, mandarin)) {
        auto const as_chinese = std::string(chinese) += wanted.substr(mandarin.size());
        if (auto const found = look_up(as_chinese)) return found;
    }
    return first_of([&wish](std::string_view, Tag const& offered) {
        return same_text(language_of(offered), language_of(*wish));
    });
}

}  // namespace otp
