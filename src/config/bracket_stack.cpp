#include "config/bracket_stack.hpp"

#include "config/text_place.hpp"

#include <algorithm>

namespace otp::config {

namespace {

/// What stands before the first character of a line.
std::string_view indentation_of(std::string_view text, std::size_t offset) {
    auto const line = text.substr(line_begin(text, offset));
    return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

char closing_of(char bracket) noexcept {
    return bracket == '{' ? '}' : ']';
}

}  // namespace

bool BracketStack::fits(char closing) const noexcept {
    return !open_.empty() && closing_of(open_.back().bracket) == closing;
}

void BracketStack::close(std::size_t offset) {
    auto const opened = open_.back();
    open_.pop_back();
    if (closed_by_stranger_) return;
    auto const indentation = indentation_of(text_, offset);
    bool const begins_line = line_begin(text_, offset) + indentation.size() == offset;
    if (begins_line && indentation != indentation_of(text_, opened.offset)) {
        closed_by_stranger_ = opened;
    }
}

std::string BracketStack::describe_open(Open const& open) const {
    std::string description = "the ";
    description += open.bracket;
    return description.append(" of ").append(describe(place_of(text_, open.offset)));
}

std::string BracketStack::describe_mismatch(char closing) const {
    std::string const found(1, closing);
    if (open_.empty()) return "this " + found + " closes nothing";
    std::string const missing(1, closing_of(open_.back().bracket));
    return "a " + missing + " is missing before this " + found + ", for " +
           describe_open(open_.back());
}

std::string BracketStack::describe_unclosed() const {
    auto text = "the text ends, and " + describe_open(open_.back()) + " is not closed";
    if (closed_by_stranger_) {
        text += "; or " + describe_open(*closed_by_stranger_) +
                " is not, since what closes it is indented otherwise";
    }
    return text;
}

}  // namespace otp::config
