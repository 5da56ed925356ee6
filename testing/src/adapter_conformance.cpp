#include "echo_checks.hpp"
#include "hint_checks.hpp"
#include "spoilt_bodies.hpp"

#include <otp/error.hpp>
#include <otp/json_body.hpp>
#include <otp/testing/adapter_conformance.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

namespace json = boost::json;

constexpr std::size_t huge_body = 10 * 1024 * 1024;
/// Everything that an error prints: texts are cut at 256 bytes, and a validation error has several.
constexpr std::size_t longest_error = 64 * 1024;
constexpr auto longest_wait = std::chrono::hours(24 * 31);

/// What an adapter made of one answer.
struct Seen {
    bool success{false};
    /// Nothing for a success, and for a verify that was answered with any outcome.
    std::optional<Error> error;
    /// Nothing unless it threw.
    std::string exception;

    [[nodiscard]] std::string describe() const {
        if (!exception.empty()) return "threw: " + exception;
        if (success) return "passed for a success";
        if (!error) return "became an outcome";
        return std::string(to_string(error->category)) + ", " +
               std::string(to_string(error->delivery));
    }
};

/// The checks of one operation, send or verify.
class OperationCheck {
public:
    using Decode = std::function<Seen(HttpResponse const&)>;

    OperationCheck(
        std::string name,
        AdapterUnderTest const& subject,
        DocumentedAnswers const& answers,
        Decode decode,
        std::string request_body,
        std::vector<ConformanceFailure>& failures
    )
        : name_(std::move(name)),
          subject_(subject),
          answers_(answers),
          decode_(std::move(decode)),
          request_body_(std::move(request_body)),
          failures_(failures) {
        read_json_bodies();
    }

    void run() {
        documented_answers();
        garbage();
        truncated_bodies();
        spoilt_members();
        repeated_members();
        hostile_members();
        refusals_with_success_status();
        changed_types();
        unknown_codes();
        retry_after();
        canaries();
        huge_bodies();
    }

private:
    struct JsonAnswer {
        HttpResponse response;
        json::value body;
    };

    // ---- helpers ------------------------------------------------------------------------------

    void read_json_bodies() {
        auto const read = [](std::vector<HttpResponse> const& from, std::vector<JsonAnswer>& to) {
            for (auto const& response : from) {
                auto const body = parse_json_body(response.body);
                if (body && body->is_object()) to.push_back({response, *body});
            }
        };
        read(answers_.successes, successes_);
        read(answers_.refusals, refusals_);
    }

    static HttpResponse answer(int status, std::string body) {
        return HttpResponse(status, {{"content-type", "application/json"}}, std::move(body));
    }

    void fail(std::string_view check, std::string const& input, std::string what) {
        failures_.push_back({name_ + ": " + std::string(check), input + ": " + std::move(what)});
    }

    [[nodiscard]] bool is_vouched(int status) const {
        return std::find(subject_.vouched.begin(), subject_.vouched.end(), status) !=
               subject_.vouched.end();
    }

    /// Decodes, and checks what must hold of every answer.
    Seen see(std::string_view check, std::string const& input, HttpResponse const& response) {
        auto seen = decode_(response);
        if (!seen.exception.empty()) fail(check, input, seen.describe());
        if (!seen.error) return seen;
        if (seen.error->delivery == Delivery::accepted) {
            fail(check, input, "an error with delivery accepted");
        }
        bool const proves_nothing =
            response.status >= 300 && delivery_of_refusal(response.status) == Delivery::unknown;
        if (proves_nothing && !is_vouched(response.status) &&
            seen.error->delivery == Delivery::not_sent) {
            fail(check, input, "not_sent after a " + std::to_string(response.status));
        }
        return seen;
    }

    /// A 2xx that breaks the documents: an error that leaves open whether a code was sent.
    void expect_not_understood(
        std::string_view check, std::string const& input, HttpResponse const& response
    ) {
        auto const seen = see(check, input, response);
        if (seen.success) return fail(check, input, seen.describe());
        if (!seen.error && seen.exception.empty()) fail(check, input, seen.describe());
        if (seen.error && seen.error->delivery == Delivery::not_sent) {
            fail(check, input, "not_sent, though the answer cannot be understood");
        }
    }

