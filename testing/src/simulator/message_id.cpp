#include "simulator/message_id.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace otp::testing::simulator {

namespace {

constexpr int base = 36;
constexpr std::string_view prefix = "sim-";

std::string number_text(std::uint64_t number) {
    std::array<char, 16> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    return std::string(digits.data(), end);
}

std::string time_text(UtcTime time) {
    return number_text(static_cast<std::uint64_t>(time.time_since_epoch().count()));
}

/// Takes the next number of `text`, up to a dash or the end.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    auto const part = text.substr(0, text.find('-'));
    auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), number, base);
    if (error != std::errc() || end != part.data() + part.size()) return std::nullopt;
    text.remove_prefix(part.size() == text.size() ? part.size() : part.size() + 1);
    return number;
}

UtcTime time_of(std::int64_t number) {
    return UtcTime(std::chrono::milliseconds(number));
}

}  // namespace

std::string to_text(MessageId const& id) {
    return std::string(prefix) + number_text(id.number) + '-' + time_text(id.sent_at) + '-' +
           time_text(id.expires_at);
}

std::optional<MessageId> parse_message_id(std::string_view text) {
    if (!text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    auto const number = take_number(text);
    auto const sent_at = take_number(text);
    auto const expires_at = take_number(text);
    if (!number || !sent_at || !expires_at || !text.empty()) return std::nullopt;
    return MessageId{static_cast<std::size_t>(*number), time_of(*sent_at), time_of(*expires_at)};
}

std::string digits_of(std::string_view text, int length) {
    // FNV-1a over the text, and splitmix64 for each digit.
    std::uint64_t state = 0xcbf29ce484222325;
    for (char const octet : text) {
        state = (state ^ static_cast<unsigned char>(octet)) * 0x100000001b3;
    }
    std::string digits;
    while (static_cast<int>(digits.size()) < length) {
        state += 0x9e3779b97f4a7c15;
        auto mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        digits += static_cast<char>('0' + (mixed ^ (mixed >> 31)) % 10);
    }
    return digits;
}

}  // namespace otp::testing::simulator
