#include "contract/all_vendors/small_adapter.hpp"

#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/oauth2_grant.hpp>
#include <otp/adapter/retry_after.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/undocumented_refusal.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/json_body.hpp>
#include <otp/secret.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace otp::conformance {
namespace {

constexpr std::string_view client_secret = "fake-client-secret-000";

/// `{"ok":true,"to":…}` is a success; `{"ok":false,"message":…}` a refusal.
class SmallAdapter final : public ProviderAdapter {
public:
    explicit SmallAdapter(Flaws flaws) : flaws_(flaws) {
        description_.name = "small";
        if (!flaws_.hides_field) description_.send_fields.push_back({"sender", ""});
        if (flaws_.lists_unread_field) description_.verify_fields.push_back({"sender", ""});
        auto const unless_hidden = [&](Place place, std::vector<std::string> names) {
            return place == flaws_.hides_place ? std::vector<std::string>() : std::move(names);
        };
        auto& sensitive = description_.sensitive;
        sensitive.request_headers = unless_hidden(Place::header, {"x-code"});
        sensitive.request_members = unless_hidden(Place::member, {"/to", "/checks/**"});
        for (auto& name : unless_hidden(Place::token_form, {"/client_secret"})) {
            sensitive.request_members.push_back(std::move(name));
        }
        sensitive.path_parameters = unless_hidden(Place::path, {"code"});
        sensitive.response_members = unless_hidden(Place::answer, {"/to"});
    }

    VendorDescription const& vendor() const noexcept override { return description_; }
    std::string const& base_url() const noexcept override { return base_url_; }
    TokenGrant const* token_grant() const noexcept override { return &grant_; }

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        HttpRequest request(HttpMethod::post, "/send");
        request.body = "{\"to\":\"" + std::string(send.to.phone->reveal()) + "\"}";
        if (auto const own = send.vendor_fields.find("small"); own != send.vendor_fields.end()) {
            auto const sender = own->second.find("sender");
            if (sender != own->second.end()) request.body += sender->second;
        }
        return request;
    }
    Result<SendReceipt> decode_send(
        SendOtp const&, HttpResponse const& response, AttemptContext const& context
    ) const override {
        if (auto error = failure_of(response, context)) return std::move(*error);
        SendReceipt receipt(handle("+12025550162"));
        receipt.request_id = id_of(response, context);
        return receipt;
    }
    std::optional<VerificationHandle> handle_before_answer(SendOtp const&, AttemptContext const&)
        const override {
        return handle(flaws_.other_handle ? "+12025550199" : "+12025550162");
    }
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const&)
        const override {
        std::string const code(verify.code.reveal());
        if (!flaws_.trusts_codes && !adapter::is_plain_identifier(code, 16)) {
            return field_error(ErrorCategory::invalid_request, "/code", "is no code");
        }
        HttpRequest request(HttpMethod::post, "/verify/" + code, "/verify/{code}");
        request.headers.push_back({"X-Code", code});
        request.content_type = json_content_type;
        request.body = R"({"checks":[{"code":")" + code + R"("}]})";
        return request;
    }
    Result<Verification> decode_verify(
        VerifyOtp const&, HttpResponse const& response, AttemptContext const& context
    ) const override {
        if (flaws_.outcome_after_5xx && response.status >= 500) {
            return Verification(Verification::Outcome::wrong_code);
        }
        if (flaws_.outcome_after_3xx && response.status >= 300 && response.status < 400) {
            return Verification(Verification::Outcome::rejected);
        }
        if (auto error = failure_of(response, context)) return std::move(*error);
        if (may_be_refused(response)) return Error(ErrorCategory::bad_response, "may be a no");
        Verification verification(Verification::Outcome::approved);
        verification.request_id = id_of(response, context);
        verification.user_id = person_of(response);
        return verification;
    }
    std::optional<HttpRequest>
    encode_confirmation(VerifyOtp const&, HttpResponse const&, AttemptContext const&)
        const override {
        if (flaws_.never_asks) return std::nullopt;
        return HttpRequest(flaws_.asks_by_post ? HttpMethod::post : HttpMethod::get, "/state");
    }
    Result<Verification> decode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override {
        bool const is_json = response.status == 200 && parse_json_body(response.body).has_value();
        if (flaws_.confirms_anything || (flaws_.trusts_the_question && is_json)) {
            return Verification(Verification::Outcome::approved);
        }
        return decode_verify(verify, response, context);
    }

