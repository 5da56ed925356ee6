#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/oauth2_grant.hpp>
#include <otp/adapter/retry_after.hpp>
#include <otp/adapter/undocumented_refusal.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/json_body.hpp>
#include <otp/secret.hpp>
#include <otp/testing/adapter_conformance.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <gmock/gmock.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The conformance suite itself: it passes a careful adapter and finds each kind of careless one.
namespace otp::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Where the small vendor's exchanges hold secrets: each in its own list of the description.
enum class Place { none, header, member, path, token_form, answer };

/// What a test makes careless.
struct Flaws {
    bool trusts_status{false};   ///< Every 2xx is a success.
    bool lenient_parser{false};  ///< Looks for a text instead of reading JSON.
    bool not_sent_after_5xx{false};
    bool not_sent_after_3xx{false};
    bool accepted_in_errors{false};
    bool blames_caller{false};  ///< Every failure is `invalid_request`.
    bool echoes{false};         ///< The body goes into the error.
    bool keeps_ids{false};      ///< An id is kept as the vendor wrote it.
    bool names_fields{false};   ///< So is the name of a field.
    bool guesses{false};        ///< Masks what looks personal, but does not look for what was sent.
    bool throws{false};
    bool ignores_retry_after{false};
    bool reads_one_retry_after{false};  ///< The first of several lines.
    bool outcome_after_5xx{false};
    bool outcome_after_3xx{false};
    bool ignores_contradictions{false};   ///< Looks at `ok` alone.
    bool top_level_only{false};           ///< Looks for contradictions, but not below the top.
    bool exact_names_only{false};         ///< Looks for contradictions by one spelling.
    bool knows_all_names{false};          ///< Of contradictions, so that others say nothing.
    bool trusts_known_names{false};       ///< Looks not into members that it knows itself.
    bool trusts_words{false};             ///< Takes a refusal's sentence for a success's.
    bool takes_any_type{false};           ///< A note that is no text is none.
    bool ignores_identity{false};         ///< Takes an answer for anybody.
    bool compares_beginning{false};       ///< Of the number that the answer names.
    bool takes_every_2xx{false};          ///< With the documented success in it.
    bool believes_failing_server{false};  ///< Its codes.
    bool believes_gateway{false};         ///< An HTML 403 is the vendor's word.
    bool blames_throttled{false};         ///< A 429 with HTML is not understood.
    bool other_handle{false};             ///< Before the answer.
    bool empty_success{false};            ///< Any 200 without a body.
    bool takes_every_level{false};        ///< A number that no document knows.
    bool takes_every_status{false};       ///< Looks at the body alone.
    bool unwraps{false};                  ///< Takes `{"data":S}` for S.
    bool mends_ids{false};                ///< Keeps `vendor_identifier` of an id.
    bool never_asks{false};               ///< No question after an approval.
    bool asks_by_post{false};             ///< It is no GET.
    bool confirms_anything{false};        ///< Whatever the answer to the question.
    bool trusts_the_question{false};      ///< Every 200 of it that is JSON.
    bool hides_field{false};              ///< The description does not list what it reads.
    bool lists_unread_field{false};       ///< It lists what is never read.
    Place hides_place{Place::none};       ///< It does not list the secret there.
};

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

using Check = std::vector<ConformanceFailure> (*)(AdapterUnderTest const&);

std::vector<ConformanceFailure> failures_of(Flaws flaws, Check check) {
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
    return check(subject);
}

std::vector<std::string> findings(Flaws flaws, Check check = check_conformance) {
    std::vector<std::string> checks;
    for (auto const& failure : failures_of(flaws, check)) {
        if (checks.empty() || checks.back() != failure.check) checks.push_back(failure.check);
    }
    return checks;
}

TEST(ConformanceSuite, PassesACarefulAdapter) {
    EXPECT_THAT(findings({}), IsEmpty());
}

