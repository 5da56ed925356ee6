#include "config/syntax_mistake.hpp"

#include "config/bracket_stack.hpp"
#include "config/foreign_word.hpp"
#include "config/json_token.hpp"
#include "config/masked_line.hpp"
#include "config/text_format.hpp"
#include "config/text_place.hpp"
#include "model/utf8.hpp"

#include <utility>
#include <vector>

namespace otp::config {

namespace {

/// What may come next.
enum class Expected {
    value,           ///< Behind a colon, behind a comma in a list, and first of all.
    value_or_close,  ///< Behind `[`.
    name,            ///< Behind a comma in an object.
    name_or_close,   ///< Behind `{`.
    colon,
    comma_or_close,
    end,
};

/// Reads tokens as long as they are JSON, and explains the first one that is not.
class SyntaxWalk {
public:
    SyntaxWalk(std::string_view text, std::size_t max_depth)
        : text_(text), brackets_(text), max_depth_(max_depth) {}

    [[nodiscard]] std::optional<std::string> find_mistake() {
        do {
            previous_ = token_;
            token_ = next_token(text_, token_.end);
            take();
        } while (!mistake_ && token_.kind != TokenKind::end);
        return std::move(mistake_);
    }

private:
    void take() {
        if (token_.kind == TokenKind::broken) return refuse_at(token_.flaw, token_.reason);
        switch (expected_) {
            case Expected::value:
            case Expected::value_or_close:
                return take_value();
            case Expected::name:
            case Expected::name_or_close:
                return take_name();
            case Expected::colon:
                return take_colon();
            case Expected::comma_or_close:
                return take_comma_or_close();
            case Expected::end:
                return take_end();
        }
    }

    void take_value() {
        if (is("{") || is("[")) return open();
        if (expected_ == Expected::value_or_close && is("]")) return close();
        if (token_.kind == TokenKind::string || is_literal()) return end_value();
        if (refuse_format() || refuse_end()) return;
        if (is("]") || is("}")) return refuse_close_for_value();
        if (is(",")) {
            return refuse(
                follows(":") ? "a value is missing before this comma"
                             : "this comma is one too many: no value stands before it"
            );
        }
        if (is(":")) return refuse("a colon stands where a value belongs");
        refuse_foreign("a value");
    }

    void refuse_close_for_value() {
        if (!brackets_.fits(bracket())) return refuse(brackets_.describe_mismatch(bracket()));
        if (follows(",")) return refuse_last_comma();
        refuse("a value is missing before this " + std::string(token_.in(text_)));
    }

    void take_name() {
        if (token_.kind == TokenKind::string) {
            expected_ = Expected::colon;
            return;
        }
        if (expected_ == Expected::name_or_close && is("}")) return close();
        if (refuse_end()) return;
        if (is("]")) return refuse(brackets_.describe_mismatch(']'));
        if (is("}")) return refuse_last_comma();
        if (is(",")) return refuse("this comma is one too many: no member stands before it");
        if (is(":")) return refuse("the name before this colon is missing");
        if (is("{") || is("[")) {
            return refuse("a member's name and a colon are missing before this");
        }
        if (refuse_merge_conflict()) return;
        if (token_.kind == TokenKind::word && !token_.in(text_).starts_with('#')) {
            return refuse("the name of a member stands in double quotes");
        }
        refuse_foreign("the name of a member");
    }

    void take_colon() {
        if (is(":")) {
            names_.push_back(previous_);
            expected_ = Expected::value;
            return;
        }
        if (refuse_end()) return;
        if (is("=")) return refuse("a colon belongs here instead of =");
        if (is(",") || is("}")) {
            return refuse("a colon and a value are missing here; a list stands in [ ]");
        }
        if (is("]")) return refuse(brackets_.describe_mismatch(']'));
        if (refuse_invisible()) return;
        if (is_adjacent()) return refuse_adjacent("a missing colon");
        refuse("a missing colon: it belongs before this, behind the name of the member");
    }

    void take_comma_or_close() {
        if (is(",")) {
            expected_ = brackets_.in_object() ? Expected::name : Expected::value;
            return;
        }
        if (is("]") || is("}")) return close();
        if (refuse_end()) return;
        if (is(":")) {
            return refuse(
                brackets_.in_object()
                    ? "a second colon: a comma or a quotation mark is missing before"
                    : "a colon in a list: members with names stand in { }"
            );
        }
        if (is(";")) return refuse("a comma belongs here instead of ;");
        if (is("=")) return refuse("nothing in JSON is written with =");
        if (refuse_merge_conflict() || refuse_invisible() || refuse_comment()) return;
        if (is_adjacent()) return refuse_adjacent("a missing comma");
        refuse("a missing comma: it belongs before this" + place_of_previous());
    }

    /// A string and what is no bracket, comma or colon, with nothing in between.
    [[nodiscard]] bool is_adjacent() const {
        return previous_.kind == TokenKind::string && previous_.end == token_.begin &&
               token_.kind != TokenKind::punctuation;
    }

    void refuse_adjacent(std::string const& missing) {
        refuse(
            missing +
            " before this, or a quotation mark too few or too many; in a text it is "
            "written \\\""
        );
    }

    void take_end() {
        if (token_.kind == TokenKind::end) return;
        if (is("}") || is("]")) {
            return refuse("this closes nothing: the configuration has ended before");
        }
        if (refuse_merge_conflict() || refuse_invisible() || refuse_comment()) return;
        refuse("something follows behind the end of the configuration");
    }

