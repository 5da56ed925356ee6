#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>
#include <otp/adapter/vendor_fields.hpp>
#include <otp/json_body.hpp>

namespace otp::adapter {
namespace {

std::string range_message(std::int64_t lowest, std::int64_t highest) {
    return "must be an integer from " + std::to_string(lowest) + " to " + std::to_string(highest);
}

}  // namespace

VendorFieldReader::VendorFieldReader(
    VendorFields const& fields,
    std::string_view vendor,
    std::vector<SettingDescription> const& known
)
    : vendor_(vendor), fields_(nullptr) {
    auto const found = fields.find(vendor);
    if (found == fields.end()) return;
    fields_ = &found->second;
    violations_ = unknown_vendor_fields(fields, vendor, known);
    for (auto const& field : known) {
        auto const* const value = find(field.name);
        if (value == nullptr) continue;
        if (has_control_character(*value)) {
            refuse(field.name, "must not contain control characters");
        } else if (!is_utf8(*value)) {
            refuse(field.name, "must be UTF-8");
        }
    }
}

std::string const* VendorFieldReader::find(std::string_view key) const noexcept {
    if (!has_fields()) return nullptr;
    auto const found = fields_->find(key);
    return found == fields_->end() ? nullptr : &found->second;
}

std::optional<std::string_view> VendorFieldReader::given_text(
    std::string_view key, std::size_t max_length
) {
    std::string const* const value = find(key);
    if (value == nullptr) return std::nullopt;
    if (has_control_character(*value) || !is_utf8(*value)) return std::nullopt;
    if (value->empty() || utf8_length(*value) > max_length) {
        refuse(key, "must be 1 to " + std::to_string(max_length) + " characters");
        return std::nullopt;
    }
    return *value;
}

std::optional<bool> VendorFieldReader::given_boolean(std::string_view key) {
    std::string const* const value = find(key);
    if (value == nullptr) return std::nullopt;
    auto const parsed = parse_bool(*value);
    if (!parsed) refuse(key, "must be true or false");
    return parsed;
}

std::optional<std::int64_t> VendorFieldReader::integer(
    std::string_view key, std::int64_t lowest, std::int64_t highest
) {
    std::string const* const value = find(key);
    if (value == nullptr) return std::nullopt;
    auto const parsed = parse_integer(*value);
    if (!parsed || *parsed < lowest || *parsed > highest) {
        refuse(key, range_message(lowest, highest));
        return std::nullopt;
    }
    return parsed;
}

void VendorFieldReader::refuse(std::string_view key, std::string_view message) {
    std::string const vendor_pointer = append_json_pointer("/vendor_fields", vendor_);
    refuse_at(append_json_pointer(vendor_pointer, key), message);
}

void VendorFieldReader::refuse_at(std::string_view pointer, std::string_view message) {
    violations_.push_back({std::string(pointer), std::string(message)});
}

Error VendorFieldReader::error() const {
    return field_errors(ErrorCategory::invalid_request, violations_);
}

}  // namespace otp::adapter
