#include "adapter/wished_languages.hpp"

#include "model/ascii.hpp"
#include "model/decimal.hpp"
#include "model/text_cursor.hpp"
#include "model/typed_text.hpp"

#include <otp/adapter/language_tag.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace otp::adapter {

using model::Decimal;
using model::is_alphanumeric;
using model::take_until;
using model::TextCursor;
using model::trim;
using model::visible_text;

namespace {

constexpr int full_weight = 1000;

struct Wish {
    std::string tag;
    /// Thousandths (RFC 9110 12.4.2).
    int weight;
    std::size_t place;
};

/// `0.8`, `1`, `.5`; what cannot be read counts as no weight at all, which is the full one.
int read_weight(std::string_view text) noexcept {
    TextCursor cursor(text);
    Decimal weight;
    weight.whole = cursor.take_all_digits();
    if (cursor.take(".")) weight.fraction = cursor.take_all_digits();
    bool const is_number = cursor.at_end() && weight.whole.size() + weight.fraction.size() != 0;
    bool const is_whole = weight.whole.find_first_not_of('0') != weight.whole.npos;
    if (!is_number || is_whole) return full_weight;
    return static_cast<int>(weight.thousandths());
}

/// The weight among the parameters behind a language; others mean nothing there.
int weight_of(std::string_view parameters) noexcept {
    while (!parameters.empty()) {
        auto parameter = take_until(parameters, ';');
        auto const name = take_until(parameter, '=');
        if (name == "q" || name == "Q") return read_weight(trim(parameter));
    }
    return full_weight;
}

struct Modifier {
    std::string_view name;
    std::string_view script;
};

/// The modifiers of glibc's locales that name a script (ISO 15924). Others (`euro`) do not concern
/// the language.
constexpr std::array<Modifier, 4> script_modifiers{
    {{"cyrillic", "Cyrl"}, {"devanagari", "Deva"}, {"iqtelif", "Latn"}, {"latin", "Latn"}}};

std::string_view script_of(std::string_view modifier) noexcept {
    auto const* const known =
        std::find_if(script_modifiers.begin(), script_modifiers.end(), [modifier](auto const& one) {
            return one.name == modifier;
        });
    return known != script_modifiers.end() ? known->script : std::string_view();
}

/// `tag` with the script behind its language, unless it names one itself.
std::string with_script(std::string tag, std::string_view script) {
    if (script.empty()) return tag;
    auto const behind_language = std::min(tag.find_first_of("-_"), tag.size());
    auto written = tag.substr(0, behind_language) + '-';
    written.append(script).append(tag, behind_language);
    return is_language_tag(written) ? written : tag;
}

bool is_locale_word(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '_' || c == '=';
    });
}

/// The language tag of a POSIX locale `language[_territory][.codeset][@modifier]` (XBD 8.2); of one
/// tag that tag. Empty for a locale without a language; nothing if it is neither.
std::optional<std::string> tag_of_locale(std::string_view locale) {
    auto const end = std::min(locale.find_first_of(".@"), locale.size());
    auto const name = locale.substr(0, end);
    auto modifier = locale.substr(end);
    if (modifier.starts_with('.')) {
        auto const at = std::min(modifier.find('@'), modifier.size());
        if (!is_locale_word(modifier.substr(1, at - 1))) return std::nullopt;
        modifier.remove_prefix(at);
    }
    if (!modifier.empty()) {
        modifier.remove_prefix(1);
        if (!is_locale_word(modifier)) return std::nullopt;
    }
    // POSIX, the other name of it, has the form of a tag, and is near to none.
    if (name == "C") return std::string();
    if (!is_language_tag(name)) return std::nullopt;
    return with_script(std::string(name), script_of(modifier));
}

}  // namespace

std::optional<std::vector<std::string>> wished_languages(std::string_view text) {
    std::string const visible = visible_text(text);
    std::vector<Wish> wishes;
    for (std::string_view list = visible; !list.empty();) {
        auto parameters = take_until(list, ',');
        auto const language = take_until(parameters, ';');
        // RFC 4647 3.4 skips "*": it tells nothing of one language. RFC 9110 5.6.1.2: empty ones.
        if (language.empty() || language == "*") continue;
        auto tag = tag_of_locale(language);
        if (!tag) return std::nullopt;
        auto const weight = weight_of(parameters);
        if (!tag->empty() && weight != 0) {
            wishes.push_back({*std::move(tag), weight, wishes.size()});
        }
    }
    std::sort(wishes.begin(), wishes.end(), [](Wish const& left, Wish const& right) {
        return std::tie(right.weight, left.place) < std::tie(left.weight, right.place);
    });
    std::vector<std::string> tags;
    tags.reserve(wishes.size());
    for (auto& wish : wishes) tags.push_back(std::move(wish.tag));
    return tags;
}

}  // namespace otp::adapter
