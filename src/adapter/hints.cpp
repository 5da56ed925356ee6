#include "adapter/client_address.hpp"
#include "adapter/wished_languages.hpp"
#include "model/printable_ascii.hpp"
#include "model/reference_digest.hpp"
#include "model/scrub.hpp"
#include "model/typed_text.hpp"
#include "model/user_agent.hpp"

#include <otp/adapter/hints.hpp>
#include <otp/adapter/language_tag.hpp>
#include <otp/adapter/sent_texts.hpp>

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace otp {

namespace {

using std::chrono::minutes;

/// Fits the hints one after the other and takes down what became of each.
class Fitting {
public:
    /// `personal` may stand in any of them, and is masked where it is shown.
    Fitting(HonouredHints const& honoured, SentTexts const& personal, FittedHints& fitted)
        : honoured_(honoured), personal_(personal), fitted_(fitted) {}

    void fit_locale(std::string const& wanted, Channel channel) {
        if (auto const wished = adapter::wished_languages(wanted)) {
            fitted_.used.locale = nearest_of(*wished, tags_of(channel));
        } else {
            refuse(
                "/locale",
                "must be a language tag (BCP 47), for example en-US, or an Accept-Language value"
            );
        }
        apply("locale", personal_.scrub_text(wanted), fitted_.used.locale);
    }

    void fit_expires_in(minutes wanted) {
        if (wanted <= minutes::zero()) {
            refuse("/expires_in", "must be longer than 0");
        } else if (auto const& range = honoured_.expires_in) {
            fitted_.used.expires_in = std::clamp(wanted, range->shortest, range->longest);
        }
        auto& applied = apply("expires_in", in_words(wanted));
        auto const& used = fitted_.used.expires_in;
        if (used) applied.used = *used == wanted ? applied.wanted : in_words(*used);
    }

    void fit_reference(std::string const& wanted) {
        auto shown = shown_reference(wanted);
        auto const most = honoured_.reference_characters;
        if (!most || model::visible_text(wanted).empty()) {
            apply("reference", std::move(shown));
            return;
        }
        bool const fits = wanted.size() <= *most && model::is_printable_ascii(wanted);
        fitted_.used.reference = fits ? wanted : model::reference_digest(wanted, *most);
        auto used = fits ? shown : *fitted_.used.reference;
        apply("reference", std::move(shown), std::move(used));
    }

    void fit_client(ClientAttributes const& wanted, HonouredHints::Device const& device) {
        auto& used = fitted_.used.client;
        if (wanted.ip_address) {
            if (device.ip_address) {
                used.ip_address = adapter::find_client_address(*wanted.ip_address);
            }
            apply(
                "client.ip_address",
                adapter::masked_client_address(*wanted.ip_address, personal_),
                used.ip_address
                    ? std::optional(adapter::masked_client_address(*used.ip_address, personal_))
                    : std::nullopt
            );
        }
        if (wanted.user_agent) {
            if (device.user_agent_bytes) {
                used.user_agent =
                    model::clean_user_agent(*wanted.user_agent, *device.user_agent_bytes);
            }
            apply_user_agent(*wanted.user_agent, used.user_agent);
        }
    }

private:
    /// What is near to the first wish that any tag is near to.
    static std::optional<std::string> nearest_of(
        std::span<std::string const> wished, std::span<std::string const> tags
    ) {
        for (auto const& wish : wished) {
            if (auto const tag = nearest_language_tag(tags, wish)) return std::string(*tag);
        }
        return std::nullopt;
    }

    static std::string in_words(minutes expiry) { return std::to_string(expiry.count()) + 'm'; }

    /// What is known is masked first: a number in it would be masked by itself, and the rest shown.
    [[nodiscard]] std::string shown_reference(std::string const& wanted) const {
        auto shown = wanted;
        personal_.mask_known(shown);
        model::mask_numbers_of_reference(shown);
        return personal_.scrub_identifier(shown);
    }

    /// Of long texts only the beginning is shown: then their lengths say that one was cut.
    void apply_user_agent(std::string const& wanted, std::optional<std::string> const& used) {
        auto shown_wanted = personal_.scrub_text(wanted);
        std::optional<std::string> shown_used;
        if (used) shown_used = personal_.scrub_text(*used);
        if (used && shown_wanted == *shown_used && wanted.size() != used->size()) {
            shown_wanted += in_bytes(wanted);
            *shown_used += in_bytes(*used);
        }
        apply("client.user_agent", std::move(shown_wanted), std::move(shown_used));
    }

    static std::string in_bytes(std::string const& text) {
        return " (" + std::to_string(text.size()) + " bytes)";
    }

    [[nodiscard]] std::span<std::string const> tags_of(Channel channel) const noexcept {
        for (auto const& locales : honoured_.locales) {
            auto const& channels = locales.channels;
            if (std::find(channels.begin(), channels.end(), channel) != channels.end()) {
                return locales.tags;
            }
        }
        return {};
    }

    AppliedHint& apply(
        std::string_view name, std::string&& wanted, std::optional<std::string> used = std::nullopt
    ) {
        auto& applied = fitted_.applied.emplace_back();
        applied.name = name;
        applied.wanted = std::move(wanted);
        applied.used = std::move(used);
        return applied;
    }

    void refuse(std::string_view pointer, std::string_view message) {
        if (!fitted_.refusal) {
            fitted_.refusal = field_error(ErrorCategory::invalid_request, pointer, message);
        } else {
            fitted_.refusal->violations.push_back({std::string(pointer), std::string(message)});
        }
    }

    HonouredHints const& honoured_;
    SentTexts const& personal_;
    FittedHints& fitted_;
};

}  // namespace

Hints hints_of(SendOtp const& send) {
    return {send.locale, send.expires_in, send.reference, send.client};
}

Hints hints_of(VerifyOtp const& verify) {
    Hints hints;
    hints.client = verify.client;
    return hints;
}

void set_hints(SendOtp& send, Hints hints) {
    send.locale = std::move(hints.locale);
    send.expires_in = hints.expires_in;
    send.reference = std::move(hints.reference);
    send.client = std::move(hints.client);
}

void set_hints(VerifyOtp& verify, Hints hints) {
    verify.client = std::move(hints.client);
}

FittedHints fit_hints(SendOtp const& send, VendorDescription const& vendor) {
    FittedHints fitted;
    // Only a text may show something of the recipient; most requests have none.
    auto const& client = send.client;
    bool const has_texts = send.locale || send.reference || client.ip_address || client.user_agent;
    std::optional<SendOtp> to_recipient;
    if (has_texts) to_recipient.emplace(send.to);
    auto const personal = to_recipient ? SentTexts(*to_recipient) : SentTexts();
    Fitting fitting(vendor.hints, personal, fitted);
    if (send.locale) fitting.fit_locale(*send.locale, channel_of(send, vendor));
    if (send.expires_in) fitting.fit_expires_in(*send.expires_in);
    if (send.reference) fitting.fit_reference(*send.reference);
    fitting.fit_client(send.client, vendor.hints.device_of_send);
    return fitted;
}

FittedHints fit_hints(VerifyOtp const& verify, VendorDescription const& vendor) {
    FittedHints fitted;
    // Without the client, whose hints would all be known then.
    VerifyOtp const of_recipient{verify.handle, verify.code.clone()};
    SentTexts const personal(of_recipient);
    Fitting fitting(vendor.hints, personal, fitted);
    fitting.fit_client(verify.client, vendor.hints.device_of_verify);
    return fitted;
}

Channel channel_of(SendOtp const& send, VendorDescription const& vendor) noexcept {
    if (send.channel) return *send.channel;
    bool const by_email = !send.to.phone && send.to.email;
    auto const reaches = [by_email](Channel channel) {
        return (channel == Channel::email) == by_email;
    };
    auto const& channels = vendor.channels;
    auto const first = std::find_if(channels.begin(), channels.end(), reaches);
    if (first != channels.end()) return *first;
    return channels.empty() ? Channel::sms : channels.front();
}

}  // namespace otp
