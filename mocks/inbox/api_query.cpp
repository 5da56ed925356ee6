#include "inbox/api_query.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/ascii_case.hpp"
#include "vendor/vendor_names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <vector>

namespace otp::mocks {
namespace {

constexpr std::size_t longest_list = 1000;

std::string names_of(std::vector<std::string_view> const& known) {
    if (known.size() == 1) return "the only parameter is " + std::string(known[0]);
    std::string text = "the parameters are ";
    for (std::size_t at = 0; at < known.size(); ++at) {
        bool const last = at + 1 == known.size();
        if (at != 0) text += last ? " and " : ", ";
        text += known[at];
    }
    return text;
}

/// Nothing for what is no number, or one too large.
std::optional<std::size_t> read_number(std::string_view text) {
    std::size_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::variant<ListWindow, MockResponse> read_window(ApiQuery const& query) {
    ListWindow window;
    if (auto const text = query.at("offset"); !text.empty()) {
        auto const offset = read_number(text);
        if (!offset) return problem(400, "offset is a number from 0 on");
        window.offset = *offset;
    }
    if (auto const text = query.at("limit"); !text.empty()) {
        auto const limit = read_number(text);
        if (!limit || *limit < 1 || *limit > longest_list) {
            return problem(400, "limit is a number from 1 to 1000");
        }
        window.limit = *limit;
    }
    return window;
}

bool is_state(std::string_view text) {
    constexpr std::array<std::string_view, 5> states{
        "pending", "verified", "expired", "superseded", "locked"};
    return std::ranges::find(states, text) != states.end();
}

}  // namespace

std::string_view ApiQuery::at(std::string_view name) const {
    auto const found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::variant<ApiQuery, MockResponse> read_query(
    AddressedRequest const& request, std::initializer_list<std::string_view> known
) {
    std::vector<std::string_view> all(known);
    all.emplace_back("session");
    auto fields = parse_query(request.request.query, all);
    if (!fields) return problem(400, names_of(all) + ", once at most and not empty");
    ApiQuery query{std::move(*fields), request.session};
    auto const named = query.at("session");
    if (named.empty()) return query;
    if (!is_session_name(named)) return problem(400, what_a_session_name_is);
    if (query.session && *query.session != named) {
        return problem(400, "the request names two sessions");
    }
    query.session = std::string(named);
    return query;
}

std::variant<MessageQuery, MockResponse> read_filter(ApiQuery const& query) {
    auto const vendor = query.at("vendor");
    if (!vendor.empty() && !is_vendor_name(vendor)) return problem(400, no_such_vendor(vendor));
    MessageQuery wanted(MessageFilter(vendor, query.at("to")));
    wanted.session = query.session;
    return wanted;
}

std::variant<ListRequest, MockResponse> read_list(
    AddressedRequest const& request, std::string_view own
) {
    auto const query = read_query(request, {"vendor", "to", own, "q", "offset", "limit"});
    if (auto const* refusal = std::get_if<MockResponse>(&query)) return *refusal;
    auto const& asked = std::get<ApiQuery>(query);
    auto wanted = read_filter(asked);
    if (auto const* refusal = std::get_if<MockResponse>(&wanted)) return *refusal;
    auto window = read_window(asked);
    if (auto const* refusal = std::get_if<MockResponse>(&window)) return *refusal;
    ListRequest list{std::get<MessageQuery>(std::move(wanted)), std::get<ListWindow>(window)};
    list.query.state = asked.at("state");
    if (!list.query.state.empty() && !is_state(list.query.state)) {
        return problem(400, "state is pending, verified, expired, superseded or locked");
    }
    list.query.message = asked.at("message");
    list.query.text = ascii_lower(asked.at("q"));
    return list;
}

}  // namespace otp::mocks
