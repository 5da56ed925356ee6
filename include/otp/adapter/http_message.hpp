#pragma once

#include <otp/export.hpp>
#include <otp/named_texts.hpp>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace OTP_EXPORT otp {

enum class HttpMethod { get, post, put };

/// `GET`, `POST`, `PUT`.
[[nodiscard]] std::string_view to_string(HttpMethod method) noexcept;

/// One header line of a request. Values may hold credentials, so nothing prints them.
struct HttpHeader {
    std::string name;
    std::string value;
};

/// A request as an adapter describes it: everything but the host, which the instance knows.
class HttpRequest {
public:
    /// `request_target` is the path (and query) below the instance's base URL, starting with `/`,
    /// every variable segment already encoded (`encode_path_segment`). `route_template` is the same
    /// path with placeholders; it alone is shown in logs and errors: `/v2/customer/{id}/otp-send`.
    HttpRequest(
        HttpMethod request_method, std::string request_target, std::string_view route_template
    );
    /// For a route without placeholders, which is the target itself.
    HttpRequest(HttpMethod request_method, std::string_view fixed_route);

    /// The path and query below the instance's base URL. Valid as long as the request.
    [[nodiscard]] std::string_view target() const noexcept { return target_ ? *target_ : route; }

    HttpMethod method;
    /// Must outlive the request: a string literal.
    std::string_view route;
    /// Beside `Host`, `Content-Length`, `Connection`, `Accept`, `Accept-Encoding` and `User-Agent`,
    /// which the transport writes itself.
    std::vector<HttpHeader> headers;
    /// `Content-Type`; empty: the request has no body and no such header. A string literal.
    std::string_view content_type;
    std::string body;
    /// Whether it only asks (RFC 9110 9.2.1), so that a transport may send it once more if a kept
    /// connection ends before any byte of an answer. Never for what sends a code or checks one,
    /// whatever the method: vendors have sends by GET. The client sets it for the question that
    /// confirms an approval; what an adapter sets counts for nothing.
    bool repeatable{false};
    /// If no byte of it has left by then, a transport gives it up with `timeout` and 0 bytes taken;
    /// if one has, it goes on. Set by the client, which has another instance to ask then.
    std::optional<std::chrono::steady_clock::time_point> commit_deadline{};

private:
    std::optional<std::string> target_;
};

inline constexpr std::string_view json_content_type = "application/json";
inline constexpr std::string_view form_content_type = "application/x-www-form-urlencoded";

/// The header lines of a response, in their order. Names compare without regard to case.
class HttpHeaders {
public:
    using value_type = NamedTexts::value_type;
    using const_iterator = NamedTexts::const_iterator;

    HttpHeaders() = default;
    HttpHeaders(std::initializer_list<std::pair<std::string_view, std::string_view>> lines);

    /// Adds a line behind the others; the texts are copied and must not be parts of this object.
    void append(std::string_view name, std::string_view value);

    /// The first value of that name; nothing if there is no such line.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;

    /// The values of all lines of that name, in their order, with a comma and a blank between them
    /// (RFC 9110 5.3): one value of a field that is a list. Nothing if there is no such line.
    [[nodiscard]] std::optional<std::string> joined(std::string_view name) const;

    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    /// The lines as pairs of name and value, valid until the object is changed.
    [[nodiscard]] const_iterator begin() const noexcept;
    [[nodiscard]] const_iterator end() const noexcept;

    /// Room for that many lines and octets, so that `append` need not allocate.
    void reserve(std::size_t lines, std::size_t octets);

private:
    /// All lines in one block: they come and go with every answer.
    std::string lines_;
    std::size_t count_{0};
};

/// A response: it was read to its end within all limits; or it is a refusal (a status from 300 up)
/// of which only status line and header could be read, which are evidence whatever came after.
class HttpResponse {
public:
    HttpResponse(int http_status, HttpHeaders response_headers, std::string response_body)
        : status(http_status),
          headers(std::move(response_headers)),
          body(std::move(response_body)) {}

    int status;
    HttpHeaders headers;
    std::string body;
    /// Why the body could not be read: cut off, too large, malformed, encoded. `body` is empty
    /// then. Empty if the body is what the server sent.
    std::string body_problem;
};

/// Percent-encodes everything outside RFC 3986 `unreserved`. It cannot save `.` and `..`: adapters
/// check an id against an allow-list first.
[[nodiscard]] std::string encode_path_segment(std::string_view segment);

/// `application/x-www-form-urlencoded` of the pairs, every octet outside `unreserved` encoded.
[[nodiscard]] std::string encode_form(
    std::initializer_list<std::pair<std::string_view, std::string_view>> fields
);

/// `Basic ` and the base64 of `user:password` (RFC 7617).
[[nodiscard]] std::string basic_authorization(std::string_view user, std::string_view password);

}  // namespace otp