    void expect_no_success(
        std::string_view check, std::string const& input, HttpResponse const& response
    ) {
        auto const seen = see(check, input, response);
        if (seen.success) fail(check, input, seen.describe());
    }

    static bool is_callers_fault(ErrorCategory category) {
        using enum ErrorCategory;
        static constexpr std::array faults{
            invalid_request,
            invalid_recipient,
            recipient_not_found,
            recipient_conflict,
            recipient_throttled,
            unsupported,
            config_invalid};
        return std::find(faults.begin(), faults.end(), category) != faults.end();
    }

    // ---- checks -------------------------------------------------------------------------------

    void documented_answers() {
        constexpr auto check = "documented answer";
        if (answers_.successes.empty()) fail(check, "the test", "names no success");
        for (std::size_t index = 0; index < answers_.successes.size(); ++index) {
            auto const input = "success " + std::to_string(index);
            auto const seen = see(check, input, answers_.successes[index]);
            if (!seen.success) fail(check, input, seen.describe());
        }
        for (std::size_t index = 0; index < answers_.refusals.size(); ++index) {
            expect_no_success(check, "refusal " + std::to_string(index), answers_.refusals[index]);
        }
        for (auto const& pointer : answers_.decisive) {
            auto const holds_it = [&pointer](JsonAnswer const& success) {
                boost::system::error_code failure;
                return success.body.find_pointer(pointer, failure) != nullptr;
            };
            if (!std::any_of(successes_.begin(), successes_.end(), holds_it)) {
                fail(check, pointer, "is decisive and in no success");
            }
        }
    }

    void garbage() {
        constexpr auto check = "garbage";
        auto bodies = garbage_bodies();
        bodies.push_back({"no body", ""});
        bodies.push_back({"an empty object", "{}"});
        for (int status = 100; status <= 599; ++status) {
            for (auto const& [how, body] : bodies) {
                auto const input = how + " with status " + std::to_string(status);
                auto const response = answer(status, body);
                bool const success_class = status >= 200 && status < 300;
                bool const may_be_empty =
                    answers_.empty_success && (body.empty() || body == " " || body == "{}");
                if (success_class && may_be_empty) {
                    see(check, input, response);
                } else if (success_class) {
                    expect_not_understood(check, input, response);
                } else {
                    auto const seen = see(check, input, response);
                    if (seen.success) fail(check, input, seen.describe());
                    if (status >= 500 && !seen.error) fail(check, input, seen.describe());
                    if (status >= 500 && seen.error && is_callers_fault(seen.error->category)) {
                        fail(check, input, seen.describe());
                    }
                }
            }
        }
    }

    void truncated_bodies() {
        for (auto const& success : answers_.successes) {
            for (std::size_t size = 0; size < success.body.size(); ++size) {
                if (size == 0 && answers_.empty_success) continue;
                auto cut = success;
                cut.body.resize(size);
                expect_not_understood(
                    "truncated body", "the first " + std::to_string(size) + " bytes", cut
                );
            }
        }
    }

    static std::string_view kind(std::string_view raw) {
        switch (raw.front()) {
            case '"':
                return "string";
            case '{':
                return "object";
            case '[':
                return "array";
            case 't':
            case 'f':
                return "boolean";
            case 'n':
                return "null";
            default:
                return "number";
        }
    }

    void spoilt_members() {
        static constexpr std::array<std::string_view, 13> values{
            "null",
            "true",
            "false",
            "-1",
            "1.5",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "[]",
            "[null]",
            "{}",
            "1e400"};
        for (auto const& success : successes_) {
            for (auto const& pointer : all_pointers(success.body)) {
                bool const decides = is_decisive(pointer);
                boost::system::error_code failure;
                auto const original = json::serialize(*success.body.find_pointer(pointer, failure));
                for (auto const value : values) {
                    auto response = success.response;
                    response.body = with_value(success.body, pointer, value);
                    auto const input = pointer + " = " + std::string(value);
                    bool const useless = kind(value) != kind(original) || value == "\"\"" ||
                                         value == "\"\\u0000\"" || value == "1e400";
                    if (value == "1e400" || (decides && useless)) {
                        expect_no_success("spoilt member", input, response);
                    } else {
                        see("spoilt member", input, response);
                    }
                }
                auto response = success.response;
                response.body = without(success.body, pointer);
                if (decides) {
                    expect_no_success("missing member", pointer, response);
                } else {
                    see("missing member", pointer, response);
                }
            }
        }
    }