TEST(ConformanceSuite, FindsOneThatTrustsTheStatus) {
    auto const found = findings({.trusts_status = true});
    for (auto const* const check :
         {"send: garbage",
          "verify: garbage",
          "send: truncated body",
          "verify: spoilt member",
          "send: missing member",
          "verify: repeated member",
          "send: hostile member",
          "verify: error in a 200",
          "send: 10 MB"}) {
        EXPECT_THAT(found, Contains(check));
    }
}

TEST(ConformanceSuite, FindsOneThatReadsNoJson) {
    auto const found = findings({.lenient_parser = true});
    EXPECT_THAT(found, Contains("send: truncated body"));
    EXPECT_THAT(found, Contains("verify: repeated member"));
    EXPECT_THAT(found, Contains("verify: hostile member"));
}

TEST(ConformanceSuite, FindsWrongDeliveries) {
    EXPECT_THAT(findings({.not_sent_after_5xx = true}), Contains("send: garbage"));
    EXPECT_THAT(findings({.not_sent_after_3xx = true}), Contains("send: garbage"));
    EXPECT_THAT(findings({.accepted_in_errors = true}), Contains("verify: documented answer"));
}

TEST(ConformanceSuite, FindsOneThatBlamesTheCaller) {
    EXPECT_THAT(findings({.blames_caller = true}), Contains("send: unknown code"));
}

TEST(ConformanceSuite, FindsOneThatShowsWhatTheVendorSends) {
    auto const found = findings({.echoes = true});
    EXPECT_THAT(found, Contains("send: canary"));
    EXPECT_THAT(found, Contains("verify: canary"));
    EXPECT_THAT(found, Contains("send: 10 MB"));
}

TEST(ConformanceSuite, FindsOneThatKeepsWhatWasSent) {
    for (auto const& flaws :
         {Flaws{.echoes = true},
          Flaws{.keeps_ids = true},
          Flaws{.names_fields = true},
          Flaws{.guesses = true}}) {
        auto const found = findings(flaws);
        EXPECT_THAT(found, Contains("send: echo"));
        EXPECT_THAT(found, Contains("verify: echo"));
    }
}

TEST(ConformanceSuite, FindsFieldsThatTheDescriptionDoesNotHave) {
    EXPECT_THAT(findings({.hides_field = true}), Contains("send: field"));
}

TEST(ConformanceSuite, FindsFieldsThatAreNeverRead) {
    EXPECT_THAT(findings({.lists_unread_field = true}), ElementsAre("verify: field"));
}

/// What it says of secrets where the description lists none, in the adapter that hides a place.
std::vector<std::string> secrets_found(Place hidden) {
    std::vector<std::string> texts;
    for (auto const& failure : failures_of({.hides_place = hidden}, check_conformance)) {
        texts.push_back(failure.check + ": " + failure.what);
    }
    return texts;
}

TEST(ConformanceSuite, FindsSecretsWhereTheDescriptionListsNone) {
    std::string const end = ", and the description does not list the place";
    EXPECT_THAT(
        secrets_found(Place::header),
        ElementsAre("verify: sensitive place: the header X-Code has canary 1" + end)
    );
    EXPECT_THAT(
        secrets_found(Place::path),
        ElementsAre("verify: sensitive place: the path has canary 1" + end)
    );
    EXPECT_THAT(
        secrets_found(Place::member),
        ElementsAre(
            "send: sensitive place: the body of the request has canary 0" + end,
            "verify: sensitive place: the body of the request has canary 1" + end
        )
    );
    EXPECT_THAT(
        secrets_found(Place::token_form),
        ElementsAre("token: sensitive place: the body of the request has canary 2" + end)
    );
    EXPECT_THAT(
        secrets_found(Place::answer),
        ElementsAre(
            "send: sensitive place: the body of the answer has canary 0" + end,
            "verify: sensitive place: the body of the answer has canary 0" + end,
            "confirmation: sensitive place: the body of the answer has canary 0" + end
        )
    );
}

