#include "unit/house/brace_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <regex>

namespace otp::test {

namespace {

constexpr std::size_t columns = 100;

bool is_alphanumeric(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// The source with blanks in place of all comments, literals and directives, line for line.
class Code {
public:
    explicit Code(std::string_view source) : text_(source) {
        while (at_ < text_.size()) skip_one();
    }

    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    [[nodiscard]] bool is_at(std::string_view part) const {
        return std::string_view(text_).substr(at_).starts_with(part);
    }
    [[nodiscard]] bool begins_line() const {
        auto const line = text_.rfind('\n', at_) + 1;
        return text_.find_first_not_of(" \t", at_ == 0 ? 0 : line) == at_;
    }
    /// Behind the first `end` from `from` on.
    [[nodiscard]] std::size_t behind(std::string_view end, std::size_t from) const {
        auto const found = text_.find(end, from);
        return found == text_.npos ? text_.size() : found + end.size();
    }
    [[nodiscard]] std::size_t end_of_literal(char quote) const {
        auto end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        return std::min(end + 1, text_.size());
    }
    [[nodiscard]] std::size_t end_of_directive() const {
        auto end = text_.find('\n', at_);
        while (end != text_.npos && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
        return std::min(end, text_.size());
    }
    [[nodiscard]] std::size_t end_of_raw_literal() const {
        auto const opening = text_.find('(', at_);
        auto const tag = text_.substr(at_ + 2, opening - at_ - 2);
        return behind(')' + tag + '"', opening);
    }
    /// Whether a quote here is that of `1'000`.
    [[nodiscard]] bool is_in_number() const {
        auto begin = at_;
        while (begin > 0 && (is_alphanumeric(text_[begin - 1]) || text_[begin - 1] == '\'')) {
            --begin;
        }
        return begin < at_ && text_[begin] >= '0' && text_[begin] <= '9';
    }

    /// `kept` stands for a literal, so that it still counts as a part of the statement.
    void blank_out(std::size_t end, char kept) {
        for (; at_ < end; ++at_) {
            if (text_[at_] != '\n') text_[at_] = kept;
        }
    }

    void skip_one() {
        if (text_[at_] == '#' && begins_line()) {
            blank_out(end_of_directive(), ' ');
        } else if (is_at("//")) {
            blank_out(std::min(text_.find('\n', at_), text_.size()), comment);
        } else if (is_at("/*")) {
            blank_out(behind("*/", at_ + 2), comment);
        } else if (is_at("R\"")) {
            blank_out(end_of_raw_literal(), '"');
        } else if (text_[at_] == '"') {
            blank_out(end_of_literal('"'), '"');
        } else if (text_[at_] == '\'' && !is_in_number()) {
            blank_out(end_of_literal('\''), '"');
        } else {
            ++at_;
        }
    }

public:
    static constexpr char comment = '\1';

private:
    std::string text_;
    std::size_t at_{0};
};

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string_view trimmed(std::string_view line) {
    auto const begin = std::min(line.find_first_not_of(' '), line.size());
    auto const end = line.find_last_not_of(' ');
    return end == line.npos ? std::string_view() : line.substr(begin, end + 1 - begin);
}

std::string without_comment(std::string_view line) {
    return std::string(trimmed(line.substr(0, line.find(Code::comment))));
}

bool begins_with_word(std::string_view line, std::string_view word) {
    if (!line.starts_with(word)) return false;
    auto const next = line.substr(word.size(), 1);
    return next.empty() || (!is_alphanumeric(next[0]) && next != "_");
}

bool is_control(std::string_view statement) {
    constexpr std::array<std::string_view, 8> words{
        "if", "for", "while", "do", "switch", "try", "case", "default"};
    return std::any_of(words.begin(), words.end(), [statement](std::string_view word) {
        return begins_with_word(statement, word);
    });
}

bool is_declaration(std::string const& statement) {
    static std::regex const keyword(
        "^(auto|using|static|constexpr|const|typedef|struct|class|static_assert)\\b.*"
    );
    static std::regex const jump(
        "^(return|throw|co_return|co_await|co_yield|delete|new|goto|break|continue)\\b.*"
    );
    static std::regex const two_words("^[\\w:<>,&* ]*\\w +[&*]*\\w.*");
    return std::regex_match(statement, keyword) ||
           (!std::regex_match(statement, jump) && std::regex_match(statement, two_words));
}

/// `EXPECT_EQ(…);`
bool is_macro(std::string_view statement) {
    auto const end = statement.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return end != 0 && end != statement.npos && statement[end] == '(';
}

/// Reads the lines of one file.
class Reader {
public:
    Reader(std::string_view file, std::string_view source)
        : file_(file), lines_(lines_of(Code(source).take())) {}

    [[nodiscard]] std::vector<std::string> violations() && {
        for (line_ = 0; line_ < lines_.size(); ++line_) look_at_line();
        return std::move(violations_);
    }

private:
    void report(std::string_view why) {
        violations_.push_back(
            std::string(file_) + ':' + std::to_string(line_ + 1) + ": " + std::string(why)
        );
    }

    void look_at_line() {
        auto statement = trimmed(lines_[line_]);
        bool const closes = statement.starts_with("} ");
        if (closes) statement.remove_prefix(2);
        bool const is_else = begins_with_word(statement, "else");
        if (is_else) statement = trimmed(statement.substr(std::string_view("else").size()));
        bool const has_header = begins_with_word(statement, "if") ||
                                begins_with_word(statement, "for") ||
                                (begins_with_word(statement, "while") && !closes);
        if (!has_header) {
            if (begins_with_word(statement, "do")) {
                statement = trimmed(statement.substr(2));
            } else if (!is_else) {
                return;
            }
            if (!statement.starts_with('{')) report("a branch or a body without braces");
            return;
        }
        auto const end = end_of_header();
        if (end) look_behind(*end, is_else);
    }

    struct Place {
        std::size_t line;
        std::size_t column;
    };

    /// Behind the parenthesis that closes the header; nothing if there is none.
    [[nodiscard]] std::optional<Place> end_of_header() const {
        int depth = 0;
        for (auto line = line_; line < lines_.size(); ++line) {
            for (std::size_t column = 0; column < lines_[line].size(); ++column) {
                char const c = lines_[line][column];
                if (c == '(') ++depth;
                if (c == ')' && --depth == 0) return Place{line, column + 1};
            }
        }
        return std::nullopt;
    }

    void look_behind(Place end, bool is_else) {
        auto const body = without_comment(std::string_view(lines_[end.line]).substr(end.column));
        if (body.starts_with('{')) {
            if (body == "{" && end.line == line_ && !is_else) look_for_needless_braces();
            return;
        }
        bool const is_whole = body.ends_with(';');
        if (!is_whole) return report("what is not on the line of its header has braces");
        auto const next = line_after(end.line);
        if (is_else || begins_with_word(next, "else")) report("a branch without braces");
    }

    [[nodiscard]] std::string_view line_after(std::size_t line) const {
        return line + 1 < lines_.size() ? trimmed(lines_[line + 1]) : std::string_view();
    }

    void look_for_needless_braces() {
        if (line_ + 2 >= lines_.size() || trimmed(lines_[line_ + 2]) != "}") return;
        std::string const statement(trimmed(lines_[line_ + 1]));
        bool const has_comment =
            (lines_[line_] + statement).find(Code::comment) != std::string::npos;
        auto const brackets = [&statement](char opening, char closing) {
            return std::count(statement.begin(), statement.end(), opening) ==
                   std::count(statement.begin(), statement.end(), closing);
        };
        bool const is_single = std::count(statement.begin(), statement.end(), ';') == 1 &&
                               statement.ends_with(';') && statement != ";" && brackets('(', ')') &&
                               brackets('{', '}');
        if (has_comment || !is_single || is_control(statement) || is_declaration(statement)) return;
        // GoogleTest's macros hold an `else`, of which compilers warn.
        if (is_macro(statement)) return;
        // In place of the brace.
        auto const joined = lines_[line_].size() - 1 + statement.size();
        if (joined <= columns) report("needs no braces: it fits on the line of its header");
    }

    std::string_view file_;
    std::vector<std::string> lines_;
    std::size_t line_{0};
    std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> brace_violations(std::string_view file, std::string_view source) {
    return Reader(file, source).violations();
}

}  // namespace otp::test