    [[nodiscard]] bool is_decisive(std::string const& pointer) const {
        return std::find(answers_.decisive.begin(), answers_.decisive.end(), pointer) !=
               answers_.decisive.end();
    }

    void repeated_members() {
        static constexpr std::array<std::string_view, 6> others{
            "false", "1", "null", "\"other\"", "{}", "true"};
        for (auto const& success : successes_) {
            for (auto const& pointer : answers_.decisive) {
                boost::system::error_code failure;
                if (!success.body.find_pointer(pointer, failure)) continue;
                for (auto const other : others) {
                    for (bool const first : {true, false}) {
                        auto response = success.response;
                        response.body = with_duplicate(success.body, pointer, other, first);
                        expect_no_success(
                            "repeated member",
                            pointer + (first ? " after " : " before ") + std::string(other),
                            response
                        );
                    }
                }
            }
        }
    }

    void hostile_members() {
        std::string const deep = std::string(1000, '[') + std::string(1000, ']');
        for (auto const& success : successes_) {
            auto response = success.response;
            response.body = with_member(success.body, "hostile", deep);
            expect_no_success("hostile member", "depth 1000", response);
            response.body = with_member(success.body, "hostile", "1e400");
            expect_no_success("hostile member", "1e400", response);
            response.body = with_member(success.body, "hostile", "\"\xC3\x28\"");
            expect_no_success("hostile member", "bad UTF-8", response);
            response.body = json::serialize(success.body) + "{}";
            expect_no_success("hostile member", "a second document", response);
        }
    }

    void refusals_with_success_status() {
        static constexpr std::array<std::string_view, 8> errors{
            R"({"error":"failed"})",
            R"({"error":{"code":"failed","message":"failed"}})",
            R"({"errors":{"Error":["failed"]},"title":"Bad Request","status":400})",
            R"({"success":false,"error":"failed"})",
            R"({"status":1,"message":"failed"})",
            R"({"detail":"failed"})",
            R"({"title":"Bad Request","status":400,"detail":"failed"})",
            R"({"status_code":400,"error_type":"failed","error_message":"failed"})",
        };
        constexpr auto check = "error in a 200";
        for (auto const& refusal : refusals_) {
            expect_no_success(check, refusal.response.body, answer(200, refusal.response.body));
        }
        for (auto const error : errors) {
            expect_no_success(check, std::string(error), answer(200, std::string(error)));
        }
    }

    void changed_types() {
        auto const swapped = [](json::value const& scalar) -> json::value {
            if (scalar.is_string()) return 1;
            return json::value(json::serialize(scalar));
        };
        for (auto const& refusal : refusals_) {
            auto response = refusal.response;
            response.body = json::serialize(with_scalars(refusal.body, swapped));
            expect_no_success("numbers as texts and texts as numbers", response.body, response);
            for (auto const& pointer : all_pointers(refusal.body)) {
                for (std::string_view const value :
                     {"null", "true", "-1", "1.5", "\"x\"", "[]", "{}", "[[1]]", "{\"a\":[1]}"}) {
                    response.body = with_value(refusal.body, pointer, value);
                    see("other type in a refusal", pointer + " = " + std::string(value), response);
                }
            }
        }
    }

    void unknown_codes() {
        auto const unknown = [](json::value const& scalar) -> json::value {
            if (scalar.is_string()) return "zz_unheard_of";
            if (scalar.is_bool()) return scalar;
            return 98765;
        };
        for (auto const& refusal : refusals_) {
            auto const body = json::serialize(with_scalars(refusal.body, unknown));
            for (int const status : {500, 502, 503, 504}) {
                auto const input = std::to_string(status) + ' ' + body;
                auto const seen = see("unknown code", input, answer(status, body));
                bool const wrong = !seen.error || is_callers_fault(seen.error->category);
                if (wrong) fail("unknown code", input, seen.describe());
            }
        }
    }