private:
    [[nodiscard]] std::string id_of(HttpResponse const& response, AttemptContext const& context)
        const {
        auto const body = parse_json_body(response.body);
        if (!body || !body->is_object()) return {};
        auto const id = string_member(body->get_object(), "id").value_or("");
        if (flaws_.keeps_ids) return std::string(id);
        return flaws_.guesses ? vendor_identifier(id) : context.sent.scrub_identifier(id);
    }

    void add_fields(Error& error, HttpResponse const& response, AttemptContext const& context)
        const {
        auto const body = parse_json_body(response.body);
        if (!body || !body->is_object()) return;
        for (auto const& member : body->get_object()) {
            std::string_view const name(member.key().data(), member.key().size());
            auto const shown =
                flaws_.names_fields ? std::string(name) : context.sent.scrub_text(name);
            error.violations.push_back({"/" + shown, "is refused"});
        }
    }

    /// An id that cannot be kept as it is is none.
    [[nodiscard]] std::string person_of(HttpResponse const& response) const {
        auto const body = parse_json_body(response.body);
        if (!body || !body->is_object()) return {};
        auto const person = string_member(body->get_object(), "person").value_or("");
        auto const kept = vendor_identifier(person);
        return kept == person || flaws_.mends_ids ? kept : std::string();
    }

    static VerificationHandle handle(std::string_view to) {
        VerificationHandle handle("i", "small", Channel::sms);
        handle.set_reference("to", to);
        return handle;
    }

    [[nodiscard]] bool succeeded(HttpResponse const& response) const {
        bool const success_class = response.status >= 200 && response.status <= 299;
        if (flaws_.trusts_status) return success_class;
        bool const documented_status =
            flaws_.takes_every_2xx ? success_class : response.status == 200;
        if (!documented_status && !flaws_.takes_every_status) return false;
        if (flaws_.empty_success && response.body.empty()) return true;
        if (flaws_.lenient_parser) return response.body.find("\"ok\":true") != std::string::npos;
        auto const body = parse_json_body(response.body);
        if (!body || !body->is_object()) return false;
        bool const looks_inside = flaws_.unwraps && !body->get_object().contains("ok");
        auto const* const data = looks_inside ? object_member(body->get_object(), "data") : nullptr;
        auto const& object = data != nullptr ? *data : body->get_object();
        auto const* const level = object.if_contains("level");
        bool const documented = level == nullptr || *level == 0;
        if (!documented && !flaws_.takes_every_level) return false;
        return bool_member(object, "ok").value_or(false) && names_the_recipient(object) &&
               !is_contradicted(object) && (flaws_.takes_any_type || has_good_note(object));
    }

    [[nodiscard]] bool names_the_recipient(boost::json::object const& body) const {
        if (flaws_.ignores_identity || !body.contains("to")) return true;
        auto const to = string_member(body, "to").value_or("");
        if (flaws_.compares_beginning) return to.starts_with("+1202555016");
        return to == "+12025550162";
    }

    [[nodiscard]] bool has_good_note(boost::json::object const& body) const {
        auto const* const note = body.if_contains("note");
        if (note == nullptr || note->is_null()) return true;
        return note->is_string() && (flaws_.trusts_words || note->get_string() != "it failed");
    }

    [[nodiscard]] bool is_contradicted(boost::json::object const& body) const {
        if (flaws_.ignores_contradictions) return false;
        static constexpr std::array<std::string_view, 1> documented{"/ok"};
        if (flaws_.trusts_known_names) {
            auto unknown = body;
            for (auto const* const known : {"id", "person", "to", "note"}) unknown.erase(known);
            return !find_contradiction(unknown, 200, documented).empty();
        }
        if (flaws_.top_level_only) {
            boost::json::object top;
            for (auto const& member : body) {
                if (!member.value().is_structured()) top.emplace(member.key(), member.value());
            }
            return !find_contradiction(top, 200, documented).empty();
        }
        if (flaws_.exact_names_only) {
            for (std::string_view const name : {"error", "errors", "detail", "success"}) {
                if (body.contains(name)) return true;
            }
            return false;
        }
        return !find_contradiction(body, 200, documented).empty();
    }

    [[nodiscard]] bool may_be_refused(HttpResponse const& response) const {
        if (flaws_.trusts_status || flaws_.knows_all_names) return false;
        static constexpr std::array<std::string_view, 7> documented{
            "/ok", "/id", "/level", "/person", "/to", "/data", "/note"};
        auto const body = parse_json_body(response.body);
        return body && body->is_object() &&
               !find_undocumented_refusal(body->get_object(), documented).empty();
    }

    [[nodiscard]] ErrorCategory category_of(HttpResponse const& response) const {
        bool const refused = refuses(response);
        if (flaws_.believes_failing_server && refused) return ErrorCategory::recipient_throttled;
        if (response.status == 503) return ErrorCategory::unavailable;
        if (response.status >= 500) return ErrorCategory::provider_error;
        if (response.status == 429 && !flaws_.blames_throttled) return ErrorCategory::rate_limited;
        if (response.status == 403 && flaws_.believes_gateway) {
            return ErrorCategory::permission_denied;
        }
        return refused ? ErrorCategory::invalid_request : ErrorCategory::bad_response;
    }

    [[nodiscard]] bool refuses(HttpResponse const& response) const {
        auto const body = parse_json_body(response.body);
        return body && body->is_object() && !bool_member(body->get_object(), "ok").value_or(true);
    }

    [[nodiscard]] std::optional<Error> failure_of(
        HttpResponse const& response, AttemptContext const& context
    ) const {
        if (flaws_.throws && response.body.size() > 1000) throw std::length_error("too long");
        if (succeeded(response)) return std::nullopt;
        auto const category =
            flaws_.blames_caller ? ErrorCategory::invalid_request : category_of(response);
        Error error(category, "refused", delivery_of_refusal(response.status));
        if (response.status == 200 && refuses(response)) error.delivery = Delivery::not_sent;
        bool const server_error = response.status >= 500;
        bool const redirect = response.status >= 300 && response.status < 400;
        if (flaws_.not_sent_after_5xx && server_error) error.delivery = Delivery::not_sent;
        if (flaws_.not_sent_after_3xx && redirect) error.delivery = Delivery::not_sent;
        if (flaws_.accepted_in_errors) error.delivery = Delivery::accepted;
        if (flaws_.echoes) error.message = response.body;
        error.request_id = id_of(response, context);
        if (response.status < 500) add_fields(error, response, context);
        error.retry_after = wait_of(response, context);
        return error;
    }

    [[nodiscard]] std::optional<std::chrono::milliseconds> wait_of(
        HttpResponse const& response, AttemptContext const& context
    ) const {
        if (flaws_.ignores_retry_after) return std::nullopt;
        if (flaws_.reads_one_retry_after) {
            auto const first = response.headers.find("retry-after");
            return first ? parse_retry_after(*first, context.now) : std::nullopt;
        }
        auto const all = response.headers.joined("retry-after");
        return all ? parse_retry_after(*all, context.now) : std::nullopt;
    }

    Flaws flaws_;
    VendorDescription description_;
    std::string base_url_{"https://small.example.com"};
    adapter::OAuth2Grant grant_{
        base_url_,
        "/token",
        "/token",
        adapter::GrantType::client_credentials,
        Secret("small"),
        Secret(client_secret),
        adapter::rfc6749_members};
};

