#include "config/secret_reference.hpp"

#include "config/secret_file.hpp"
#include "config/wording.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace otp::config {

namespace {

bool is_variable_name(std::string_view name) {
    auto const is_letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    };
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !name.empty() && !is_digit(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return is_letter(c) || is_digit(c);
           });
}

// What stands between `${kind:` and `}`, if the whole text is such a reference.
std::optional<std::string_view> referred(std::string_view text, std::string_view opening) {
    if (!text.starts_with(opening) || text.find('}') != text.size() - 1) {
        return std::nullopt;
    }
    return text.substr(opening.size(), text.size() - opening.size() - 1);
}

Checked<Secret> read_variable(std::string_view name, ConfigSources const& sources) {
    if (!is_variable_name(name)) {
        return Mistake{"the name in ${env:NAME} must be letters, digits and _"};
    }
    if (!sources.environment) {
        return Mistake{"${env:" + std::string(name) + "}: there is no environment here"};
    }
    auto found = sources.environment(std::string(name));
    if (!found) {
        return Mistake{"the environment variable " + in_quotes(name) + " is not set"};
    }
    std::string& value = *found;
    if (value.empty()) {
        return Mistake{"the environment variable " + in_quotes(name) + " is empty"};
    }
    Secret secret(value);
    wipe_memory(value.data(), value.size());
    return secret;
}

Checked<Secret> read_file(std::string_view path, ConfigSources const& sources) {
    if (path.empty() || path.find('\0') != path.npos) {
        return Mistake{"${file:PATH} needs a path"};
    }
    if (!sources.allow_files) {
        return Mistake{"${file:…} is not allowed here"};
    }
    return read_secret_file(sources.base_directory / std::filesystem::path(path));
}

}  // namespace

Checked<Secret> read_secret(
    std::string_view text, ConfigSources const& sources, bool allow_inline
) {
    if (auto const name = referred(text, "${env:")) {
        return read_variable(*name, sources);
    }
    if (auto const path = referred(text, "${file:")) {
        return read_file(*path, sources);
    }
    if (text.find("${") != text.npos) {
        return Mistake{
            "holds ${, but is not exactly one reference: write ${env:NAME} or ${file:PATH} and "
            "nothing around it"};
    }
    if (text.empty()) {
        return Mistake{"is empty"};
    }
    if (!allow_inline) {
        return Mistake{
            "is written in the file: use ${env:NAME} or ${file:PATH}, or set "
            "\"allow_inline_secrets\": true"};
    }
    return Secret(text);
}

}  // namespace otp::config
