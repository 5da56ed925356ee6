#pragma once

#include "vendor/vendor_answer.hpp"

#include <otp/mocks/mock_time.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {

/// What a vendor knows about a code that someone typed.
enum class CodeCheck { approved, wrong, expired, locked, used, unknown };

/// The codes that a vendor sent, the newest for each key; those of the oldest of many thousands of
/// messages are forgotten.
class IssuedCodes {
public:
    /// The message's code replaces the one that was sent for its key before.
    void add(SentMessage const& message);

    struct Checked {
        CodeCheck result;
        /// What the check did to the code, to be reported with the answer.
        std::optional<SettledCode> settled{};
    };
    /// Compares `code` with the newest one for `key`, and uses it up on success. The last wrong try
    /// of those that its message allows locks it.
    [[nodiscard]] Checked check(std::string const& key, std::string_view code, MockTime now);

    void clear();

private:
    enum class State { pending, verified, locked };
    struct Entry {
        std::uint64_t number;
        std::string code;
        MockTime expires_at;
        std::optional<std::size_t> max_attempts;
        State state{State::pending};
        std::size_t wrong_attempts{0};
    };

    void forget_oldest();

    std::uint64_t next_number_{0};
    std::map<std::string, Entry> by_key_;
    /// Number and key of the messages that count, oldest first.
    std::deque<std::pair<std::uint64_t, std::string>> order_;
};

}  // namespace otp::mocks
