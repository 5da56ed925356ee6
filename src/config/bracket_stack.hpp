#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// The brackets of a text that are open, and where to look if one is missing.
class BracketStack {
public:
    /// `text` must outlive the object.
    explicit BracketStack(std::string_view text) : text_(text) {}

    [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
    /// Precondition of all below: one is open.
    [[nodiscard]] bool in_object() const noexcept { return open_.back().bracket == '{'; }
    /// Whether `closing` belongs to the one that was opened last.
    [[nodiscard]] bool fits(char closing) const noexcept;

    void open(char bracket, std::size_t offset) { open_.push_back({bracket, offset}); }
    /// Closes the one that was opened last, with the bracket at `offset`.
    void close(std::size_t offset);

    /// What to say of a closing bracket that belongs to another one.
    [[nodiscard]] std::string describe_mismatch(char closing) const;
    /// What to say where the text ends before all are closed: the bracket that is open; and the one
    /// that was closed by a bracket of another indentation, since probably its own is missing.
    [[nodiscard]] std::string describe_unclosed() const;

private:
    struct Open {
        char bracket;
        std::size_t offset;
    };

    [[nodiscard]] std::string describe_open(Open const& open) const;

    std::string_view text_;
    std::vector<Open> open_;
    std::optional<Open> closed_by_stranger_;
};

}  // namespace otp::config
