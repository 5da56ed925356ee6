#include "fuzz/support/answer.hpp"

#include <charconv>
#include <system_error>

namespace otp::fuzz {
namespace {

std::optional<std::string_view> take_line(std::string_view& rest) {
    auto const end = rest.find('\n');
    if (end == rest.npos) return {};
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace

HttpResponse Answer::to_response() const {
    HttpHeaders lines;
    for (auto const& [name, value] : headers) lines.append(name, value);
    return HttpResponse(status, std::move(lines), body);
}

std::optional<Answer> read_answer(std::string_view text) {
    auto const first = take_line(text);
    if (!first) return {};
    auto const space = first->find(' ');
    if (space == first->npos) return {};
    Answer answer;
    answer.recording = first->substr(0, space);
    auto const digits = first->substr(space + 1);
    auto const [end, ec] =
        std::from_chars(digits.data(), digits.data() + digits.size(), answer.status);
    if (ec != std::errc{} || end != digits.data() + digits.size()) return {};
    if (answer.status < 100 || answer.status > 599) return {};
    for (;;) {
        auto const line = take_line(text);
        if (!line) return {};
        if (line->empty()) break;
        auto const colon = line->find(": ");
        if (colon == line->npos) return {};
        answer.headers.emplace_back(line->substr(0, colon), line->substr(colon + 2));
    }
    answer.body = text;
    return answer;
}

std::string write_answer(Answer const& answer) {
    std::string text = answer.recording + ' ' + std::to_string(answer.status) + '\n';
    for (auto const& [name, value] : answer.headers) text += name + ": " + value + '\n';
    return text + '\n' + answer.body;
}

}  // namespace otp::fuzz
