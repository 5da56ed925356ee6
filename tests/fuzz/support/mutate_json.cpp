#include "fuzz/support/mutation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

constexpr std::array<char const*, 20> literals{
    "null", "true",  "false",      "0",   "1",
    "-1",   "2",     "200",        "400", "401",
    "999",  "0.0",   "0e400",      "1.5", "-0",
    "302",  "1e400", "2147483648", "461", "18446744073709551616"};

constexpr std::array<char const*, 24> common_texts{
    "",
    "0",
    "1",
    "-1",
    "true",
    "false",
    "null",
    "400",
    "error",
    "Invalid code.",
    "failed",
    "expired",
    "OTP verification failed.",
    " ",
    "us\xc3\xa9r",
    "a\x01"
    "b",
    "\xff",
    "2026-03-09T20:46:31.305Z",
    "none",
    "N/A",
    "success",
    "Bad Request",
    "999",
    "\u202e"};

constexpr std::array<char const*, 30> common_names{
    "error",    "errors",    "Error",  "detail",     "Detail",        "message",
    "Message",  "code",      "status", "Status",     "success",       "Success",
    "verified", "valid",     "data",   "title",      "Title",         "result",
    "fault",    "exception", "ERRORS", "error_type", "error_message", "status_code",
    "approved", "ok",        "id",     "identity",   "reason",        "invalid_params"};

template <class List>
auto const& any_of(List const& list, Random& random) {
    return list[below(random, list.size())];
}

std::string any_name(Vocabulary const& vocabulary, Random& random) {
    if (!vocabulary.names.empty() && below(random, 2) == 0) return any_of(vocabulary.names, random);
    return any_of(common_names, random);
}

std::string any_spelling(Vocabulary const& vocabulary, Random& random) {
    if (vocabulary.canaries.empty()) return {};
    return spell(any_of(vocabulary.canaries, random), below(random, spelling_count));
}

std::string any_text(Vocabulary const& vocabulary, Random& random) {
    switch (below(random, 8)) {
        case 0:
            return std::string(below(random, 300), 'a');
        case 1:
        case 2:
            return any_spelling(vocabulary, random);
        case 3:
        case 4:
            if (!vocabulary.texts.empty()) return any_of(vocabulary.texts, random);
            [[fallthrough]];
        default:
            return any_of(common_texts, random);
    }
}

JsonTree any_scalar(Vocabulary const& vocabulary, Random& random) {
    if (below(random, 2) == 0) return json_literal(any_of(literals, random));
    return json_string(any_text(vocabulary, random));
}

JsonTree empty(Kind kind) {
    JsonTree tree;
    tree.kind = kind;
    return tree;
}

JsonTree named(std::string name, JsonTree tree) {
    tree.name = std::move(name);
    return tree;
}

JsonTree wrapped(JsonTree tree, Kind kind, std::string inner_name) {
    auto outer = empty(kind);
    outer.name = std::exchange(tree.name, kind == Kind::object ? std::move(inner_name) : "");
    outer.items.push_back(std::move(tree));
    return outer;
}

// A scalar, an empty container, or a small object such as an error.
JsonTree any_value(Vocabulary const& vocabulary, Random& random) {
    switch (below(random, 6)) {
        case 0:
            return empty(Kind::object);
        case 1:
            return empty(Kind::array);
        case 2:
            return wrapped(
                named("", any_scalar(vocabulary, random)),
                below(random, 3) == 0 ? Kind::array : Kind::object,
                any_name(vocabulary, random)
            );
        default:
            return any_scalar(vocabulary, random);
    }
}

void collect(JsonTree& tree, std::vector<JsonTree*>& nodes) {
    nodes.push_back(&tree);
    for (auto& item : tree.items) collect(item, nodes);
}

JsonTree& any_node(JsonTree& root, Random& random) {
    std::vector<JsonTree*> nodes;
    collect(root, nodes);
    return *any_of(nodes, random);
}

/// An object or array with something in it; null if there is none.
JsonTree* any_filled(JsonTree& root, Random& random) {
    std::vector<JsonTree*> nodes;
    collect(root, nodes);
    nodes.erase(
        std::remove_if(
            nodes.begin(), nodes.end(), [](JsonTree* node) { return node->items.empty(); }
        ),
        nodes.end()
    );
    return nodes.empty() ? nullptr : any_of(nodes, random);
}

