// Whatever is read as a recording is written and read again as the same.
#include "fuzz/harness/json_target.hpp"
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"

#include <otp/error.hpp>
#include <otp/testing/recording.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using otp::fuzz::require;
    auto const recording = otp::testing::parse_recording(otp::fuzz::as_text(data, size));
    if (!recording) {
        require(
            recording.error().category == otp::ErrorCategory::config_invalid,
            "a recording that cannot be read is a mistake of its author"
        );
        require(!recording.error().violations.empty(), "the places are told", recording.error());
        return 0;
    }
    auto const written = otp::testing::to_text(*recording);
    auto const again = otp::testing::parse_recording(written);
    if (!again) require(false, "what is written is read", written, again.error());
    require(otp::testing::to_text(*again) == written, "and written alike", written);
    require(again->request.body == recording->request.body, "the request is the same", written);
    require(again->response.body == recording->response.body, "the answer is the same", written);
    auto const response = recording->response.to_response();
    require(response.status == recording->response.status, "the answer has its status");
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
) {
    static otp::fuzz::Vocabulary const vocabulary{
        {"name",  "description", "source", "request",       "response",     "match",      "ignore",
         "input", "expect",      "method", "target",        "headers",      "body",       "json",
         "form",  "text",        "status", "authorization", "content-type", "retry-after"},
        {"GET",
         "POST",
         "PUT",
         "/otp",
         "***",
         "Bearer ***",
         "Basic ***",
         "application/json",
         "application/x-www-form-urlencoded",
         "https://example.com/",
         "/a/b",
         "/~0~1"},
        {}};
    return otp::fuzz::mutate_json_input(data, size, max_size, seed, vocabulary);
}
