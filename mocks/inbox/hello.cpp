#include "inbox/hello.hpp"

#include "inbox/vendor_title.hpp"
#include "wire/wire_time.hpp"

#include <otp/mocks/vendor_names.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cstdint>
#include <utility>

namespace otp::mocks {

namespace json = boost::json;

std::string hello_json(Hello const& hello) {
    json::array vendors;
    for (std::string const& name : vendor_names()) {
        vendors.push_back(json::object{{"name", name}, {"title", vendor_title(name)}});
    }
    return json::serialize(json::object{
        {"now", iso8601(hello.now)},
        {"moved_ms", std::int64_t{hello.moved.count()}},
        {"messages", hello.messages},
        {"keep", hello.keep},
        {"vendors", std::move(vendors)},
        {"held", hello.held}});
}

}  // namespace otp::mocks
