#pragma once

#include <otp/adapter/http_message.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::fuzz {

/// A vendor's answer to the request of one of its recordings: the input of the decode targets, as a
/// text that a person can read and edit.
///
/// ```
/// verify_ok 200
/// content-type: application/json
///
/// {"status":0}
/// ```
struct Answer {
    std::string recording;
    int status{200};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};

    [[nodiscard]] HttpResponse to_response() const;
};

/// Nothing if the text has another form.
[[nodiscard]] std::optional<Answer> read_answer(std::string_view text);
[[nodiscard]] std::string write_answer(Answer const& answer);

}  // namespace otp::fuzz
