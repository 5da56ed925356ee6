// What was sent is never found again in a text that is kept. An input's first line is three numbers
// (which canary, how it is spelled, where it stands), the rest is a vendor's text.
#include "fuzz/support/canary.hpp"
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"
#include "fuzz/support/utf8.hpp"

#include <otp/adapter/sent_texts.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/verify_otp.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

using otp::fuzz::Canary;
using otp::fuzz::require;

constexpr std::size_t longest_identifier = 128;

/// A request with everything in it that a vendor may repeat.
struct Sent {
    Sent() {
        send.to.email = otp::EmailAddress::parse("jane.doe@example.com").value();
        send.to.user_ids.emplace("spherepay", "customer_f31121c389624d3697cbf3ea8830b7a4");
        instance.name = "main";
        instance.vendor = "spherepay";
        instance.credentials.emplace("api_key", otp::Secret("fake-api-key-for-fuzzing"));
        verify.handle.set_reference("mobile", "9002336768");
    }

    otp::InstanceConfig instance;
    otp::SendOtp send{otp::PhoneNumber::parse("+12025550162").value()};
    otp::VerifyOtp verify{
        otp::VerificationHandle("main", "spherepay", otp::Channel::sms),
        otp::OtpCode::parse("481592").value()};
    std::vector<Canary> of_send{
        otp::fuzz::digits_canary("+12025550162"),
        otp::fuzz::address_canary("jane.doe@example.com"),
        otp::fuzz::opaque_canary("customer_f31121c389624d3697cbf3ea8830b7a4"),
        otp::fuzz::opaque_canary("fake-api-key-for-fuzzing")};
    std::vector<Canary> of_verify{
        otp::fuzz::digits_canary("481592"), otp::fuzz::digits_canary("9002336768")};
};

Sent const& sent() {
    static Sent const request;
    return request;
}

void check_form(std::string_view text, std::string_view scrubbed, std::size_t longest) {
    require(scrubbed.size() <= longest, "a text that is kept is short", scrubbed);
    require(
        std::none_of(
            scrubbed.begin(),
            scrubbed.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
        ),
        "it holds no control character",
        scrubbed
    );
    require(
        !otp::fuzz::is_utf8(text) || otp::fuzz::is_utf8(scrubbed), "UTF-8 stays UTF-8", scrubbed
    );
}

void check_scrubbing(
    otp::SentTexts const& texts, std::string_view text, std::vector<Canary> const& canaries
) {
    auto const kept = texts.scrub_text(text);
    check_form(text, kept, otp::max_vendor_text);
    auto const* shown = otp::fuzz::shown_canary(kept, canaries);
    require(shown == nullptr, "a text shows nothing that was sent", text, kept);
    require(texts.scrub_text(kept) == kept, "scrubbing twice changes nothing", text, kept);

    auto const identifier = texts.scrub_identifier(text);
    check_form(text, identifier, longest_identifier);
    shown = otp::fuzz::shown_canary(identifier, canaries);
    require(shown == nullptr, "an identifier shows nothing that was sent", text, identifier);
    require(
        texts.scrub_identifier(identifier) == identifier,
        "masking twice changes nothing",
        text,
        identifier
    );
}

std::array<std::size_t, 3> numbers_of(std::string_view line) {
    std::array<std::size_t, 3> numbers{};
    for (auto& number : numbers) {
        auto const [end, ec] = std::from_chars(line.data(), line.data() + line.size(), number);
        if (ec != std::errc{}) break;
        line.remove_prefix(static_cast<std::size_t>(end - line.data()));
        if (line.starts_with(' ')) line.remove_prefix(1);
    }
    return numbers;
}

/// A place between two characters, so that a text stays UTF-8.
std::size_t place_in(std::string_view text, std::size_t wanted) {
    auto at = wanted % (text.size() + 1);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    return at;
}

void check(
    otp::SentTexts const& texts,
    std::vector<Canary> const& canaries,
    std::array<std::size_t, 3> const& choice,
    std::string text
) {
    auto const& canary = canaries[choice[0] % canaries.size()];
    text.insert(place_in(text, choice[2]), otp::fuzz::spell(canary, choice[1]));
    check_scrubbing(texts, text, canaries);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto text = otp::fuzz::as_text(data, size);
    auto const choice = numbers_of(otp::fuzz::take_line(text));
    check(otp::SentTexts(sent().send, &sent().instance), sent().of_send, choice, std::string(text));
    check(
        otp::SentTexts(sent().verify, &sent().instance), sent().of_verify, choice, std::string(text)
    );
    auto const plain = otp::scrub_vendor_text(text);
    check_form(text, plain, otp::max_vendor_text);
    require(otp::scrub_vendor_text(plain) == plain, "scrubbing twice changes nothing", plain);
    check_form(text, otp::vendor_identifier(text), longest_identifier);
    return 0;
}
