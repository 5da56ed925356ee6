#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace otp::conformance {

/// One thing that an adapter does wrong, whatever the number of answers and requests that show it.
///
/// What shows the same cause is one failure. What follows from another one is counted there and not
/// told by itself: an adapter that takes every 2xx for a success also takes one that is cut off,
/// and is told the first. So mend and run again.
struct Failure {
    /// What was looked for, in two or three words: `large number`.
    std::string check{};
    /// Where it shows: `send`, or several: `send, verify`.
    std::string operation{};
    /// What is wrong, in one sentence.
    std::string what{};
    /// Where: a member (`/expires_in`), a reference (`reference id`), a hint (`locale`), a field of
    /// the outcome (`request_id`), or several; empty: everywhere.
    std::string place{};
    /// What to do about it, in one sentence.
    std::string advice{};
    /// How many answers or requests of the suite showed it.
    std::size_t variants{0};
    /// One of them, and what came of it. Without any text of the requests.
    std::string example{};
};

/// `send, verify: large number: a number overflows: /expires_in (3 variants, such as …). Read it
/// with …`: one line, for a log or an assertion. It names no text of the requests.
[[nodiscard]] std::string to_string(Failure const& failure);

/// Prints `to_string`.
std::ostream& operator<<(std::ostream& out, Failure const& failure);

}  // namespace otp::conformance
