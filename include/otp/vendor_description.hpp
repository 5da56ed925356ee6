#pragma once

#include <otp/channel.hpp>
#include <otp/export.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace OTP_EXPORT otp {

/// A named setting with one line about it.
struct SettingDescription {
    std::string name;
    std::string description;
    /// Whether an option is the path of a file, which in a configuration file begins at the
    /// configuration's folder, as all paths there.
    bool is_file{false};
};

/// Which of a request's hints a vendor can honour, and within which bounds: what `fit_hints` goes
/// by. What it cannot is left out of the request.
struct HonouredHints {
    /// The languages that the messages of some channels come in.
    struct Locales {
        std::vector<Channel> channels{};
        /// The vendor's own spellings, which are sent as they stand here. Of several that are
        /// equally near to a wish, the first one is taken.
        std::vector<std::string> tags{};
    };
    /// What the vendor lets a request choose as a code's expiry.
    struct ExpiryRange {
        std::chrono::minutes shortest;
        std::chrono::minutes longest;
    };
    /// What a request may tell of the person's device.
    struct Device {
        bool ip_address{false};
        /// The most bytes (UTF-8 without control characters) that a user agent may have.
        std::optional<std::size_t> user_agent_bytes{};
    };

    /// A channel without an entry has no choice of languages.
    std::vector<Locales> locales{};
    std::optional<ExpiryRange> expires_in{};
    /// The most characters (printable ASCII) that a reference may have.
    std::optional<std::size_t> reference_characters{};
    Device device_of_send{};
    Device device_of_verify{};
};

/// Where secrets and personal data stand in a vendor's exchanges, those of its token endpoint
/// included: what nobody may keep as it is, in a recording, say. Whatever stands elsewhere counts
/// as harmless.
struct SensitivePlaces {
    /// Names of request headers, in lower case. The client's own `authorization` is always one.
    std::vector<std::string> request_headers{};
    /// JSON pointers into the request's body; of a form, `/` and the name of the field. `/user/**`
    /// stands for all that is below `/user`.
    std::vector<std::string> request_members{};
    /// Names of the placeholders of routes: `id` of `/v2/customer/{id}/otp-send`.
    std::vector<std::string> path_parameters{};
    /// The same of the answer's body.
    std::vector<std::string> response_members{};
};

/// Answers to a send after which the vendor's own documents ask for the same request again,
/// although a code may have been sent. Counts only where a route says so
/// (`OnUnknown::retry_if_documented`).
struct DocumentedRepetition {
    /// HTTP statuses, both included.
    int first_status{0};
    int last_status{0};
    /// The sentence of the documents that asks for it, and where it stands.
    std::string sentence{};
    std::string url{};
};

/// What is told of a vendor that is none: it stands for one inside this process, and whoever reads
/// the configuration may know its codes. No such instance may be in a configuration with one whose
/// environment is `live` or `production`.
struct StandIn {
    /// The option that lets an instance be there all the same, where it is `true`; empty: none.
    std::string permission{};
};

/// What a vendor needs and offers, as data: for checking a configuration, and for people.
struct VendorDescription {
    /// The word in the configuration: `stytch`.
    std::string name{};
    /// The vendor's own spelling: `Stytch`.
    std::string title{};
    std::vector<Channel> channels{};
    /// What a recipient needs, in words: `an Indian phone number`.
    std::string recipient{};
    /// Alternatives; each is the complete list of names of one way to authenticate.
    std::vector<std::vector<std::string>> credentials{};
    /// Keys of an instance's `options`.
    std::vector<SettingDescription> options{};
    /// Values of `environment`; empty if the vendor has none.
    std::vector<std::string> environments{};
    /// Keys of `vendor_fields` of a send and of a verify; the client refuses all others.
    std::vector<SettingDescription> send_fields{};
    std::vector<SettingDescription> verify_fields{};
    HonouredHints hints{};
    SensitivePlaces sensitive{};
    std::vector<DocumentedRepetition> repetitions{};
    /// When a code expires, in words.
    std::string expiry{};
    std::string documentation_url{};
    /// Set if it is no vendor, but stands for one in tests and demonstrations.
    std::optional<StandIn> stand_in{};
};

}  // namespace otp
