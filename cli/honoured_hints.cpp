#include "honoured_hints.hpp"

#include "output.hpp"

#include <boost/json/array.hpp>

namespace otp::cli {

namespace {

[[nodiscard]] boost::json::object device_json(HonouredHints::Device const& device) {
    boost::json::object object;
    object["ip_address"] = device.ip_address;
    object["user_agent_bytes"] = nullptr;
    if (device.user_agent_bytes) object["user_agent_bytes"] = *device.user_agent_bytes;
    return object;
}

/// `send, verify`, or `send`, or nothing.
[[nodiscard]] std::string operations(bool of_send, bool of_verify) {
    std::vector<std::string> names;
    if (of_send) names.emplace_back("send");
    if (of_verify) names.emplace_back("verify");
    return join(names);
}

}  // namespace

boost::json::object to_json(HonouredHints const& hints) {
    boost::json::array locales;
    for (auto const& known : hints.locales) {
        boost::json::object entry;
        entry["channels"] = texts_json(channel_names(known.channels));
        entry["tags"] = texts_json(known.tags);
        locales.push_back(std::move(entry));
    }
    boost::json::object object;
    object["locales"] = std::move(locales);
    object["expires_in"] = nullptr;
    if (auto const& expiry = hints.expires_in) {
        boost::json::object range;
        range["shortest_minutes"] = expiry->shortest.count();
        range["longest_minutes"] = expiry->longest.count();
        object["expires_in"] = std::move(range);
    }
    object["reference_characters"] = nullptr;
    if (hints.reference_characters) object["reference_characters"] = *hints.reference_characters;
    object["device_of_send"] = device_json(hints.device_of_send);
    object["device_of_verify"] = device_json(hints.device_of_verify);
    return object;
}

std::vector<std::string> describe_hints(HonouredHints const& hints) {
    std::vector<std::string> lines;
    for (auto const& known : hints.locales) {
        lines.push_back(
            "locale (" + join(channel_names(known.channels)) + "): the nearest of " +
            join(known.tags)
        );
    }
    if (auto const& range = hints.expires_in) {
        lines.push_back(
            "expires_in: " + std::to_string(range->shortest.count()) + " to " +
            std::to_string(range->longest.count()) + " minutes"
        );
    }
    if (auto const most = hints.reference_characters) {
        lines.push_back("reference: at most " + std::to_string(*most) + " characters");
    }
    auto const& send = hints.device_of_send;
    auto const& verify = hints.device_of_verify;
    if (send.ip_address || verify.ip_address) {
        lines.push_back("client.ip_address: " + operations(send.ip_address, verify.ip_address));
    }
    if (auto const most = send.user_agent_bytes ? send.user_agent_bytes : verify.user_agent_bytes) {
        auto const where =
            operations(send.user_agent_bytes.has_value(), verify.user_agent_bytes.has_value());
        lines.push_back(
            "client.user_agent: " + where + ", at most " + std::to_string(*most) + " bytes"
        );
    }
    if (lines.empty()) lines.emplace_back("none; all are left out");
    return lines;
}

}  // namespace otp::cli
