#include <otp/channel.hpp>

namespace otp {

std::string_view to_string(Channel channel) noexcept {
    switch (channel) {
        case Channel::sms:
            return "sms";
        case Channel::email:
            return "email";
        case Channel::whatsapp:
            return "whatsapp";
    }
    return "unknown";
}

std::optional<Channel> parse_channel(std::string_view name) noexcept {
    for (auto const channel : {Channel::sms, Channel::email, Channel::whatsapp}) {
        if (name == to_string(channel)) return channel;
    }
    return std::nullopt;
}

}  // namespace otp
