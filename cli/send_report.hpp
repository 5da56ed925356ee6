#pragma once

#include "output.hpp"

#include <otp/error.hpp>
#include <otp/send_receipt.hpp>

#include <string>
#include <system_error>

namespace otp::cli {

/// What the report of a send depends on, beside its outcome.
struct SendReport {
    bool json{false};
    bool show_test_code{false};
    /// `--handle-out`; empty if it was not given.
    std::string handle_file;
    /// Why the handle could not be written there.
    std::error_code handle_failure;
    /// Whether each attempt was told of as it happened.
    AttemptLines attempts{AttemptLines::shown};
    /// Standard output is the events' (`--events-out -`): the report goes to standard error.
    bool is_beside_events{false};
};

/// The handle as a line of JSON, which `otp verify --handle` reads.
[[nodiscard]] std::string handle_line(VerificationHandle const& handle);

/// Reports an accepted send on standard output (or beside the events), its warnings on standard
/// error. A handle that could
/// not be written to its file is printed in its place. Returns the exit status.
[[nodiscard]] int report_receipt(SendReceipt const& receipt, SendReport const& report);

/// Reports a failed send as `report_error` does, and what can be done with its handle.
[[nodiscard]] int report_failed_send(Error const& error, SendReport const& report);

}  // namespace otp::cli