    void retry_after() {
        using namespace std::chrono;
        constexpr auto check = "Retry-After";
        auto const see_wait = [&](std::string const& value) -> std::optional<milliseconds> {
            HttpResponse const response(
                429, {{"content-type", "text/html"}, {"retry-after", value}}, "<html></html>"
            );
            auto const seen = see(check, value, response);
            if (!seen.error) {
                fail(check, value, seen.describe());
                return std::nullopt;
            }
            if (seen.error->delivery != Delivery::not_sent) {
                fail(check, value, "a 429 is a refusal, and nothing was sent");
            }
            auto const wait = seen.error->retry_after;
            if (wait && (*wait < milliseconds(0) || *wait > longest_wait)) {
                fail(check, value, "a wait of " + std::to_string(wait->count()) + " ms");
            }
            return wait;
        };
        if (see_wait("7") != seconds(7)) fail(check, "7", "is not read as 7 seconds");
        auto const later = http_date(subject_.context.now + seconds(60));
        auto const wait = see_wait(later);
        if (!wait || *wait <= seconds(58) || *wait > seconds(61)) {
            fail(check, later, "is not read as 60 seconds from now");
        }
        see_wait(http_date(subject_.context.now - hours(24)));
        for (std::string const value :
             {"soon",
              "-5",
              "+5",
              "1.5",
              "0x10",
              "7 seconds",
              "",
              "99999999999999999999999",
              "4294967296",
              "Fri, 99 Foo 2026 99:99:99 GMT",
              "Fri, 22 May 99999 10:00:00 GMT"}) {
            see_wait(value);
        }
    }

