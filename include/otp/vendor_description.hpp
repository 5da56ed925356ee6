#pragma once

#include <otp/channel.hpp>

#include <string>
#include <vector>

namespace otp {

/// A named setting with one line about it.
struct SettingDescription {
    std::string name;
    std::string description;
};

/// What a vendor needs and offers, as data: for checking a configuration, and for people.
struct VendorDescription {
    /// The word in the configuration: `stytch`.
    std::string name;
    /// The vendor's own spelling: `Stytch`.
    std::string title;
    std::vector<Channel> channels;
    /// What a recipient needs, in words: `an Indian phone number`.
    std::string recipient;
    /// Alternatives; each is the complete list of names of one way to authenticate.
    std::vector<std::vector<std::string>> credentials;
    /// Keys of an instance's `options`.
    std::vector<SettingDescription> options;
    /// Values of `environment`; empty if the vendor has none.
    std::vector<std::string> environments;
    /// Keys of `vendor_fields` of a send and of a verify.
    std::vector<SettingDescription> send_fields;
    std::vector<SettingDescription> verify_fields;
    /// How long a code lives, in words.
    std::string expiry;
    std::string documentation_url;
};

}  // namespace otp
