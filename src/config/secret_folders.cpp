#include "config/secret_folders.hpp"

#include "config/wording.hpp"

#include <otp/json_body.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace otp::config {

namespace {

Checked<std::filesystem::path> real_folder(std::filesystem::path const& folder) {
    std::error_code error;
    auto real_path = std::filesystem::canonical(folder, error);
    auto const name = path_in_quotes(folder);
    if (error) return Mistake{"cannot read " + name + ": " + error.message()};
    if (!std::filesystem::is_directory(real_path, error)) return Mistake{name + " is not a folder"};
    if (!real_path.has_relative_path()) return Mistake{"must be a folder for secrets, not " + name};
    return {boost::system::in_place_value, std::move(real_path)};
}

}  // namespace

std::vector<SecretFolder> read_secret_folders(
    ObjectReader const& root, ConfigSources const& sources
) {
    constexpr std::string_view key = "secret_folders";
    auto folders = sources.allow_files ? mounted_secret_folders() : std::vector<SecretFolder>();
    auto const* value = root.find(key);
    if (value == nullptr) return folders;
    auto const* array = value->if_array();
    if (array == nullptr) {
        root.refuse(key, wrong_type("an array of folders", *value));
        return folders;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto const place = append_json_pointer(root.pointer_of(key), std::to_string(i));
        auto const text = plain_text((*array)[i], place, root.violations());
        if (!text) continue;
        if (text->empty()) {
            root.violations().add(place, "is empty");
        } else if (sources.allow_files) {
            auto folder = real_folder(sources.base_directory / std::filesystem::path(*text));
            if (folder) {
                folders.push_back({std::move(*folder), true});
            } else {
                root.violations().add(place, folder.error().text);
            }
        }
    }
    return folders;
}

}  // namespace otp::config
