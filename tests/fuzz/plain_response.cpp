// The shortcut for plain responses must read nothing in another way than the parser.
#include "http/wire/plain_response.hpp"

#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"
#include "http/wire/response_reader.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>

#include <algorithm>
#include <string_view>

namespace {

using otp::http::ResponseReader;

void require_same(otp::HttpResponse const& plain, otp::HttpResponse const& parsed) {
    using otp::fuzz::require;
    require(plain.status == parsed.status, "same status", plain.status, parsed.status);
    require(plain.body == parsed.body, "same body");
    require(
        std::equal(
            plain.headers.begin(), plain.headers.end(), parsed.headers.begin(), parsed.headers.end()
        ),
        "same headers"
    );
    require(parsed.body_problem == plain.body_problem, "same problem");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = otp::fuzz::as_text(data, size);
    otp::HttpLimits limits;
    limits.max_header_bytes = 512;
    limits.max_header_fields = 12;
    limits.max_body_bytes = 1024;
    auto const plain = otp::http::read_plain_response(bytes, limits);
    if (!plain) return 0;

    // The first byte alone is no plain response, so the parser reads on from there.
    ResponseReader reader(limits);
    std::size_t consumed = 0;
    auto progress = reader.feed(bytes.substr(0, 1), consumed);
    otp::fuzz::require(progress == ResponseReader::Progress::incomplete, "one byte is not enough");
    progress = reader.feed(bytes.substr(consumed), consumed);
    otp::fuzz::require(
        progress == ResponseReader::Progress::complete, "the parser takes it, too", reader.error()
    );
    otp::fuzz::require(reader.keep_alive(), "a plain response leaves the connection open");
    require_same(*plain, reader.take());
    return 0;
}
