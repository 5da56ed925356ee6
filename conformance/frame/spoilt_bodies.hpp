#pragma once

#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {

/// A body that is not the documented one, and what was done to it.
struct SpoiltBody {
    std::string how;
    std::string body;
};

/// Bodies that no JSON interface sends: HTML, text, JSON that is no object, bad UTF-8, too deep.
[[nodiscard]] std::vector<SpoiltBody> garbage_bodies();

/// JSON pointers of all members and elements, outermost first; not the document itself.
[[nodiscard]] std::vector<std::string> all_pointers(boost::json::value const& document);

/// JSON pointers of all objects, that of the document itself among them.
[[nodiscard]] std::vector<std::string> pointers_of_objects(boost::json::value const& document);

/// `body` with the value at `pointer` replaced by the raw text `with`.
[[nodiscard]] std::string with_value(
    boost::json::value const& body, std::string_view pointer, std::string_view with
);

/// `body` without the member or element at `pointer`.
[[nodiscard]] std::string without(boost::json::value const& body, std::string_view pointer);

/// `body` with the member at `pointer` there twice: as it is, and as the raw text `other`, which
/// comes first if `other_first`. Nothing else is changed.
[[nodiscard]] std::string with_duplicate(
    boost::json::value const& body,
    std::string_view pointer,
    std::string_view other,
    bool other_first
);

/// `body`, an object, with one more member of the raw text `value`.
[[nodiscard]] std::string with_member(
    boost::json::value const& body, std::string_view name, std::string_view value
);

/// `body` with one more member of the raw text `value` in the object at `pointer`.
[[nodiscard]] std::string with_member_at(
    boost::json::value const& body,
    std::string const& pointer,
    std::string_view name,
    std::string_view value
);

/// `body` with every string, number and boolean replaced by what `replace` makes of it.
[[nodiscard]] boost::json::value with_scalars(
    boost::json::value const& body,
    std::function<boost::json::value(boost::json::value const&)> const& replace
);

}  // namespace otp::conformance
