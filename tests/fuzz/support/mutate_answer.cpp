#include "fuzz/support/mutation.hpp"

#include <array>
#include <utility>

namespace otp::fuzz {
namespace {

constexpr std::array<int, 24> statuses{200, 200, 200, 200, 201, 202, 203, 204, 206, 299, 301, 303,
                                       400, 401, 403, 404, 409, 415, 422, 429, 500, 502, 503, 599};

constexpr std::array<std::pair<char const*, char const*>, 9> header_lines{{
    {"content-type", "application/json"},
    {"content-type", "text/html"},
    {"content-type", "application/problem+json; charset=utf-8"},
    {"content-length", "0"},
    {"retry-after", "30"},
    {"retry-after", "-1"},
    {"retry-after", "Fri, 22 May 2026 10:30:45 GMT"},
    {"retry-after", "99999999999999999999"},
    {"date", "Fri, 22 May 2026 10:30:45 GMT"},
}};

void mutate_headers(Answer& answer, Random& random) {
    auto const& [name, value] = header_lines[below(random, header_lines.size())];
    if (!answer.headers.empty() && below(random, 2) == 0) {
        answer.headers.erase(
            answer.headers.begin() +
            static_cast<std::ptrdiff_t>(below(random, answer.headers.size()))
        );
    } else {
        answer.headers.emplace_back(name, value);
    }
}

/// The length follows the body, as it does for every server that works.
void correct_length(Answer& answer) {
    for (auto& [name, value] : answer.headers) {
        if (name == "content-length") value = std::to_string(answer.body.size());
    }
}

void mutate_body(Answer& answer, Vocabulary const& vocabulary, Random& random) {
    auto reading = read_json(answer.body);
    if (!reading) {
        answer.body = below(random, 2) == 0 ? "{}" : "";
        return;
    }
    for (auto changes = 1 + below(random, 3); changes > 0; --changes) {
        mutate_json(reading->tree, vocabulary, random);
    }
    answer.body = write_json(reading->tree);
}

}  // namespace

void mutate_answer(Answer& answer, Vocabulary const& vocabulary, Random& random) {
    switch (below(random, 10)) {
        case 0:
            answer.status = below(random, 4) == 0 ? 100 + static_cast<int>(below(random, 500))
                                                  : statuses[below(random, statuses.size())];
            return;
        case 1:
            return mutate_headers(answer, random);
        default:
            mutate_body(answer, vocabulary, random);
            if (below(random, 8) > 0) correct_length(answer);
    }
}

}  // namespace otp::fuzz
