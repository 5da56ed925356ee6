#include "config/repeated_names.hpp"

#include <otp/json_body.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

// Follows a parse and knows the JSON pointer of the place it is at.
class NameHandler {
public:
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using Text = boost::json::string_view;
    using ErrorCode = boost::system::error_code;

    explicit NameHandler(Violations& violations) : violations_(violations) {}

    bool on_document_begin(ErrorCode&) { return true; }
    bool on_document_end(ErrorCode&) { return true; }
    bool on_object_begin(ErrorCode&) { return begin(true); }
    bool on_object_end(std::size_t, ErrorCode&) { return end(); }
    bool on_array_begin(ErrorCode&) { return begin(false); }
    bool on_array_end(std::size_t, ErrorCode&) { return end(); }
    bool on_key_part(Text part, std::size_t, ErrorCode&) {
        name_.append(part.data(), part.size());
        return true;
    }
    bool on_key(Text part, std::size_t, ErrorCode&) {
        name_.append(part.data(), part.size());
        auto& object = levels_.back();
        if (!object.names.insert(name_).second) {
            violations_.add(append_json_pointer(object.pointer, name_), "is given more than once");
        }
        object.name = std::exchange(name_, {});
        return true;
    }
    bool on_string_part(Text, std::size_t, ErrorCode&) { return true; }
    bool on_string(Text, std::size_t, ErrorCode&) { return value_done(); }
    bool on_number_part(Text, ErrorCode&) { return true; }
    bool on_int64(std::int64_t, Text, ErrorCode&) { return value_done(); }
    bool on_uint64(std::uint64_t, Text, ErrorCode&) { return value_done(); }
    bool on_double(double, Text, ErrorCode&) { return value_done(); }
    bool on_bool(bool, ErrorCode&) { return value_done(); }
    bool on_null(ErrorCode&) { return value_done(); }
    bool on_comment_part(Text, ErrorCode&) { return true; }
    bool on_comment(Text, ErrorCode&) { return true; }

private:
    struct Level {
        std::string pointer;
        bool is_object;
        std::set<std::string> names;
        std::string name;
        std::size_t index;
    };

    bool begin(bool is_object) {
        std::string pointer;
        if (!levels_.empty()) {
            auto const& parent = levels_.back();
            pointer = append_json_pointer(
                parent.pointer, parent.is_object ? parent.name : std::to_string(parent.index)
            );
        }
        levels_.push_back({std::move(pointer), is_object, {}, {}, 0});
        return true;
    }

    bool end() {
        levels_.pop_back();
        return value_done();
    }

    bool value_done() {
        if (!levels_.empty()) ++levels_.back().index;
        return true;
    }

    Violations& violations_;
    std::vector<Level> levels_;
    std::string name_;
};

}  // namespace

void report_repeated_names(
    std::string_view text, boost::json::parse_options const& options, Violations& violations
) {
    boost::json::basic_parser<NameHandler> parser(options, violations);
    boost::system::error_code error;
    parser.write_some(false, text.data(), text.size(), error);
}

}  // namespace otp::config
