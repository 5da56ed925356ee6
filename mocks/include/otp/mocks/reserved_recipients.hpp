#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// Which of a vendor's two operations a recipient is reserved for.
enum class MockStep { send, verify };

/// `send`, `verify`.
[[nodiscard]] std::string_view to_string(MockStep step) noexcept;

/// How an answer reaches the client.
enum class MockTransfer {
    complete,
    held,  ///< Only after `MockVendors::release_held`, `MockOptions::hold` or the end.
    cut_before_response,  ///< The request is obeyed, then the connection closes without a byte.
    cut_in_response,  ///< The request is obeyed, then the connection closes within the response.
};

/// A recipient that makes a mock vendor answer in one particular way.
///
/// For `MockStep::verify` the send succeeds, and every check of a code answers as listed, whatever
/// the code. The rules for methods, credentials and fields come first in both cases.
struct ReservedRecipient {
    std::string vendor;
    MockStep step{MockStep::send};
    /// As an application gives it: a phone number in E.164 form, an email address, or the vendor's
    /// user id.
    std::string recipient;
    /// 0 if the connection is cut.
    int http_status{0};
    MockTransfer transfer{MockTransfer::complete};
    /// Text that stands in the body of the answer; may be empty.
    std::string marker;
    /// One line for people.
    std::string provokes;
};

/// All reserved recipients, by vendor and step.
[[nodiscard]] std::vector<ReservedRecipient> const& reserved_recipients();

}  // namespace otp::mocks