    /// RFC 9110 5.6.7.
    static std::string http_date(std::chrono::sys_time<std::chrono::milliseconds> instant) {
        using namespace std::chrono;
        static constexpr std::array days_of_week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array months_of_year{
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        auto const day_start = floor<days>(instant);
        year_month_day const date(day_start);
        hh_mm_ss const time(floor<seconds>(instant - day_start));
        auto const two = [](auto number) {
            auto const digits = std::to_string(number);
            return digits.size() < 2 ? '0' + digits : digits;
        };
        return std::string(days_of_week.at(weekday(day_start).c_encoding())) + ", " +
               two(static_cast<unsigned>(date.day())) + ' ' +
               months_of_year.at(static_cast<unsigned>(date.month()) - 1) + ' ' +
               std::to_string(static_cast<int>(date.year())) + ' ' + two(time.hours().count()) +
               ':' + two(time.minutes().count()) + ':' + two(time.seconds().count()) + " GMT";
    }

    static std::string shown(Error const& error) {
        std::ostringstream line;
        line << error << '\n' << json::serialize(to_json(error));
        return line.str();
    }

    void expect_discreet(std::string const& input, HttpResponse const& response) {
        constexpr auto check = "canary";
        auto const seen = see(check, input, response);
        if (!seen.error) return;
        auto const text = shown(*seen.error);
        for (std::size_t index = 0; index < subject_.canaries.size(); ++index) {
            if (text.find(subject_.canaries[index]) != std::string::npos) {
                // Not the text itself: a failure is printed, too.
                fail(check, input, "the error shows canary " + std::to_string(index));
            }
        }
    }

    void canaries() {
        auto words = subject_.canaries;
        words.push_back(request_body_);
        for (std::size_t index = 0; index < words.size(); ++index) {
            auto const which = index < subject_.canaries.size() ? "canary " + std::to_string(index)
                                                                : std::string("the request");
            auto const& word = words[index];
            for (int const status : {200, 400, 401, 403, 404, 422, 429, 500}) {
                auto const input = which + " in text with status " + std::to_string(status);
                expect_discreet(input, answer(status, "refused: " + word));
                expect_discreet(input, answer(status, word));
                expect_discreet(input, answer(status, json::serialize(json::value(word))));
            }
            for (auto const& refusal : refusals_) {
                for (auto const& pointer : all_pointers(refusal.body)) {
                    boost::system::error_code failure;
                    auto const* const member = refusal.body.find_pointer(pointer, failure);
                    if (!member->is_string() || is_identifier(pointer)) continue;
                    auto sentence = "refused for " + word;
                    sentence += " today";
                    auto parenthesis = "(" + word;
                    parenthesis += ')';
                    for (auto const& text : {word, sentence, parenthesis}) {
                        auto response = refusal.response;
                        response.body =
                            with_value(refusal.body, pointer, json::serialize(json::value(text)));
                        expect_discreet(which + " in " + pointer, response);
                    }
                }
                auto response = refusal.response;
                response.body =
                    with_member(refusal.body, "input", json::serialize(json::value(word)));
                expect_discreet(which + " in an unknown member", response);
            }
        }
    }

    [[nodiscard]] bool is_identifier(std::string const& pointer) const {
        auto const name = pointer.substr(pointer.rfind('/') + 1);
        return std::find(subject_.identifiers.begin(), subject_.identifiers.end(), name) !=
               subject_.identifiers.end();
    }

    void huge_bodies() {
        constexpr auto check = "10 MB";
        std::string const padding(huge_body, 'x');
        for (int const status : {200, 400, 500}) {
            expect_no_success(check, "text " + std::to_string(status), answer(status, padding));
        }
        if (!successes_.empty()) {
            auto response = successes_.front().response;
            response.body = with_member(successes_.front().body, "padding", '"' + padding + '"');
            see(check, "a success with a long member", response);
            response.body = with_member(successes_.front().body, "padding", '"' + padding);
            expect_no_success(check, "a success with an unclosed member", response);
        }
        if (refusals_.empty()) return;
        auto const& refusal = refusals_.front();
        auto const lengthen = [](json::value const& scalar) -> json::value {
            return scalar.is_string() ? json::value(std::string(huge_body / 8, 'y')) : scalar;
        };
        auto response = refusal.response;
        response.body = json::serialize(with_scalars(refusal.body, lengthen));
        auto const seen = see(check, "a refusal with long texts", response);
        if (seen.success) fail(check, "a refusal with long texts", seen.describe());
        if (seen.error && shown(*seen.error).size() > longest_error) {
            fail(check, "a refusal with long texts", "the error is as long as the answer");
        }
    }

    std::string name_;
    AdapterUnderTest const& subject_;
    DocumentedAnswers const& answers_;
    Decode decode_;
    std::string request_body_;
    std::vector<ConformanceFailure>& failures_;
    std::vector<JsonAnswer> successes_;
    std::vector<JsonAnswer> refusals_;
};

/// `decode`, with what it throws.
template <class Decode>
Seen guarded(Decode decode) {
    Seen seen;
    try {
        seen = decode();
    } catch (std::exception const& exception) {
        seen.exception = exception.what();
    } catch (...) {
        seen.exception = "something that is no std::exception";
    }
    return seen;
}

}  // namespace

std::vector<ConformanceFailure> check_conformance(AdapterUnderTest const& subject) {
    std::vector<ConformanceFailure> failures;
    auto const send = subject.adapter.encode_send(subject.send, subject.context);
    auto const verify = subject.adapter.encode_verify(subject.verify, subject.context);
    if (!send) failures.push_back({"send: request", "is refused: " + send.error().message});
    if (!verify) failures.push_back({"verify: request", "is refused: " + verify.error().message});
    if (!send || !verify) return failures;

    auto const decode_send = [&subject](HttpResponse const& response) {
        return guarded([&] {
            Seen seen;
            auto const result =
                subject.adapter.decode_send(subject.send, response, subject.context);
            seen.success = result.has_value();
            if (!result) seen.error = result.error();
            return seen;
        });
    };
    auto const decode_verify = [&subject](HttpResponse const& response) {
        return guarded([&] {
            Seen seen;
            auto const result =
                subject.adapter.decode_verify(subject.verify, response, subject.context);
            seen.success = result && result->approved();
            if (!result) seen.error = result.error();
            return seen;
        });
    };
    OperationCheck("send", subject, subject.send_answers, decode_send, send->body, failures).run();
    OperationCheck("verify", subject, subject.verify_answers, decode_verify, verify->body, failures)
        .run();
    check_hints(subject, failures);
    check_echoes(subject, failures);
    return failures;
}

}  // namespace otp::testing
