#include "config/route_condition.hpp"

#include "config/choice.hpp"
#include "config/config_keys.hpp"
#include "config/phone_prefix.hpp"
#include "config/wording.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace otp::config {

namespace {

constexpr auto all_channels =
    std::to_array<Channel>({Channel::sms, Channel::email, Channel::whatsapp});

constexpr std::string_view no_condition =
    "must have phone_prefix or channel: the route's own use is for all other requests";

// One member of `when`: a list of texts, of which at least one must be there.
struct ListSetting {
    std::string_view key;
    std::string_view wanted;
    std::string_view if_empty;
};

constexpr ListSetting prefix_setting{
    "phone_prefix",
    R"(an array of phone prefixes, such as ["+91"])",
    "must name at least one phone prefix, or be left out to hold for any recipient"};

constexpr ListSetting channel_setting{
    "channel",
    R"(an array of channels, such as ["sms"])",
    "must name at least one channel, or be left out to hold for any channel"};

template <class T>
bool is_among(T const& item, std::vector<T> const& list) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

std::string more_than_once(std::string_view name) {
    return in_quotes(name) + " is named more than once";
}

Checked<std::string> read_prefix(std::string_view text) {
    if (auto mistake = phone_prefix_mistake(text)) return std::move(*mistake);
    return {boost::system::in_place_value, std::string(text)};
}

Checked<Channel> read_channel(std::string_view text) {
    if (auto const channel = find_choice(text, all_channels)) return *channel;
    return Mistake{unknown_choice("channel", text, all_channels)};
}

// Reads the member's texts with `read`, a function that answers a `Checked<T>`.
template <class T, class Read>
void read_list(
    ObjectReader const& when, ListSetting const& setting, std::vector<T>& list, Read read
) {
    auto const* value = when.find(setting.key);
    if (value == nullptr) return;
    auto const* array = value->if_array();
    if (array == nullptr) {
        when.refuse(setting.key, wrong_type(setting.wanted, *value));
        return;
    }
    if (array->empty()) when.refuse(setting.key, std::string(setting.if_empty));
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto const place = append_json_pointer(when.pointer_of(setting.key), std::to_string(i));
        auto const text = plain_text((*array)[i], place, when.violations());
        if (!text) continue;
        auto item = read(*text);
        if (!item) {
            when.violations().add(place, item.error().text);
        } else if (is_among(*item, list)) {
            when.violations().add(place, more_than_once(*text));
        } else {
            list.push_back(std::move(*item));
        }
    }
}

bool is_within_one_of(std::string_view prefix, std::vector<std::string> const& wider) {
    return std::any_of(wider.begin(), wider.end(), [prefix](std::string const& candidate) {
        return prefix.starts_with(candidate);
    });
}

// An empty list is for all channels.
bool includes(std::vector<Channel> const& channels, Channel channel) {
    return channels.empty() || is_among(channel, channels);
}

}  // namespace

void read_route_condition(ObjectReader const& object, RouteRule& rule) {
    auto const* value = object.require("when");
    if (value == nullptr) return;
    auto const when =
        ObjectReader::open(*value, object.pointer_of("when"), condition_keys, object.violations());
    if (!when) return;
    if (when->object().empty()) object.refuse("when", std::string(no_condition));
    read_list(*when, prefix_setting, rule.phone_prefixes, read_prefix);
    read_list(*when, channel_setting, rule.channels, read_channel);
}

void check_route_condition(
    RouteRule const& rule, std::string const& pointer, Violations& violations
) {
    if (rule.phone_prefixes.empty() && rule.channels.empty()) {
        violations.add(pointer, std::string(no_condition));
    }
    auto const prefixes = append_json_pointer(pointer, prefix_setting.key);
    for (std::size_t i = 0; i < rule.phone_prefixes.size(); ++i) {
        auto const place = append_json_pointer(prefixes, std::to_string(i));
        auto const& prefix = rule.phone_prefixes[i];
        auto const begin = rule.phone_prefixes.begin();
        auto const end = begin + static_cast<std::ptrdiff_t>(i);
        if (auto const mistake = phone_prefix_mistake(prefix)) {
            violations.add(place, mistake->text);
        } else if (std::find(begin, end, prefix) != end) {
            violations.add(place, more_than_once(prefix));
        }
    }
    auto const channels = append_json_pointer(pointer, channel_setting.key);
    for (std::size_t i = 0; i < rule.channels.size(); ++i) {
        auto const begin = rule.channels.begin();
        auto const end = begin + static_cast<std::ptrdiff_t>(i);
        if (std::find(begin, end, rule.channels[i]) != end) {
            violations.add(
                append_json_pointer(channels, std::to_string(i)),
                more_than_once(to_string(rule.channels[i]))
            );
        }
    }
}

bool holds_for_all_of(RouteRule const& rule, RouteRule const& other) {
    auto const& prefixes = other.phone_prefixes;
    bool const holds_for_recipients =
        rule.phone_prefixes.empty() ||
        (!prefixes.empty() &&
         std::all_of(prefixes.begin(), prefixes.end(), [&rule](std::string const& prefix) {
             return is_within_one_of(prefix, rule.phone_prefixes);
         }));
    bool const holds_for_channels =
        std::all_of(all_channels.begin(), all_channels.end(), [&](Channel channel) {
            return !includes(other.channels, channel) || includes(rule.channels, channel);
        });
    return holds_for_recipients && holds_for_channels;
}

}  // namespace otp::config
