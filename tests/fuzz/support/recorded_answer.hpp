#pragma once

#include "fuzz/support/answer.hpp"

#include <otp/testing/recording.hpp>

namespace otp::fuzz {

/// The answer of a recording, which is a seed for its vendor's decoders.
[[nodiscard]] inline Answer recorded_answer(testing::Recording const& recording) {
    Answer answer{recording.name, recording.response.status};
    auto const response = recording.response.to_response();
    for (auto const& [name, value] : response.headers) answer.headers.emplace_back(name, value);
    answer.body = response.body;
    return answer;
}

}  // namespace otp::fuzz
