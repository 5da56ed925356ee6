#include "unit/client/plain_vendor.hpp"

#include <otp/adapter/access_token.hpp>

#include <algorithm>

namespace otp::test {

namespace {

Error refusal_of_status(int status) {
    auto const category =
        status == 401 ? ErrorCategory::unauthenticated : ErrorCategory::bad_response;
    return Error(category, "refused", delivery_of_refusal(status));
}

VendorDescription description_with(HonouredHints hints) {
    VendorDescription made;
    made.name = "plain";
    made.title = "Plain";
    made.channels = {Channel::sms, Channel::email};
    made.credentials = {{}, {"key"}};
    made.send_fields = {{"template_id", "Which text is sent."}, {"sender", "Who sends it."}};
    made.verify_fields = {{"remember", "true or false."}};
    made.hints = std::move(hints);
    return made;
}

template <class Value>
Value value_for(std::map<std::string, Value> const& values, std::string const& name, Value other) {
    auto const found = values.find(name);
    return found == values.end() ? other : found->second;
}

}  // namespace

class PlainVendor::Grant final : public TokenGrant {
public:
    explicit Grant(std::string url) : url_(std::move(url)) {}
    [[nodiscard]] std::string const& base_url() const noexcept override { return url_; }
    [[nodiscard]] HttpRequest encode() const override {
        HttpRequest request(HttpMethod::post, "/token", "/token");
        request.repeatable = true;
        return request;
    }
    [[nodiscard]] Result<AccessToken> decode(HttpResponse const& response) const override {
        if (response.status != 200) return refusal_of_status(response.status);
        return AccessToken(Secret(response.body));
    }

private:
    std::string url_;
};

PlainVendor::PlainVendor(std::string instance, std::shared_ptr<PlainVendorConduct const> conduct)
    : instance_(std::move(instance)),
      conduct_(std::move(conduct)),
      description_(description_with(value_for(conduct_->hints, instance_, {}))),
      base_url_(value_for<std::string>(conduct_->base_urls, instance_, "https://plain.example")) {
    if (conduct_->needs_token) grant_ = std::make_unique<Grant>(conduct_->token_url);
}

PlainVendor::~PlainVendor() = default;

VendorDescription const& PlainVendor::vendor() const noexcept {
    return description_;
}

std::string const& PlainVendor::base_url() const noexcept {
    return base_url_;
}

TokenGrant const* PlainVendor::token_grant() const noexcept {
    return grant_.get();
}

Error PlainVendor::refusal(HttpResponse const& response) const {
    return conduct_->refusal ? *conduct_->refusal : refusal_of_status(response.status);
}

HttpRequest PlainVendor::make_request(HttpMethod method, std::string target) {
    std::string const route = target;
    HttpRequest request(method, std::move(target), route);
    // That is not for an adapter to say.
    request.repeatable = true;
    return request;
}

Result<HttpRequest> PlainVendor::encode_send(SendOtp const& send, AttemptContext const& context)
    const {
    for (auto const& [instance, channel] : conduct_->only_channels) {
        if (instance == instance_ && send.channel != channel) {
            return field_error(ErrorCategory::unsupported, "/channel", "is not served");
        }
    }
    HttpRequest request = make_request(HttpMethod::post, "/send");
    request.body = context.unique_reference;
    if (send.expires_in) {
        request.headers.push_back({"Code-Life", std::to_string(send.expires_in->count())});
    }
    return request;
}

Result<SendReceipt> PlainVendor::decode_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    if (response.status != 200) return refusal(response);
    if (response.body != "accepted") {
        return Error(ErrorCategory::bad_response, "unclear", Delivery::unknown);
    }
    SendReceipt receipt(*PlainVendor::handle_before_answer(send, context));
    receipt.warnings = conduct_->warnings;
    receipt.request_id = conduct_->request_id;
    return receipt;
}

std::optional<VerificationHandle> PlainVendor::handle_before_answer(
    SendOtp const& /*send*/, AttemptContext const& context
) const {
    if (!conduct_->handle_before_answer) return std::nullopt;
    VerificationHandle handle(std::string(context.instance), "plain", Channel::sms);
    handle.set_reference("reference", context.unique_reference);
    return handle;
}

Result<HttpRequest> PlainVendor::encode_verify(
    VerifyOtp const& verify, AttemptContext const& /*context*/
) const {
    HttpRequest request = make_request(HttpMethod::post, "/check");
    if (verify.client.ip_address) request.headers.push_back({"Person", *verify.client.ip_address});
    return request;
}

Result<Verification> PlainVendor::decode_verify(
    VerifyOtp const& /*verify*/, HttpResponse const& response, AttemptContext const& /*context*/
) const {
    if (response.status != 200) return refusal(response);
    bool const wrong = response.body == "wrong";
    Verification verification(
        wrong ? Verification::Outcome::wrong_code : Verification::Outcome::approved
    );
    verification.request_id = "check";
    if (wrong) verification.vendor_code = conduct_->code_of_wrong;
    return verification;
}

std::optional<HttpRequest> PlainVendor::encode_confirmation(
    VerifyOtp const& /*verify*/, HttpResponse const& response, AttemptContext const& /*context*/
) const {
    if (!conduct_->confirms || response.body == "approved") return std::nullopt;
    auto const method = conduct_->asks_by_post ? HttpMethod::post : HttpMethod::get;
    return make_request(method, "/state");
}

Result<Verification> PlainVendor::decode_confirmation(
    VerifyOtp const& /*verify*/, HttpResponse const& response, AttemptContext const& /*context*/
) const {
    if (response.status != 200) return refusal(response);
    bool const verified = response.body == "verified";
    Verification verification(
        verified ? Verification::Outcome::approved : Verification::Outcome::rejected
    );
    verification.request_id = "state";
    return verification;
}

ClientConfig plain_config(std::vector<std::string> const& instances) {
    ClientConfig config;
    for (auto const& name : instances) {
        InstanceConfig& instance = config.instances.emplace_back();
        instance.name = name;
        instance.vendor = "plain";
    }
    config.routes.push_back({"login", instances});
    return config;
}

VendorRegistry plain_registry(std::shared_ptr<PlainVendorConduct const> conduct) {
    VendorRegistry registry;
    auto const description = PlainVendor("", conduct).vendor();
    registry.add(description, [conduct = std::move(conduct)](InstanceConfig const& instance) {
        return Result<std::unique_ptr<ProviderAdapter>>(
            std::make_unique<PlainVendor>(instance.name, conduct)
        );
    });
    return registry;
}

}  // namespace otp::test
