#pragma once

#include <otp/conformance/adapter_under_test.hpp>

#include <filesystem>

namespace otp::conformance {

/// Adds the documented answers that a folder of recordings (`otp/testing/recording.hpp`) holds to
/// `subject`, each to the operation whose request it answers:
///
/// - The operation is the recording's `input.operation` (`send`, `verify`, `confirm`), or else the
///   one whose method and route are those of the recorded request. What answers another request of
///   the vendor, such as one for a token, is left out.
/// - `expect` says what an answer means: with a `category`, or with an `outcome` that is not
///   `approved`, it is a refusal. Without either it is one unless its status is 2xx.
/// - A success counts where the recording's request is the one under test (`match.ignore` and
/// masked
///   headers as in a replay), since it may name whom it answers. A refusal counts in any case.
///
/// What is said about their members (`decisive` and so on) is left as it is. Throws
/// `ErrorException` if the folder or a file in it cannot be read, and if an operation gets no
/// success from it.
void add_recorded_answers(AdapterUnderTest& subject, std::filesystem::path const& folder);

}  // namespace otp::conformance
