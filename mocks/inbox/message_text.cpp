#include "inbox/message_text.hpp"

#include "inbox/vendor_title.hpp"

namespace otp::mocks {
namespace {

std::string counted(std::int64_t count, std::string_view unit) {
    return std::to_string(count) + " " + std::string(unit) + (count == 1 ? "" : "s");
}

/// `2 minutes`; what is no whole number of them in seconds.
std::string in_words(std::chrono::milliseconds duration) {
    auto const seconds = std::chrono::round<std::chrono::seconds>(duration).count();
    return seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
}

std::string email_text(std::string_view code, std::string_view good_for) {
    std::string text = "Hello,\n\nyour verification code is ";
    text += code;
    text += ".\n\nIt expires in ";
    text += good_for;
    text += ". If you did not ask for it, you can ignore this email.\n";
    return text;
}

/// WhatsApp itself prescribes it:
/// https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates
std::string whatsapp_text(std::string_view code, std::string_view good_for) {
    std::string text(code);
    text += " is your verification code. For your security, do not share this code.\n";
    text += "This code expires in ";
    text += good_for;
    text += ".";
    return text;
}

std::string sms_text(std::string_view title, std::string_view code, std::string_view good_for) {
    std::string text(title);
    text += ": your verification code is ";
    text += code;
    text += ". It expires in ";
    text += good_for;
    text += ". Do not share it with anyone.";
    return text;
}

}  // namespace

MessageText message_text(
    std::string_view vendor,
    std::string_view channel,
    std::string_view code,
    std::chrono::milliseconds good_for
) {
    auto const title = vendor_title(vendor);
    auto const duration = in_words(good_for);
    if (channel == "email") return {"Your " + title + " code", email_text(code, duration)};
    if (channel == "whatsapp") return {std::nullopt, whatsapp_text(code, duration)};
    return {std::nullopt, sms_text(title, code, duration)};
}

}  // namespace otp::mocks
