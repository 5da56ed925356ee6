#include "model/markup.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::model {

namespace {

bool begins_tag(char32_t c) noexcept {
    return is_letter(c) || c == U'/' || c == U'!' || c == U'?';
}

/// Behind the tag that begins there; the place itself if there is none.
std::size_t end_of_tag(FoldedText const& text, std::size_t begin) noexcept {
    if (text[begin].value != U'<' || begin + 1 == text.size() ||
        !begins_tag(text[begin + 1].value)) {
        return begin;
    }
    auto at = begin + 1;
    while (at < text.size() && text[at].value != U'<' && text[at].value != U'>') ++at;
    return at < text.size() && text[at].value == U'>' ? at + 1 : begin;
}

}  // namespace

FoldedText without_markup(FoldedText const& text) {
    FoldedText shown;
    auto const is_bracket = [](FoldedCharacter const& character) {
        return character.value == U'<';
    };
    if (std::none_of(text.begin(), text.end(), is_bracket)) return shown;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = end_of_tag(text, at);
        if (end == at) {
            shown.push_back(text[at++]);
        } else {
            at = end;
        }
    }
    if (shown.size() == text.size()) shown.clear();
    return shown;
}

}  // namespace otp::model
