#include "adapter/credential_ways.hpp"

#include "model/wording.hpp"

#include <otp/adapter/setting_names.hpp>

#include <algorithm>

namespace otp::adapter {

std::string credential_ways(VendorDescription const& vendor) {
    std::string text;
    for (auto const& way : vendor.credentials) {
        std::vector<std::string_view> const names(way.begin(), way.end());
        text += (text.empty() ? "" : ", or ") + model::listed(names, "and");
    }
    return text;
}

std::vector<std::string_view> credential_names(VendorDescription const& vendor) {
    std::vector<std::string_view> names;
    for (auto const& way : vendor.credentials) {
        for (std::string_view const name : way) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return names;
}

std::size_t meant_credentials(
    std::span<std::string_view const> given, VendorDescription const& vendor
) {
    std::size_t meant = 0;
    std::size_t most = 0;
    bool is_complete = false;
    for (std::size_t index = 0; index < vendor.credentials.size(); ++index) {
        auto const& way = vendor.credentials[index];
        auto const count =
            static_cast<std::size_t>(std::count_if(way.begin(), way.end(), [&](auto const& name) {
                return std::find(given.begin(), given.end(), name) != given.end();
            }));
        bool const completes = count == way.size();
        bool const better = completes == is_complete ? count > most : completes;
        if (!better) continue;
        meant = index;
        most = count;
        is_complete = completes;
    }
    return meant;
}

}  // namespace otp::adapter
