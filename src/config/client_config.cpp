#include <otp/config.hpp>

#include <algorithm>

namespace otp {

namespace {

template <class Named>
Named const* find_named(std::vector<Named> const& list, std::string_view name) noexcept {
    auto const found = std::find_if(list.begin(), list.end(), [name](Named const& item) {
        return item.name == name;
    });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

InstanceConfig const* ClientConfig::find_instance(std::string_view name) const noexcept {
    return find_named(instances, name);
}

RouteConfig const* ClientConfig::find_route(std::string_view name) const noexcept {
    return find_named(routes, name);
}

}  // namespace otp
