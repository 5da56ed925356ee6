#include "eko_mock.hpp"

#include "authorization.hpp"
#include "recipient_shape.hpp"
#include "request_body.hpp"
#include "wire_time.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_life{10};
constexpr std::chrono::minutes signature_tolerance{5};
constexpr std::size_t max_reference_length = 20;

bool is_ten_digits(std::string_view text) {
    return text.size() == 10 && is_digits(text);
}

/// What was sent, as far as verify has to repeat it.
struct SentReference {
    std::string client_ref_id;
    std::optional<std::string> otp_ref_id;
};

class EkoMock final : public VendorMock {
public:
    explicit EkoMock(MockWorld& world) : world_(world) {}

    std::string_view name() const noexcept override { return "eko"; }
    Script const& script() const noexcept override { return script_; }
    void reset() override {
        sent_by_phone_.clear();
        used_references_.clear();
    }

    MockResponse handle(MockRequest const& request) override {
        bool const is_send = request.path == "/tools/kyc/mobile/otp";
        if (!is_send && request.path != "/tools/kyc/mobile/otp/verify") {
            return json_response(404, {{"status", 1}, {"message", "Not Found"}});
        }
        std::string const method = is_send ? "POST" : "PUT";
        if (request.method != method) {
            auto refused = empty_response(405);
            refused.headers.emplace_back("Allow", method);
            return refused;
        }
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) return empty_response(415);
        if (!is_signed(request)) {
            return json_response(403, {{"status", 1}, {"message", "Forbidden"}});
        }
        if (body.problem != BodyProblem::none || !request.query.empty()) {
            return json_response(400, {{"status", 1}, {"message", "Bad Request"}});
        }
        return is_send ? checked_send(body.object) : checked_verify(body.object);
    }