template <class Look>
auto look_at(Flaws const& flaws, Look const& look) {
    SmallAdapter const adapter(flaws);
    InstanceConfig instance;
    instance.credentials.emplace("client_secret", Secret(client_secret));
    SendOtp send{Recipient(PhoneNumber::parse("+12025550162").value())};
    if (flaws.hides_field) send.vendor_fields["small"]["sender"] = "a sender";
    VerificationHandle handle("i", "small", Channel::sms);
    handle.set_reference("to", "+12025550162");
    VerifyOtp verify(std::move(handle), OtpCode::parse("481592").value());
    AdapterUnderTest subject(adapter, std::move(send), std::move(verify));
    subject.context.instance = "i";
    subject.context.now = AttemptContext{}.now + std::chrono::hours(24 * 365 * 50);
    subject.canaries = {"+12025550162", "481592", std::string(client_secret)};
    subject.identifiers = {"id"};
    subject.instance = &instance;
    for (auto* const answers :
         {&subject.send_answers, &subject.verify_answers, &subject.confirmation_answers}) {
        answers->successes.emplace_back(
            200,
            HttpHeaders{},
            R"({"ok":true,"id":"a7","level":0,"person":"p","to":"+12025550162","data":{"x":[{}]},
                "note":"done"})"
        );
        answers->empty_success = flaws.empty_success;
        answers->refusals.emplace_back(
            400, HttpHeaders{}, R"({"ok":false,"message":"no","id":"a8","note":"it failed"})"
        );
        answers->decisive = {"/ok"};
        answers->all_values_documented = {"/level"};
        answers->of_one_type = {"/note"};
    }
    return look(subject);
}

}  // namespace

std::unique_ptr<ProviderAdapter> make_small_adapter(Flaws const& flaws) {
    return std::make_unique<SmallAdapter>(flaws);
}

Observations observations_of(Flaws const& flaws, Observe look) {
    return look_at(flaws, look);
}

std::vector<Failure> failures_of(Flaws const& flaws) {
    return look_at(flaws, check_conformance);
}

std::string check_of(Observation const& seen) {
    return seen.operation + ": " + seen.check;
}

std::vector<std::string> findings(Flaws const& flaws, Observe look) {
    std::vector<std::string> checks;
    for (auto const& seen : observations_of(flaws, look)) {
        if (checks.empty() || checks.back() != check_of(seen)) checks.push_back(check_of(seen));
    }
    return checks;
}

PlainSubject::PlainSubject(Flaws const& flaws)
    : adapter(make_small_adapter(flaws)),
      subject(
          *adapter,
          SendOtp(Recipient(PhoneNumber::parse("+12025550162").value())),
          VerifyOtp(
              VerificationHandle("i", "small", Channel::sms), OtpCode::parse("481592").value()
          )
      ) {
    subject.send_answers.successes.emplace_back(200, HttpHeaders{}, R"({"ok":true,"level":0})");
    subject.verify_answers = subject.send_answers;
}

}  // namespace otp::conformance
