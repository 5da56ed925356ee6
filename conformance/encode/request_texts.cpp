#include "encode/request_texts.hpp"

#include "encode/target_shape.hpp"

#include <otp/adapter/hints.hpp>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::conformance {
namespace {

/// A text and what it is, as it is printed.
struct OddText {
    std::string_view name;
    std::string_view text;
};

constexpr std::array odd_texts{
    OddText{"..", ".."},
    OddText{"../x", "../x"},
    OddText{"%2e%2e%2fx", "%2e%2e%2fx"},
    OddText{"a text with /", "a/b"},
    OddText{"a text with a backslash", "a\\..\\b"},
    OddText{"a text with ?", "a?b=c"},
    OddText{"a text with #", "a#b"},
    OddText{"a text with &", "a&b=c"},
    OddText{"a text with %", "a%2Fb"},
    OddText{"a text with a lone %", "100%"},
    OddText{"a text with a blank", "a b"},
    OddText{"a text with a line end", "a\r\nX-Evil: 1"},
    OddText{"a text with a NUL", std::string_view("a\0b", 3)},
    OddText{"a text with quotes", "a\",\"admin\":\"true"},
    OddText{"a text that is not ASCII", "caf\xC3\xA9"},
};

/// Of the local part of an address, which may have these.
constexpr std::array odd_addresses{
    OddText{"an address with /", "a/b@example.com"},
    OddText{"an address with ?", "a?b=c@example.com"},
    OddText{"an address with #", "a#b@example.com"},
    OddText{"an address with &", "a&b=c@example.com"},
    OddText{"an address with %", "a%2Fb@example.com"},
};

using Request = Result<HttpRequest>;
/// Encodes with another text in one place.
using EncodeWith = std::function<Request(std::string_view)>;

VerifyOtp copy_of(VerifyOtp const& verify) {
    VerifyOtp copy(verify.handle, verify.code.clone());
    copy.client = verify.client;
    copy.vendor_fields = verify.vendor_fields;
    return copy;
}

class RequestTextCheck {
public:
    RequestTextCheck(AdapterUnderTest const& subject, Observations& observations)
        : subject_(subject), adapter_(subject.adapter), observations_(observations) {}

    void check_send() {
        operation_ = "send";
        auto const& vendor = adapter_.vendor().name;
        usual_ = encode(subject_.send);
        check_place("the user's id", [&](std::string_view text) {
            auto send = subject_.send;
            send.to.user_ids[vendor] = text;
            return encode(send);
        });
        check_place("the reference", [&](std::string_view text) {
            auto send = subject_.send;
            send.reference = text;
            return encode(fitted(std::move(send)));
        });
        check_addresses();
        for (auto const& field : adapter_.vendor().send_fields) {
            check_field(field.name, [&](std::string_view text) {
                auto send = subject_.send;
                send.vendor_fields[vendor][field.name] = text;
                return encode(send);
            });
        }
    }

    void check_verify() {
        operation_ = "verify";
        auto const& vendor = adapter_.vendor().name;
        usual_ = encode(subject_.verify);
        for (auto const& reference : subject_.verify.handle.references()) {
            std::string const name(reference.first);
            auto const with = [&](std::string_view text) {
                auto verify = copy_of(subject_.verify);
                verify.handle.set_reference(name, text);
                return verify;
            };
            check_place("reference " + name, [&](std::string_view text) {
                return encode(with(text));
            });
            check_question("reference " + name, with);
        }
        check_codes();
        for (auto const& field : adapter_.vendor().verify_fields) {
            check_field(field.name, [&](std::string_view text) {
                auto verify = copy_of(subject_.verify);
                verify.vendor_fields[vendor][field.name] = text;
                return encode(verify);
            });
        }
    }

private:
    [[nodiscard]] Request encode(SendOtp const& send) const {
        return adapter_.encode_send(send, subject_.context);
    }
    [[nodiscard]] Request encode(VerifyOtp const& verify) const {
        return adapter_.encode_verify(verify, subject_.context);
    }

    /// As a client does it.
    [[nodiscard]] SendOtp fitted(SendOtp send) const {
        auto const fit = fit_hints(send, adapter_.vendor());
        set_hints(send, fit.used);
        return send;
    }

    void check_place(std::string const& place, EncodeWith const& with) {
        for (auto const& odd : odd_texts) look_at(place, odd, with(odd.text), usual_);
    }

    void check_addresses() {
        if (!subject_.send.to.email) return;
        for (auto const& odd : odd_addresses) {
            auto const address = EmailAddress::parse(odd.text);
            if (!address) continue;
            auto send = subject_.send;
            send.to.email = *address;
            look_at("the email address", odd, encode(send), usual_);
        }
    }

    void check_codes() {
        for (auto const& odd : odd_texts) {
            auto code = OtpCode::parse(odd.text);
            if (!code) continue;
            VerifyOtp verify(subject_.verify.handle, std::move(*code));
            verify.vendor_fields = subject_.verify.vendor_fields;
            look_at("the code", odd, encode(verify), usual_);
        }
    }

    /// A field that was not there may add a member, so that a plain text is the measure.
    void check_field(std::string const& name, EncodeWith const& with) {
        auto const usual = with("plain");
        for (auto const& odd : odd_texts) look_at("field " + name, odd, with(odd.text), usual);
    }

    void check_question(
        std::string const& place, std::function<VerifyOtp(std::string_view)> const& with
    ) {
        for (auto const& success : subject_.verify_answers.successes) {
            auto const ask = [&](VerifyOtp const& verify) {
                return adapter_.encode_confirmation(verify, success, subject_.context);
            };
            auto const usual = ask(subject_.verify);
            if (!usual) continue;
            operation_ = "confirmation";
            for (auto const& odd : odd_texts) {
                auto const verify = with(odd.text);
                // Without a check there is nothing to ask about.
                if (!encode(verify)) continue;
                if (auto const question = ask(verify)) {
                    look_at(place, odd, Request(*question), Request(*usual));
                }
            }
            operation_ = "verify";
        }
    }

    void look_at(
        std::string const& place, OddText const& odd, Request const& request, Request const& usual
    ) {
        if (!request || !usual) return;
        auto const target = problem_of_target(*request, *usual, odd.text);
        if (!target.empty()) return fail(Cause::leaves_its_segment, "path", place, odd, target);
        auto const header = problem_of_headers(*request);
        if (!header.empty()) return fail(Cause::breaks_the_line, "header", place, odd, header);
        auto const body = problem_of_body(*request, *usual);
        if (!body.empty()) fail(Cause::breaks_the_body, "body", place, odd, body);
    }

    void fail(
        Cause cause,
        std::string const& check,
        std::string const& place,
        OddText const& odd,
        std::string const& what
    ) {
        observations_.push_back(
            {operation_, check, cause, place, std::string(odd.name) + ": " + what}
        );
    }

    AdapterUnderTest const& subject_;
    ProviderAdapter const& adapter_;
    Observations& observations_;
    std::string operation_;
    Request usual_{Error()};
};

}  // namespace

void check_request_texts(AdapterUnderTest const& subject, Observations& observations) {
    RequestTextCheck check(subject, observations);
    check.check_send();
    check.check_verify();
}

}  // namespace otp::conformance