TEST(ConformanceSuite, FindsOneThatThrows) {
    EXPECT_THAT(findings({.throws = true}), Contains("send: 10 MB"));
}

TEST(ConformanceSuite, FindsOneThatIgnoresRetryAfter) {
    EXPECT_THAT(findings({.ignores_retry_after = true}), Contains("send: Retry-After"));
    EXPECT_THAT(findings({.reads_one_retry_after = true}), Contains("send: Retry-After"));
}

TEST(ConformanceSuite, FindsAnOutcomeMadeOfAServersFailure) {
    EXPECT_THAT(findings({.outcome_after_5xx = true}), Contains("verify: garbage"));
}

TEST(ConformanceSuite, FindsAnOutcomeMadeOfARedirect) {
    EXPECT_THAT(findings({.outcome_after_3xx = true}), Contains("verify: refusal of a redirect"));
}

TEST(ConformanceSuite, FindsOneThatBelievesAYesBesideANo) {
    for (auto const flaws :
         {Flaws{.ignores_contradictions = true},
          Flaws{.top_level_only = true},
          Flaws{.exact_names_only = true},
          Flaws{.trusts_known_names = true}}) {
        EXPECT_THAT(findings(flaws, check_successes), Contains("send: contradiction"));
        EXPECT_THAT(findings(flaws, check_successes), Contains("verify: contradiction"));
    }
}

TEST(ConformanceSuite, FindsOneThatKnowsAllNamesOfANo) {
    EXPECT_THAT(
        findings({.knows_all_names = true}, check_successes),
        ElementsAre("verify: undocumented refusal")
    );
}

TEST(ConformanceSuite, FindsOneThatBelievesARefusalsWords) {
    auto const found = findings({.trusts_words = true}, check_successes);
    EXPECT_THAT(found, Contains("send: mixed answer"));
    EXPECT_THAT(found, Contains("verify: mixed answer"));
}

TEST(ConformanceSuite, FindsOneThatLosesWhatItCannotRead) {
    auto const found = findings({.takes_any_type = true}, check_successes);
    EXPECT_THAT(found, Contains("send: type of an optional member"));
    EXPECT_THAT(found, Contains("verify: type of an optional member"));
}

TEST(ConformanceSuite, FindsOneThatTakesAnAnswerForSomebodyElse) {
    for (auto const flaws : {Flaws{.ignores_identity = true}, Flaws{.compares_beginning = true}}) {
        EXPECT_THAT(findings(flaws, check_successes), Contains("send: another identity"));
        EXPECT_THAT(findings(flaws, check_successes), Contains("verify: another identity"));
    }
}

TEST(ConformanceSuite, FindsOneThatTakesAnyNumber) {
    EXPECT_THAT(
        findings({.takes_every_level = true}, check_successes), Contains("send: undocumented value")
    );
}

TEST(ConformanceSuite, FindsOneThatMendsIds) {
    EXPECT_THAT(findings({.mends_ids = true}, check_successes), Contains("verify: id"));
}

TEST(ConformanceSuite, FindsOneThatTakesEveryStatusOfTheClass) {
    auto const found = findings({.takes_every_2xx = true}, check_successes);
    EXPECT_THAT(found, Contains("send: another 2xx"));
    EXPECT_THAT(found, Contains("verify: another 2xx"));
}

TEST(ConformanceSuite, FindsOneThatLooksAtTheBodyAlone) {
    auto const found = findings({.takes_every_status = true}, check_successes);
    EXPECT_THAT(found, Contains("send: success with a failing status"));
    EXPECT_THAT(found, Contains("verify: success with a failing status"));
}

TEST(ConformanceSuite, FindsOneThatLooksForTheSuccessInTheAnswer) {
    auto const found = findings({.unwraps = true}, check_successes);
    EXPECT_THAT(found, Contains("send: wrapped success"));
    EXPECT_THAT(found, Contains("verify: wrapped success"));
}

