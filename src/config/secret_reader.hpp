#pragma once

#include "config/object_reader.hpp"
#include "config/secret_file.hpp"

#include <otp/config.hpp>
#include <otp/secret.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace otp::config {

/// Reads credentials and proxy passwords, all of them by one rule.
///
/// - `${env:NAME}`: the environment variable.
/// - `${file:PATH}`: see `read_secret_file`; a relative path begins at the sources' folder.
/// - Anything else is the secret itself, and refused unless that is allowed. A reference inside a
///   longer text is an error: it would not be replaced.
///
/// From wherever it comes, a secret loses what `trim_secret_text` drops, and is refused for what
/// `secret_text_problem` finds. No violation holds any part of it, save a reference's name or path.
class SecretReader {
public:
    /// `sources` outlives the reader.
    SecretReader(
        ConfigSources const& sources, bool allow_inline, std::vector<SecretFolder> folders
    );

    /// The member `key` of `object`; nothing if there is none, or if it cannot be used, which is
    /// reported.
    [[nodiscard]] std::optional<Secret> read(ObjectReader const& object, std::string_view key)
        const;

private:
    struct Found;

    [[nodiscard]] Checked<Found> find(std::string_view text) const;
    [[nodiscard]] Checked<Found> find_in_environment(std::string_view name) const;
    [[nodiscard]] Checked<Found> find_in_file(std::string_view path) const;
    [[nodiscard]] Checked<Found> take_inline(std::string_view text) const;

    ConfigSources const& sources_;
    bool allow_inline_;
    std::vector<SecretFolder> folders_;
};

}  // namespace otp::config