private:
    bool is_signed(MockRequest const& request) const {
        auto const& credentials = world_.options.credentials;
        auto const timestamp = request.header("secret-key-timestamp");
        if (request.header("developer_key") != credentials.eko_developer_key || !timestamp) {
            return false;
        }
        std::int64_t milliseconds = 0;
        auto const* const end = timestamp->data() + timestamp->size();
        auto const parsed = std::from_chars(timestamp->data(), end, milliseconds);
        if (timestamp->size() != 13 || parsed.ec != std::errc() || parsed.ptr != end) return false;
        MockOptions::Time const signed_at{std::chrono::milliseconds(milliseconds)};
        // The client signs with its own clock, which does not move with the vendors'.
        auto const now = world_.clock.unmoved();
        if (std::chrono::abs(now - signed_at) > signature_tolerance) return false;
        // The key is the base64 text itself, not the bytes that it stands for.
        auto const expected = base64(hmac_sha256(base64(credentials.eko_access_key), *timestamp));
        return request.header("secret-key") == expected;
    }

    static MockResponse invalid(int status, char const* message, json::object fields) {
        auto body = eko_envelope(status, 1, -1, message);
        body["invalid_params"] = std::move(fields);
        return json_response(200, body);
    }

    /// The refusal of a body that does not fit; nothing if it does.
    std::optional<MockResponse> refuse_fields(
        json::object const& body, std::span<FieldRule const> rules
    ) const {
        json::object wrong;
        bool missing = false;
        for (FieldProblem const& problem : check_fields(body, rules)) {
            switch (problem.kind) {
                case FieldProblem::Kind::missing:
                    missing = true;
                    wrong[problem.field] = "Please provide the value of the field";
                    break;
                case FieldProblem::Kind::unknown:
                    wrong[problem.field] = "Unknown field";
                    break;
                case FieldProblem::Kind::wrong_type:
                    wrong[problem.field] = "Wrong type";
                    break;
            }
        }
        if (missing) return invalid(97, "Please provide the value of the field", std::move(wrong));
        auto const mobile = text_of(body, "mobile");
        if (mobile && !is_ten_digits(*mobile)) wrong["mobile"] = "Please provide 10 digits";
        auto const agent = text_of(body, "csp_id");
        if (agent && !is_ten_digits(*agent)) wrong["csp_id"] = "Please provide 10 digits";
        auto const reference = text_of(body, "client_ref_id");
        if (reference && (reference->empty() || reference->size() > max_reference_length)) {
            wrong["client_ref_id"] = "Please provide at most 20 characters";
        }
        if (text_of(body, "otp") == "") wrong["otp"] = "Please provide a valid value";
        if (!wrong.empty()) return invalid(461, "Invalid parameters", std::move(wrong));
        if (text_of(body, "initiator_id") != world_.options.credentials.eko_initiator_id) {
            return invalid(
                319,
                "Invalid Sender/Initiator",
                json::object{{"initiator_id", "Merchant does not exist in system."}}
            );
        }
        return std::nullopt;
    }

    MockResponse checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 4> rules{
            FieldRule{"initiator_id", FieldType::string, true},
            FieldRule{"client_ref_id", FieldType::string, false},
            FieldRule{"csp_id", FieldType::string, true},
            FieldRule{"mobile", FieldType::string, true}};
        if (auto refused = refuse_fields(body, rules)) return std::move(*refused);
        auto const reference = text_of(body, "client_ref_id");
        if (reference && !used_references_.insert(*reference).second) {
            return invalid(
                461,
                "Invalid parameters",
                json::object{{"client_ref_id", "Must be unique for each request"}}
            );
        }
        auto const phone = "+91" + *text_of(body, "mobile");
        return script_.answer(MockStep::send, phone, [&] { return send(phone, reference); });
    }

    MockResponse send(std::string const& phone, std::optional<std::string> const& reference) {
        auto const expires_at = world_.now() + code_life;
        auto const code = world_.ids.code(4);
        world_.inbox.deliver({"eko", "sms", phone, phone, code, expires_at});
        auto const client_ref_id = reference.value_or(world_.ids.code(12));
        json::object data{
            {"client_ref_id", client_ref_id},
            {"initiator_id", world_.options.credentials.eko_initiator_id},
            {"otp_expiry_timestamp", java_date_in_india(expires_at)},
            {"tid", world_.ids.code(10)}};
        auto answer = eko_envelope(0, 0, 1623, "OTP has been sent");
        SentReference sent{client_ref_id, std::nullopt};
        if (eko_answers_reference(phone)) {
            answer["response_type_id"] = 1600;
            sent.otp_ref_id = world_.ids.uuid();
            data["otp_ref_id"] = *sent.otp_ref_id;
        }
        if (eko_answers_minus_one(phone)) answer["response_status_id"] = -1;
        if (eko_answers_numbers_as_text(phone)) {
            answer["status"] = "0";
            answer["response_status_id"] = "0";
            answer["response_type_id"] = "1623";
        }
        if (world_.options.development_mode) data["otp"] = code;
        answer["data"] = std::move(data);
        sent_by_phone_.insert_or_assign(phone, std::move(sent));
        return json_response(200, answer);
    }

    MockResponse checked_verify(json::object const& body) {
        constexpr std::array<FieldRule, 5> rules{
            FieldRule{"initiator_id", FieldType::string, true},
            FieldRule{"otp", FieldType::string, true},
            FieldRule{"mobile", FieldType::string, true},
            FieldRule{"client_ref_id", FieldType::string, false},
            FieldRule{"otp_ref_id", FieldType::string, true}};
        auto const phone = "+91" + text_of(body, "mobile").value_or("");
        auto const sent = sent_by_phone_.find(phone);
        bool const older = sent != sent_by_phone_.end() && sent->second.otp_ref_id.has_value();
        if (auto refused = refuse_fields(body, std::span(rules).first(older ? 5 : 4))) {
            return std::move(*refused);
        }
        return script_.answer(MockStep::verify, phone, [&] {
            if (sent == sent_by_phone_.end() || !repeats(body, sent->second)) {
                return not_found();
            }
            return verify(phone, *text_of(body, "otp"), text_of(body, "client_ref_id"));
        });
    }

    static bool repeats(json::object const& body, SentReference const& sent) {
        auto const reference = text_of(body, "client_ref_id");
        if (reference && reference != sent.client_ref_id) return false;
        return text_of(body, "otp_ref_id") == sent.otp_ref_id;
    }

    static MockResponse not_found() {
        auto answer = eko_envelope(1, 1, 1632, "OTP not found. Please make the OTP request again.");
        answer["data"] = json::object();
        return json_response(200, answer);
    }

    MockResponse verify(
        std::string const& phone,
        std::string const& code,
        std::optional<std::string> const& reference
    ) {
        if (world_.inbox.check("eko", phone, code) != CodeCheck::approved) {
            auto answer = eko_envelope(1, 1, 1632, "OTP verification failed.");
            answer["data"] = json::object();
            return json_response(200, answer);
        }
        auto answer = eko_envelope(0, 0, 1632, "OTP verification successful.");
        answer["data"] = json::object{
            {"client_ref_id", reference.value_or("")},
            {"otp_verification_token", "mock-token-" + world_.ids.hex(32)},
            {"initiator_id", world_.options.credentials.eko_initiator_id},
            {"mobile", phone.substr(3)},
            {"tid", world_.ids.code(10)}};
        return json_response(200, answer);
    }

    MockWorld& world_;
    Script script_{make_eko_script()};
    std::map<std::string, SentReference> sent_by_phone_;
    std::set<std::string> used_references_;
};

}  // namespace

std::unique_ptr<VendorMock> make_eko_mock(MockWorld& world) {
    return std::make_unique<EkoMock>(world);
}

}  // namespace otp::mocks
