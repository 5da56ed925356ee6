#pragma once

#include <otp/mocks/mock_time.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::mocks {

/// Why a vendor refused a request.
struct MockExplanation {
    /// What the vendor's document demands, in one sentence.
    std::string demands;
    /// What breaks it: `body /phone_number`, `header content-type`, `query x`, `path`, `method`.
    std::string broken_by;
    /// The document's address; may be empty.
    std::string document;
};

/// One side of an exchange, its secrets replaced by `***`.
struct MockHalf {
    std::vector<std::pair<std::string, std::string>> headers{};
    /// At most 64 KiB of it.
    std::string body{};
    /// `json`, `form`, `text`, `none`.
    std::string body_kind{"none"};
};

/// A request to a mock vendor and its answer. Credentials and tokens are masked; recipients and
/// codes are not, because they are what the inbox is for.
struct MockExchange {
    /// `exchange-31`: `number` in it.
    std::string id;
    /// Counted from 1, over all sessions.
    std::uint64_t number{0};
    /// When the request came, by the vendors' clock.
    MockTime at{};
    /// How long the answer took, of real time.
    std::chrono::milliseconds took{0};
    std::string vendor;
    std::string method;
    /// Without the vendor's prefix, the session's, and the query.
    std::string path;
    std::string query;
    /// Nothing while no answer has left, and if the client got none.
    std::optional<int> status{};
    /// `answered`, `cut_before_response`, `cut_in_response`, or, as long as that lasts, `held`.
    std::string outcome;
    /// The message (`MockMessage::id`) that it sent, or whose code it checked.
    std::optional<std::string> message{};
    /// As messages name it; empty if the request does not tell.
    std::string to;
    /// The request's header field `traceparent`.
    std::optional<std::string> traceparent{};
    /// The fault (`MockVendors::add_fault`) that decided about the answer.
    std::optional<std::string> fault{};
    std::string session;
    std::optional<MockExplanation> why{};
    /// What the SDK made of it (`MockVendors::take_verdicts`): a JSON object.
    std::optional<std::string> verdict{};
    MockHalf request{};
    MockHalf answer{};
};

/// What became of verdicts.
struct MockVerdicts {
    /// Lines that end an attempt and name a trace.
    std::size_t taken{0};
    /// Those whose exchange was found.
    std::size_t matched{0};
};

}  // namespace otp::mocks
