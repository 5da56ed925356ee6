#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace otp::simulation {

/// What happened in a schedule, line by line, if anybody wants to read it; and in any case one
/// number that stands for all of it.
class Trace {
public:
    explicit Trace(bool keeps_lines) noexcept : keeps_lines_(keeps_lines) {}

    [[nodiscard]] bool keeps_lines() const noexcept { return keeps_lines_; }
    /// Something happened that has no words unless lines are kept.
    void mark(std::uint64_t what) noexcept;
    /// Only if lines are kept.
    void line(std::string_view text);

    [[nodiscard]] std::uint64_t digest() const noexcept { return digest_; }
    [[nodiscard]] std::string const& lines() const noexcept { return lines_; }

private:
    bool keeps_lines_;
    std::uint64_t digest_{0xCBF29CE484222325U};
    std::string lines_;
};

}  // namespace otp::simulation
