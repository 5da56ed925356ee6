#include "model/text_pairs.hpp"

#include <otp/json_body.hpp>
#include <otp/verification_handle.hpp>

#include <boost/json/object.hpp>

#include <utility>

namespace otp {

namespace {

Error refused(std::string_view pointer, std::string_view message) {
    return field_error(ErrorCategory::invalid_request, pointer, message);
}

}  // namespace

VerificationHandle::VerificationHandle(std::string instance, std::string vendor, Channel channel)
    : instance_(std::move(instance)), vendor_(std::move(vendor)), channel_(channel) {}

std::string_view VerificationHandle::reference(std::string_view name) const noexcept {
    for (std::string_view rest = references_; !rest.empty();) {
        auto const [known_name, value] = model::take_pair(rest);
        if (known_name == name) return value;
    }
    return {};
}

void VerificationHandle::set_reference(std::string_view name, std::string_view value) {
    if (references_.empty()) return model::append_pair(references_, name, value);
    std::string others;
    bool known = false;
    for (std::string_view rest = references_; !rest.empty();) {
        auto const [known_name, known_value] = model::take_pair(rest);
        known = known || known_name == name;
        model::append_pair(others, known_name, known_name == name ? value : known_value);
    }
    if (!known) model::append_pair(others, name, value);
    references_ = std::move(others);
}

boost::json::object VerificationHandle::to_json() const {
    boost::json::object references;
    for (auto const& [name, value] : this->references()) {
        references[boost::json::string_view(name.data(), name.size())] =
            boost::json::string_view(value.data(), value.size());
    }
    boost::json::object json;
    json["version"] = json_version;
    json["instance"] = instance_;
    json["vendor"] = vendor_;
    json["channel"] = to_string(channel_);
    json["references"] = std::move(references);
    return json;
}

Result<VerificationHandle> VerificationHandle::from_json(boost::json::value const& json) {
    auto const* const object = json.if_object();
    if (object == nullptr) return refused("", "must be a JSON object: a verification handle");
    // The version comes first: of a newer one nothing else may be judged.
    auto const* const version = object->if_contains("version");
    auto const* const version_number = version != nullptr ? version->if_int64() : nullptr;
    if (version_number == nullptr || *version_number < 1) {
        return refused("/version", "must be a whole number from 1 on");
    }
    if (*version_number > json_version) {
        return refused("/version", "was written by a newer version of this software");
    }
    auto const instance = string_member(*object, "instance");
    if (!instance || instance->empty()) {
        return refused("/instance", "must be the name of the instance that sent the code");
    }
    auto const vendor = string_member(*object, "vendor");
    if (!vendor || vendor->empty()) {
        return refused("/vendor", "must be the name of the vendor that sent the code");
    }
    auto const channel = parse_channel(string_member(*object, "channel").value_or(""));
    if (!channel) return refused("/channel", "must be one of sms, email, whatsapp");
    auto const* const references = object_member(*object, "references");
    if (references == nullptr) return refused("/references", "must be an object");

    VerificationHandle handle{std::string(*instance), std::string(*vendor), *channel};
    for (auto const& member : *references) {
        auto const value = string_member(*references, member.key());
        if (!value) {
            return refused(append_json_pointer("/references", member.key()), "must be text");
        }
        handle.set_reference(member.key(), *value);
    }
    return handle;
}

}  // namespace otp
