#include <otp/adapter/vendor_fields.hpp>
#include <otp/json_body.hpp>
#include <otp/nearest_name.hpp>

#include <algorithm>
#include <string>

namespace otp {

namespace {

std::string list_of(std::vector<std::string_view> const& names) {
    std::string list;
    for (auto const name : names) {
        if (!list.empty()) list += ", ";
        list += name;
    }
    return list;
}

/// What follows the pointer of a key that is none.
std::string describe_unknown(std::string_view key, std::vector<std::string_view> const& known) {
    std::string text = "is no field that this vendor has here; ";
    if (known.empty()) return text += "there is none";
    if (auto const nearest = nearest_name(key, known)) {
        return text.append("did you mean ").append(*nearest) += '?';
    }
    return text += "there are: " + list_of(known);
}

}  // namespace

std::vector<FieldViolation> unknown_vendor_fields(
    VendorFields const& fields,
    std::string_view vendor,
    std::vector<SettingDescription> const& known
) {
    std::vector<FieldViolation> violations;
    auto const given = fields.find(vendor);
    if (given == fields.end()) return violations;
    std::vector<std::string_view> names;
    names.reserve(known.size());
    for (auto const& field : known) names.emplace_back(field.name);
    auto const pointer = append_json_pointer("/vendor_fields", vendor);
    for (auto const& [key, value] : given->second) {
        if (std::find(names.begin(), names.end(), key) != names.end()) continue;
        violations.push_back({append_json_pointer(pointer, key), describe_unknown(key, names)});
    }
    return violations;
}

}  // namespace otp