TEST(ConformanceSuite, FindsOneThatBelievesAFailingServer) {
    auto const found = findings({.believes_failing_server = true});
    EXPECT_THAT(found, Contains("send: refusal of a failing server"));
    EXPECT_THAT(found, Contains("verify: refusal of a failing server"));
}

TEST(ConformanceSuite, FindsOneThatBelievesAGateway) {
    EXPECT_THAT(findings({.believes_gateway = true}), Contains("send: a gateway's page"));
    EXPECT_THAT(findings({.blames_throttled = true}), Contains("verify: a gateway's page"));
}

TEST(ConformanceSuite, FindsAHandleThatIsNotTheReceipts) {
    EXPECT_THAT(findings({.other_handle = true}), Contains("send: handle before the answer"));
}

TEST(ConformanceSuite, FindsOneThatTakesAnyEmptiness) {
    auto const found = findings({.empty_success = true});
    EXPECT_THAT(found, Contains("send: empty answer"));
    EXPECT_THAT(found, Contains("verify: empty answer"));
}

TEST(ConformanceSuite, FindsOneThatTakesAnyConfirmation) {
    auto const found = findings({.confirms_anything = true});
    for (auto const* const check :
         {"confirmation: documented answer",
          "confirmation: garbage",
          "confirmation: truncated body",
          "confirmation: missing member",
          "confirmation: contradiction",
          "confirmation: mixed answer",
          "confirmation: another identity",
          "confirmation: another 2xx",
          "confirmation: error in a 200",
          "confirmation: refusal of a failing server",
          "confirmation: a gateway's page"}) {
        EXPECT_THAT(found, Contains(check));
    }
    EXPECT_THAT(found, Not(Contains(HasSubstr("verify:"))));
    auto const trusting = findings({.trusts_the_question = true});
    EXPECT_THAT(trusting, Contains("confirmation: spoilt member"));
    EXPECT_THAT(trusting, Contains("confirmation: contradiction"));
    EXPECT_THAT(trusting, Not(Contains("confirmation: another 2xx")));
}

TEST(ConformanceSuite, FindsAConfirmationThatShowsWhatWasSent) {
    auto const found = findings({.keeps_ids = true});
    EXPECT_THAT(found, Contains("confirmation: echo"));
}

TEST(ConformanceSuite, FindsAQuestionThatIsNotSafeToRepeat) {
    EXPECT_THAT(findings({.asks_by_post = true}), Contains("verify: question"));
}

TEST(ConformanceSuite, FindsAQuestionThatIsNotAsked) {
    EXPECT_THAT(findings({.never_asks = true}), ElementsAre("verify: question"));
}

TEST(SuccessChecks, PassACarefulAdapter) {
    EXPECT_THAT(findings({}, check_successes), IsEmpty());
}

TEST(SuccessChecks, FindWhatIsWrongWithSuccesses) {
    auto const of_body = findings({.lenient_parser = true}, check_successes);
    for (auto const* const operation : {"send", "verify", "confirmation"}) {
        for (std::string const check :
             {"truncated body",
              "spoilt member",
              "repeated member",
              "hostile member",
              "contradiction",
              "mixed answer",
              "type of an optional member",
              "undocumented value",
              "another identity"}) {
            EXPECT_THAT(of_body, Contains(operation + (": " + check)));
        }
    }
    EXPECT_THAT(
        findings({.takes_every_2xx = true}, check_successes), Contains("send: another 2xx")
    );
    EXPECT_THAT(findings({.mends_ids = true}, check_successes), Contains("verify: id"));
    EXPECT_THAT(findings({.keeps_ids = true}, check_successes), Contains("verify: echo"));
    EXPECT_THAT(
        findings({.other_handle = true}, check_successes),
        ElementsAre("send: handle before the answer")
    );
    EXPECT_THAT(findings({.asks_by_post = true}, check_successes), Contains("verify: question"));
}

TEST(SuccessChecks, LeaveRefusalsAlone) {
    EXPECT_THAT(findings({.believes_failing_server = true}, check_successes), IsEmpty());
}

