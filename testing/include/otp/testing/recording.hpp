#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/result.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace otp::testing {

/// Stands for a value that is not kept: in a header, `***` or a scheme and `***` (`Bearer ***`).
inline constexpr std::string_view masked_value = "***";

/// Whether a recording may hold the values of this header. All others may be credentials and are
/// kept as `masked_value`. Names compare without regard to case.
[[nodiscard]] bool is_plain_header(std::string_view name) noexcept;

/// `value`, or what a recording may keep of it: the scheme of an `Authorization` and `***`, or
/// `***`.
[[nodiscard]] std::string mask_header(std::string_view name, std::string_view value);

/// The fields of an `application/x-www-form-urlencoded` body, in their order, decoded.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Reads a form body. Nothing if it has a bad percent-encoding.
[[nodiscard]] std::optional<FormFields> parse_form(std::string_view body);

/// A body as a recording holds it: none, JSON, form fields (names unique) or plain text.
using RecordedBody = std::variant<std::monostate, boost::json::value, FormFields, std::string>;

/// The body's bytes. JSON is written without white space.
[[nodiscard]] std::string to_bytes(RecordedBody const& body);

/// Header lines by lower-case name.
using RecordedHeaders = std::map<std::string, std::string>;

/// What is expected of a request.
struct RecordedRequest {
    HttpMethod method{HttpMethod::post};
    /// Path and query below the instance's base URL, as in `HttpRequest::target`. A segment of the
    /// form `{name}` matches any one segment that is not empty: somebody's id, which a recording
    /// does not keep. No request has braces in its path, as they must be encoded there.
    std::string target;
    /// Complete, `content-type` included, but without what the transport writes itself (`host`,
    /// `content-length`, ...).
    RecordedHeaders headers;
    RecordedBody body;
};

/// What is answered.
struct RecordedResponse {
    int status{200};
    RecordedHeaders headers;
    RecordedBody body;

    /// As a server sends it: with a `content-length`, unless the headers have one or a
    /// `transfer-encoding`. A recording tells what was answered, and not how its end was marked.
    [[nodiscard]] HttpResponse to_response() const;
};

/// A part of the answer that repeats what the request brought along, so that a recording serves
/// whoever is asked for: an id, say, that the adapter finds again in the answer.
struct EchoedMember {
    /// JSON pointer into the request's body, or the placeholder of the target with its braces.
    std::string request;
    /// JSON pointer into the response's JSON body.
    std::string response;

    friend bool operator==(EchoedMember const&, EchoedMember const&) = default;
};

/// One exchange with a vendor. Its file is `<vendor>/<name>.json`:
///
/// ```json
/// {
///   "name": "send_sms_ok",
///   "description": "An SMS is sent to an existing user.",
///   "source": "https://...",
///   "request": {
///     "method": "POST", "target": "/v1/otps/sms/send",
///     "headers": { "authorization": "Basic ***", "content-type": "application/json" },
///     "body": { "json": { "phone_number": "+12025550162" } }
///   },
///   "response": { "status": 200, "headers": {}, "body": { "json": {} } },
///   "match": {
///     "ignore": ["/client_ref_id"],
///     "echo": [{ "request": "/user_id", "response": "/user_id" }]
///   }
/// }
/// ```
///
/// - A segment `{name}` of the target matches any one segment.
/// - `body` has exactly one member, `json`, `form` (an object of texts) or `text`; no `body`: none.
/// - A header that is not on the allow-list (`is_plain_header`) must be masked; the mask matches
/// any
///   value that is not empty, `Bearer ***` any of that scheme.
/// - `match.ignore` lists JSON pointers into the request's JSON or form body: the member must be
///   there, its value does not matter. It is how generated ids and secrets are recorded.
/// - `match.echo` lists members of the answer that replay takes from the request (`EchoedMember`).
/// - `description`, `source`, `match` may be left out. `input` and `expect` may be added: what the
///   SDK's own tests build the request from and make of the response; replay does not look at them.
struct Recording {
    /// Letters, digits, `_` and `-`.
    std::string name;
    std::string description;
    /// URL of the document that shows this exchange; empty if there is none.
    std::string source;
    RecordedRequest request;
    RecordedResponse response;
    /// JSON pointers (RFC 6901) into the request's body.
    std::vector<std::string> ignored;
    std::vector<EchoedMember> echoed{};
    boost::json::object input;
    boost::json::object expect;
};

/// The answer that `recording` has for `request`: what it echoes is the request's own. A member
/// that the request does not have stays as it was recorded.
[[nodiscard]] HttpResponse answer_of(Recording const& recording, HttpRequest const& request);

/// Reads a recording's text. Errors: `config_invalid` with one violation for each mistake, each
/// with the JSON pointer of its place; unknown members are mistakes.
[[nodiscard]] Result<Recording> parse_recording(std::string_view text);

/// The text that `parse_recording` reads, indented for people.
[[nodiscard]] std::string to_text(Recording const& recording);

/// Reads a file. Throws `ErrorException` with what `parse_recording` says and the file's name, also
/// if the file cannot be read or its name is not the recording's.
[[nodiscard]] Recording load_recording(std::filesystem::path const& file);

/// Reads every `*.json` of a folder (not of folders in it), in the order of their names. Throws
/// `ErrorException` like `load_recording`, and if there is none.
[[nodiscard]] std::vector<Recording> load_recordings(std::filesystem::path const& folder);

/// Writes `<folder>/<name>.json`, replacing what is there. Throws `ErrorException` if the file
/// cannot be written or the recording would not be read back (`parse_recording`).
void save_recording(Recording const& recording, std::filesystem::path const& folder);

}  // namespace otp::testing
