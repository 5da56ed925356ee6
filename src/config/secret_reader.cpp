#include "config/secret_reader.hpp"

#include "config/secret_reference.hpp"
#include "config/wording.hpp"
#include "model/ascii.hpp"

#include <otp/secret_text.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace otp::config {

namespace {

bool is_variable_name(std::string_view name) {
    return !name.empty() && !model::is_digit(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return model::is_alphanumeric(c) || c == '_';
           });
}

}  // namespace

struct SecretReader::Found {
    Secret secret;
    /// Begins a sentence about it: `"/run/secrets/key" `; empty if it is where the pointer leads.
    std::string place;
    std::optional<std::string> warning;
};

SecretReader::SecretReader(
    ConfigSources const& sources, bool allow_inline, std::vector<SecretFolder> folders
)
    : sources_(sources), allow_inline_(allow_inline), folders_(std::move(folders)) {}

std::optional<Secret> SecretReader::read(ObjectReader const& object, std::string_view key) const {
    auto const* value = object.find(key);
    if (value == nullptr) return std::nullopt;
    auto const* text = value->if_string();
    if (text == nullptr) {
        object.refuse(key, wrong_type("a string", *value));
        return std::nullopt;
    }
    auto found = find(*text);
    if (!found) {
        object.refuse(key, found.error().text);
        return std::nullopt;
    }
    auto const problem = secret_text_problem(found->secret.reveal(), key);
    if (!problem.empty()) {
        object.refuse(key, found->place + std::string(problem));
        return std::nullopt;
    }
    if (found->warning) {
        object.violations().warn(object.pointer_of(key), found->place + *found->warning);
    }
    return std::move(found->secret);
}

Checked<SecretReader::Found> SecretReader::find(std::string_view text) const {
    if (auto const name = referred(text, "${env:")) return find_in_environment(*name);
    if (auto const path = referred(text, "${file:")) return find_in_file(*path);
    return take_inline(text);
}

Checked<SecretReader::Found> SecretReader::find_in_environment(std::string_view name) const {
    if (!is_variable_name(name)) {
        return Mistake{"the name in ${env:NAME} must be letters, digits and _"};
    }
    if (!sources_.environment) {
        return Mistake{"${env:" + std::string(name) + "}: there is no environment here"};
    }
    auto const place = "the environment variable " + in_quotes(name) + " ";
    auto value = sources_.environment(std::string(name));
    if (!value) return Mistake{place + "is not set"};
    Found found{Secret(trim_secret_text(*value)), place, {}};
    wipe_memory(value->data(), value->size());
    return found;
}

Checked<SecretReader::Found> SecretReader::find_in_file(std::string_view path) const {
    if (path.empty() || path.find('\0') != path.npos) return Mistake{"${file:PATH} needs a path"};
    if (!sources_.allow_files) return Mistake{"${file:…} is not allowed here"};
    auto const file = sources_.base_directory / std::filesystem::path(path);
    auto read = read_secret_file(file, folders_);
    if (!read) return read.error();
    return Found{std::move(read->secret), path_in_quotes(file) + " ", std::move(read->warning)};
}

Checked<SecretReader::Found> SecretReader::take_inline(std::string_view text) const {
    if (text.find("${") != text.npos) {
        return Mistake{
            "holds ${, but is not exactly one reference: write ${env:NAME} or ${file:PATH} and "
            "nothing around it"};
    }
    if (!text.empty() && !allow_inline_) {
        return Mistake{
            "is written in the file: use ${env:NAME} or ${file:PATH}, or set "
            "\"allow_inline_secrets\": true"};
    }
    return Found{Secret(trim_secret_text(text)), {}, {}};
}

}  // namespace otp::config