/// An adapter whose answers are documented with one success, and nothing about its members.
class PlainSubject {
public:
    explicit PlainSubject(Flaws flaws) : adapter(flaws) {
        subject.send_answers.successes.emplace_back(200, HttpHeaders{}, R"({"ok":true,"level":0})");
        subject.verify_answers = subject.send_answers;
    }
    [[nodiscard]] std::vector<ConformanceFailure> failures() const {
        return check_conformance(subject);
    }

    SmallAdapter const adapter;
    AdapterUnderTest subject{
        adapter,
        SendOtp(Recipient(PhoneNumber::parse("+12025550162").value())),
        VerifyOtp(
            VerificationHandle("i", "small", Channel::sms), OtpCode::parse("481592").value()
        )};
};

TEST(ConformanceSuite, FindsAQuestionWhoseAnswersNobodyDocuments) {
    auto const failures = PlainSubject({}).failures();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures.front().check, "verify: question");
    EXPECT_THAT(PlainSubject({.never_asks = true}).failures(), IsEmpty());
}

/// The failures of a test that names the pointer in the list.
std::vector<std::string> failures_with(
    std::vector<std::string> DocumentedAnswers::*list, std::string const& pointer
) {
    PlainSubject plain({.never_asks = true});
    plain.subject.send_answers.*list = {pointer};
    std::vector<std::string> texts;
    for (auto const& failure : plain.failures()) {
        texts.push_back(failure.check + ' ' + failure.what);
    }
    return texts;
}

TEST(ConformanceSuite, WantsPointersThatLeadSomewhere) {
    for (auto const list :
         {&DocumentedAnswers::decisive,
          &DocumentedAnswers::of_one_type,
          &DocumentedAnswers::all_values_documented,
          &DocumentedAnswers::echoed,
          &DocumentedAnswers::about_other_things}) {
        auto const found = failures_with(list, "/nowhere");
        EXPECT_THAT(found, ElementsAre(HasSubstr("send: documented answer /nowhere: is in no")));
    }
    EXPECT_THAT(failures_with(&DocumentedAnswers::all_values_documented, "/level"), IsEmpty());
}

TEST(ConformanceSuite, WantsValuesOfFailureOfMembersThatAreThere) {
    PlainSubject plain({.never_asks = true});
    auto& answers = plain.subject.send_answers;
    // Another success has no such member, and stays one.
    answers.successes.emplace_back(200, HttpHeaders{}, R"({"ok":true,"kind":0})");
    answers.values_of_failure = {{"/level", "7"}};
    EXPECT_THAT(plain.failures(), IsEmpty());
    answers.values_of_failure = {{"/nowhere", "7"}};
    auto const failures = plain.failures();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures.front().check, "send: documented answer");
    EXPECT_THAT(failures.front().what, HasSubstr("values_of_failure"));
}

TEST(SuccessChecks, LeaveAnOperationWithoutSuccessesOutButNotAll) {
    PlainSubject plain({.takes_every_2xx = true, .never_asks = true});
    plain.subject.send_answers = {};
    auto const of_verify = check_successes(plain.subject);
    EXPECT_THAT(of_verify, Not(IsEmpty()));
    for (auto const& failure : of_verify) EXPECT_EQ(failure.check, "verify: another 2xx");
    plain.subject.verify_answers = {};
    auto const failures = check_successes(plain.subject);
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_THAT(failures.front().what, HasSubstr("names no success"));
}

TEST(ConformanceSuite, DoesNotRepeatACanary) {
    PlainSubject plain({.echoes = true});
    plain.subject.canaries = {"a-secret-canary"};
    auto const failures = plain.failures();
    EXPECT_THAT(failures, Not(IsEmpty()));
    for (auto const& failure : failures) {
        EXPECT_THAT(failure.what, Not(HasSubstr("a-secret-canary")));
    }
}

}  // namespace
}  // namespace otp::testing
