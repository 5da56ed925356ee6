#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/testing/recording.hpp>

#include <string>
#include <vector>

namespace otp::testing {

/// Where a request differs from a recording, so that it can be shown: names and JSON pointers, no
/// value of the request, and a recorded one only if it can be nobody's: a word or a small number
/// that is not masked. `target differs`, `header developer_key is missing`, `body /mobile differs`,
/// `body /locale differs from "de"`.
using Differences = std::vector<std::string>;

/// Compares strictly: method, target, the whole set of headers, and the body by its kind (JSON
/// regardless of member order and white space, form fields regardless of order, text by bytes).
/// Empty: the request is the recorded one.
[[nodiscard]] Differences compare(RecordedRequest const& recorded, HttpRequest const& request);

/// The same with `recording.ignored` taken into account.
[[nodiscard]] Differences compare(Recording const& recording, HttpRequest const& request);

}  // namespace otp::testing
