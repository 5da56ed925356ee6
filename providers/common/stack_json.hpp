#pragma once

#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace otp::common {

/// Memory on the stack for one JSON document, so that small bodies need no heap; larger ones take
/// the heap for their rest. Values made with `storage()` must not outlive the object. Wiped at the
/// end, because bodies hold codes and tokens.
class StackJson {
public:
    StackJson() : resource_(buffer_, sizeof(buffer_)) {}
    StackJson(StackJson const&) = delete;
    StackJson& operator=(StackJson const&) = delete;
    ~StackJson() {
        if (is_used_) wipe_memory(buffer_, sizeof(buffer_));
    }

    [[nodiscard]] boost::json::storage_ptr storage() noexcept {
        is_used_ = true;
        return &resource_;
    }

private:
    bool is_used_{false};
    unsigned char buffer_[2048];
    boost::json::monotonic_resource resource_;
};

/// Reads a vendor's body that must be a JSON object. Errors: those of `parse_json_body`, whose
/// message names the format of what is plainly no JSON (`format_of_no_json`), and `bad_response` if
/// it is anything else than an object.
[[nodiscard]] Result<boost::json::object> parse_json_object(
    std::string_view body, StackJson& memory
);

/// The object as compact JSON text.
[[nodiscard]] std::string to_body(boost::json::object const& object);

}  // namespace otp::common