JsonTree* any_object(JsonTree& root, Random& random) {
    std::vector<JsonTree*> nodes;
    collect(root, nodes);
    nodes.erase(
        std::remove_if(
            nodes.begin(), nodes.end(), [](JsonTree* node) { return !node->is(Kind::object); }
        ),
        nodes.end()
    );
    return nodes.empty() ? nullptr : any_of(nodes, random);
}

void replace_value(JsonTree& node, JsonTree value) {
    value.name = std::move(node.name);
    node = std::move(value);
}

void change_case(std::string& name, Random& random) {
    if (name.empty()) return;
    auto const from = below(random, 2) == 0 ? 0 : below(random, name.size());
    for (auto i = from; i < name.size() && (from == 0 || i == from); ++i) {
        auto& c = name[i];
        if (c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        } else if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
        if (below(random, 3) == 0) break;
    }
}

void change_text(std::string& text, Vocabulary const& vocabulary, Random& random) {
    auto const at = below(random, text.size() + 1);
    switch (below(random, 5)) {
        case 0:
            text.insert(at, any_text(vocabulary, random));
            break;
        case 1:
            text.insert(at, any_spelling(vocabulary, random));
            break;
        case 2:
            text.resize(at);
            break;
        case 3:
            if (at < text.size()) text[at] = static_cast<char>(text[at] + 1);
            break;
        default:
            if (at < text.size()) text.erase(at, 1 + below(random, 4));
    }
}

}  // namespace

void mutate_json(JsonTree& root, Vocabulary const& vocabulary, Random& random) {
    switch (below(random, 12)) {
        case 0:
            return replace_value(any_node(root, random), any_value(vocabulary, random));
        case 1: {
            auto& node = any_node(root, random);
            if (!node.items.empty()) return;
            if (node.is(Kind::string)) return change_text(node.text, vocabulary, random);
            return replace_value(node, any_scalar(vocabulary, random));
        }
        case 2:
        case 3:
        case 4: {
            auto* const object = any_object(root, random);
            if (!object) return replace_value(root, empty(Kind::object));
            object->items.insert(
                object->items.begin() +
                    static_cast<std::ptrdiff_t>(below(random, object->items.size() + 1)),
                named(any_name(vocabulary, random), any_value(vocabulary, random))
            );
            return;
        }
        case 5: {
            if (auto* const parent = any_filled(root, random)) {
                parent->items.erase(
                    parent->items.begin() +
                    static_cast<std::ptrdiff_t>(below(random, parent->items.size()))
                );
            }
            return;
        }
        case 6: {
            if (auto* const parent = any_filled(root, random)) {
                auto copy = any_of(parent->items, random);
                if (below(random, 2) == 0) replace_value(copy, any_value(vocabulary, random));
                parent->items.push_back(std::move(copy));
            }
            return;
        }
        case 7: {
            auto& node = any_node(root, random);
            if (below(random, 4) == 0) {
                node.name = any_spelling(vocabulary, random);
            } else {
                node.name = any_name(vocabulary, random);
            }
            return;
        }
        case 8:
            return change_case(any_node(root, random).name, random);
        case 9: {
            auto& node = any_node(root, random);
            auto tree = node;
            node = wrapped(
                std::move(tree),
                below(random, 2) == 0 ? Kind::object : Kind::array,
                any_name(vocabulary, random)
            );
            return;
        }
        case 10: {
            if (auto* const parent = any_filled(root, random)) {
                auto child = any_of(parent->items, random);
                replace_value(*parent, std::move(child));
            }
            return;
        }
        default: {
            if (auto* const parent = any_filled(root, random)) {
                auto const a = below(random, parent->items.size());
                auto const b = below(random, parent->items.size());
                if (a == b) return;
                // The values change places and the names stay.
                std::swap(parent->items[a], parent->items[b]);
                std::swap(parent->items[a].name, parent->items[b].name);
            }
        }
    }
}

}  // namespace otp::fuzz