    void open() {
        brackets_.open(bracket(), token_.begin);
        if (brackets_.depth() > max_depth_) {
            return refuse(
                "the brackets are nested more deeply than " + std::to_string(max_depth_) + " levels"
            );
        }
        expected_ = bracket() == '{' ? Expected::name_or_close : Expected::value_or_close;
    }

    void close() {
        if (!brackets_.fits(bracket())) return refuse(brackets_.describe_mismatch(bracket()));
        brackets_.close(token_.begin);
        end_value();
    }

    void end_value() {
        expected_ = brackets_.depth() == 0 ? Expected::end : Expected::comma_or_close;
    }

    void refuse_last_comma() {
        auto const closing = token_.in(text_);
        token_ = previous_;
        refuse("a trailing comma: nothing follows it before " + std::string(closing));
    }

    /// A whole file in another format, at its first token.
    bool refuse_format() {
        bool const is_first = brackets_.depth() == 0 || (brackets_.depth() == 1 && follows("["));
        if (!is_first) return false;
        auto const format = foreign_format(text_, token_);
        if (format.empty()) return false;
        mistake_ =
            at(token_.begin,
               "this looks like " + std::string(format) +
                   "; a configuration is JSON, and begins with {");
        return true;
    }

    bool refuse_end() {
        if (token_.kind != TokenKind::end) return false;
        if (brackets_.depth() == 0) {
            mistake_ =
                at(token_.begin,
                   text_.find_first_not_of(" \t\r\n") == text_.npos ? "the text is empty"
                                                                    : "there are comments only");
        } else {
            refuse(brackets_.describe_unclosed());
        }
        return true;
    }

    bool refuse_merge_conflict() {
        auto const line = text_.substr(line_begin(text_, token_.begin));
        if (!line.starts_with("<<<<<<<") && !line.starts_with("=======") &&
            !line.starts_with(">>>>>>>")) {
            return false;
        }
        refuse("this is the mark of a merge conflict");
        return true;
    }

    bool refuse_invisible() {
        auto const sign = token_.in(text_);
        bool const is_ascii = !sign.empty() && static_cast<unsigned char>(sign[0]) < 0x80;
        if (token_.kind != TokenKind::other || (is_ascii && sign[0] > ' ' && sign[0] != 0x7f)) {
            return false;
        }
        bool const is_character = !sign.empty() && model::first_code_point(sign).valid;
        refuse(
            is_character || sign.empty()
                ? "an invisible character stands here, which is no blank: remove it"
                : "these bytes are not UTF-8: save the file as UTF-8"
        );
        return true;
    }

    bool refuse_comment() {
        if (token_.kind != TokenKind::word || !token_.in(text_).starts_with('#')) return false;
        refuse(advice_for(token_.in(text_)));
        return true;
    }

    /// What stands where `wanted` belongs.
    void refuse_foreign(std::string_view wanted) {
        if (refuse_merge_conflict() || refuse_invisible()) return;
        if (token_.kind == TokenKind::word) return refuse(advice_for(token_.in(text_)));
        if (token_.kind == TokenKind::quoted) {
            auto const quotes = token_.in(text_).starts_with('\'')  ? "single quotes"
                                : token_.in(text_).starts_with('`') ? "back quotes"
                                                                    : "typographic quotes";
            return refuse(
                std::string(quotes) + ": " + std::string(wanted) + " stands in double quotes (\")"
            );
        }
        refuse("this is not " + std::string(wanted));
    }

    void refuse(std::string_view what) { refuse_at(token_.begin, what); }

    void refuse_at(std::size_t offset, std::string_view what) {
        mistake_ = at(offset, what);
        // The caret stands before a token, never in it.
        auto const line = masked_line(text_, std::min(offset, token_.begin), names_);
        if (!line.empty() && line != "^") *mistake_ += "; at ^ in: " + line;
    }

    [[nodiscard]] std::string at(std::size_t offset, std::string_view what) const {
        return describe(place_of(text_, offset)) + ": " + std::string(what);
    }

    /// `, behind the end of line 3`, unless that is the line of the mistake.
    [[nodiscard]] std::string place_of_previous() const {
        auto const before = place_of(text_, previous_.end).line;
        if (before == place_of(text_, token_.begin).line) return "";
        return ", behind the end of line " + std::to_string(before);
    }

    [[nodiscard]] bool is(std::string_view token) const { return token_.in(text_) == token; }
    [[nodiscard]] bool follows(std::string_view token) const {
        return previous_.in(text_) == token;
    }
    [[nodiscard]] char bracket() const { return text_[token_.begin]; }
    [[nodiscard]] bool is_literal() const {
        return token_.kind == TokenKind::word && is_json_literal(token_.in(text_));
    }

    std::string_view text_;
    BracketStack brackets_;
    std::size_t max_depth_;
    Expected expected_{Expected::value};
    Token previous_{TokenKind::end, 0, 0};
    Token token_{TokenKind::end, 0, 0};
    std::vector<Token> names_;
    std::optional<std::string> mistake_;
};

}  // namespace

std::optional<std::string> find_syntax_mistake(std::string_view text, std::size_t max_depth) {
    if (auto const encoding = foreign_encoding(text); !encoding.empty()) {
        return "line 1, column 1: the text is " + std::string(encoding) + ": save it as UTF-8";
    }
    return SyntaxWalk(text, max_depth).find_mistake();
}

}  // namespace otp::config
