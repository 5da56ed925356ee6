#include "fuzz/support/json_tree.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

constexpr std::size_t max_depth = 64;

/// Builds the tree from the parser's events.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    JsonReading reading;

    bool null() override { return add(json_literal("null")); }
    bool boolean(bool value) override { return add(json_literal(value ? "true" : "false")); }
    bool number_integer(number_integer_t value) override {
        return add(json_literal(std::to_string(value)));
    }
    bool number_unsigned(number_unsigned_t value) override {
        return add(json_literal(std::to_string(value)));
    }
    bool number_float(number_float_t, string_t const& text) override {
        return add(json_literal(text));
    }
    bool string(string_t& value) override { return add(json_string(std::move(value))); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Kind::object); }
    bool start_array(std::size_t) override { return open(Kind::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        name_ = std::move(name);
        reading.repeated_names |= !open_.back().names.insert(name_).second;
        return true;
    }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override {
        return false;
    }

private:
    struct Open {
        JsonTree tree;
        std::set<std::string> names;
    };

    bool add(JsonTree tree) {
        if (open_.empty()) {
            reading.tree = std::move(tree);
            return true;
        }
        auto& parent = open_.back().tree;
        if (parent.is(Kind::object) && tree.name.empty()) tree.name = std::exchange(name_, {});
        parent.items.push_back(std::move(tree));
        return true;
    }
    bool open(Kind kind) {
        if (open_.size() == max_depth) return false;
        JsonTree tree;
        tree.kind = kind;
        bool const is_member = !open_.empty() && open_.back().tree.is(Kind::object);
        if (is_member) tree.name = std::exchange(name_, {});
        open_.push_back({std::move(tree), {}});
        return true;
    }
    bool close() {
        auto tree = std::move(open_.back().tree);
        open_.pop_back();
        return add(std::move(tree));
    }

    std::string name_;
    std::vector<Open> open_;
};

void append_string(std::string& out, std::string_view text) {
    out += '"';
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(
                escape.data(),
                escape.size(),
                "\\u%04x",
                static_cast<unsigned>(static_cast<unsigned char>(c))
            );
            out += escape.data();
        } else {
            out += c;
        }
    }
    out += '"';
}

void append(std::string& out, JsonTree const& tree) {
    if (tree.is(Kind::string)) return append_string(out, tree.text);
    if (!tree.is(Kind::array) && !tree.is(Kind::object)) {
        out += tree.text;
        return;
    }
    bool const is_object = tree.is(Kind::object);
    out += is_object ? '{' : '[';
    bool first = true;
    for (auto const& item : tree.items) {
        if (!std::exchange(first, false)) out += ',';
        if (is_object) {
            append_string(out, item.name);
            out += ':';
        }
        append(out, item);
    }
    out += is_object ? '}' : ']';
}

}  // namespace

JsonTree const* JsonTree::find(std::string_view member) const noexcept {
    auto const found = std::find_if(items.begin(), items.end(), [&](JsonTree const& item) {
        return item.name == member;
    });
    return kind == Kind::object && found != items.end() ? &*found : nullptr;
}

std::optional<std::string> JsonTree::string_at(std::string_view member) const {
    auto const* const found = find(member);
    return found && found->is(Kind::string) ? std::optional(found->text) : std::nullopt;
}

std::optional<JsonReading> read_json(std::string_view text) {
    TreeBuilder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return {};
    return std::move(builder.reading);
}

std::string write_json(JsonTree const& tree) {
    std::string out;
    append(out, tree);
    return out;
}

JsonTree json_string(std::string text) {
    JsonTree tree;
    tree.kind = Kind::string;
    tree.text = std::move(text);
    return tree;
}

JsonTree json_literal(std::string text) {
    JsonTree tree;
    tree.kind = text == "null"                      ? Kind::null
                : text == "true" || text == "false" ? Kind::boolean
                                                    : Kind::number;
    tree.text = std::move(text);
    return tree;
}

}  // namespace otp::fuzz
