#include "inbox/query_fields.hpp"

#include "wire/percent_decoding.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {

std::optional<QueryFields> parse_query(
    std::string_view query, std::span<std::string_view const> known
) {
    QueryFields fields;
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const field = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        auto const equals = field.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto const name = field.substr(0, equals);
        auto value = percent_decoded(field.substr(equals + 1));
        // An empty one is a script's variable that was not set, and would match everything.
        if (!value || value->empty()) return std::nullopt;
        if (std::ranges::find(known, name) == known.end()) return std::nullopt;
        if (!fields.emplace(name, std::move(*value)).second) return std::nullopt;
    }
    return fields;
}

}  // namespace otp::mocks
