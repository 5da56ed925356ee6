#include "script/trouble.hpp"

#include <string>
#include <utility>

namespace otp::mocks {
namespace {

MockResponse with_body(int status, std::string body, MockHeaders headers = {}) {
    MockResponse response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return response;
}

MockResponse html(int status, std::string const& title) {
    auto response =
        with_body(status, "<html><head><title>" + title + "</title></head><body></body></html>");
    response.content_type = "text/html";
    return response;
}

MockResponse headers_only(int status, MockHeaders headers) {
    auto response = empty_response(status);
    response.headers = std::move(headers);
    return response;
}

MockResponse padded(std::string body, std::size_t padding) {
    auto response = with_body(200, std::move(body));
    response.padding = padding;
    return response;
}

MockResponse transferred(MockTransfer transfer) {
    MockResponse response;
    response.transfer = transfer;
    return response;
}

/// Why such an answer comes; `rfc`: number and section, if one speaks of it.
Explanation explained(std::string reason, std::string_view rfc = {}) {
    std::string const site = "https://www.rfc-editor.org/rfc/rfc";
    return {std::move(reason), {}, rfc.empty() ? std::string() : site + std::string(rfc)};
}

// Bodies with the decision fields of all five vendors, so that one text troubles each of them.
constexpr char wrong_types[] =
    R"({"customerId":7,"expiresAt":false,"verifiedAt":[],"success":"yes","status":{},)"
    R"("status_code":"two hundred","request_id":1,"phone_id":2,"email_id":3,"method_id":4,)"
    R"("session_token":5,"data":6,"errors":"none"})";
constexpr char null_fields[] =
    R"({"customerId":null,"expiresAt":null,"verifiedAt":null,"success":null,"status":null,)"
    R"("status_code":null,"request_id":null,"phone_id":null,"email_id":null,"method_id":null,)"
    R"("user_id":null,"session_token":null,"data":null,"errors":null})";
constexpr char repeated_fields[] =
    R"({"customerId":"customer_a","customerId":"customer_b","success":false,"success":true,)"
    R"("status":1,"status":0,"status_code":400,"status_code":200,"phone_id":"a","phone_id":"b",)"
    R"("email_id":"a","email_id":"b","method_id":"a","method_id":"b",)"
    R"("expiresAt":"2026-03-09T20:46:31.305Z","verifiedAt":"2026-03-09T20:46:31.305Z",)"
    R"("request_id":"r","user_id":"u","errors":null})";

std::vector<Trouble> make_troubles() {
    std::string const deep = std::string(1000, '[') + std::string(1000, ']');
    constexpr std::size_t ten_megabytes = 10 * 1024 * 1024;
    return {
        {"html_502",
         html(502, "502 Bad Gateway"),
         false,
         "Bad Gateway",
         "502, an HTML page",
         explained(
             "A gateway before the vendor found no usable answer behind it.", "9110#section-15.6.3"
         )},
        {"html_504",
         html(504, "504 Gateway Time-out"),
         false,
         "Time-out",
         "504, an HTML page",
         explained(
             "A gateway before the vendor waited too long for its answer.", "9110#section-15.6.5"
         )},
        {"unavailable",
         headers_only(503, {{"Retry-After", "7"}}),
         false,
         "",
         "503 without a body, Retry-After: 7",
         explained(
             "The server cannot answer now, and says when to come again.", "9110#section-15.6.4"
         )},
        {"rate_limited",
         headers_only(429, {{"Retry-After", "30"}}),
         false,
         "",
         "429 without a body, Retry-After: 30",
         explained(
             "The server gets too many requests, and says when to come again.", "6585#section-4"
         )},
        {"request_timeout",
         empty_response(408),
         false,
         "",
         "408 without a body",
         explained("The server waited too long for the whole request.", "9110#section-15.5.9")},
        {"misdirected",
         empty_response(421),
         false,
         "",
         "421 without a body",
         explained("The server does not answer for this host.", "9110#section-15.5.20")},
        {"redirect",
         headers_only(302, {{"Location", "/elsewhere"}}),
         false,
         "",
         "302 to another path",
         explained("A gateway wants the request at another address.", "9110#section-15.4.3")},
        {"empty_200",
         with_body(200, ""),
         false,
         "",
         "200 without a body",
         explained("A broken server says 200, but sends no body.")},
        {"html_200",
         html(200, "Sign in"),
         false,
         "Sign in",
         "200, an HTML page",
         explained("A gateway answers with a page of its own instead of the "
                   "vendor's answer.")},
        {"truncated_json",
         with_body(200, R"({"status":0,"succ)"),
         false,
         "succ",
         "200, JSON that ends too early",
         explained("A broken server sends half of a JSON text.", "8259#section-2")},
        {"not_an_object",
         with_body(200, "[]"),
         false,
         "[]",
         "200, a JSON array",
         explained("A broken server sends a JSON array where an object is "
                   "documented.")},
        {"wrong_types",
         with_body(200, wrong_types),
         false,
         "two hundred",
         "200, members of wrong types",
         explained("A broken server sends members of other types than documented.")},
        {"null_fields",
         with_body(200, null_fields),
         false,
         "null",
         "200, members that are null",
         explained("A broken server sends null where values are documented.")},
        {"repeated_fields",
         with_body(200, repeated_fields),
         false,
         "customer_b",
         "200, members that stand there twice",
         explained(
             "A broken server sends members twice, with different values.", "8259#section-4"
         )},
        {"huge_number",
         with_body(200, R"({"status":1e400,"status_code":1e400,"success":1e400})"),
         false,
         "1e400",
         "200, numbers beyond any type",
         explained("A broken server sends numbers that no type holds.", "8259#section-6")},
        {"deep_json",
         with_body(200, "{\"status\":" + deep + "}"),
         false,
         "[[[[",
         "200, JSON 1000 levels deep",
         explained(
             "A broken server sends JSON that is nested a thousand levels deep.", "8259#section-9"
         )},
        {"huge_body",
         padded(R"({"status":0,"success":true})", ten_megabytes),
         false,
         "success",
         "200, a body of 10 MB",
         explained("A broken server sends a body of ten megabytes.")},
        {"slow", transferred(MockTransfer::held), true, "", "obeyed; the answer comes late"},
        {"cut",
         transferred(MockTransfer::cut_before_response),
         true,
         "",
         "obeyed; the connection closes without an answer"},
        {"cut_body",
         transferred(MockTransfer::cut_in_response),
         true,
         "",
         "obeyed; the connection closes within the answer"},
    };
}

}  // namespace

std::vector<Trouble> const& troubles() {
    static std::vector<Trouble> const all = make_troubles();
    return all;
}

}  // namespace otp::mocks
