#pragma once

#include <otp/json_body.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace otp::adapter {

/// Where a walk over a JSON document is, and what a list of JSON pointers says of the place.
class MemberPlace {
public:
    /// `listed` must outlive the object.
    explicit MemberPlace(std::span<std::string_view const> listed) : listed_(listed) {}

    /// What `look` finds one step further down, at the member or the index `token`.
    template <class Look>
    auto in(std::string_view token, Look look) {
        auto const size = pointer_.size();
        extend_json_pointer(pointer_, token);
        auto found = look();
        pointer_.resize(size);
        return found;
    }

    [[nodiscard]] std::string const& pointer() const noexcept { return pointer_; }

    /// Whether the place is listed with `ending` behind it.
    [[nodiscard]] bool is_listed(std::string_view ending) const {
        return std::any_of(listed_.begin(), listed_.end(), [&](std::string_view listed) {
            return listed.size() == pointer_.size() + ending.size() &&
                   listed.starts_with(pointer_) && listed.ends_with(ending);
        });
    }

private:
    std::span<std::string_view const> listed_;
    std::string pointer_;
};

}  // namespace otp::adapter
