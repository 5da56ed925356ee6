#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/client.hpp>
#include <otp/seam/transport.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// What a test lets the vendor `plain` do; shared by the adapters of all its instances.
struct PlainVendorConduct {
    /// Whether a code can be checked although the answer to the send was lost.
    bool handle_before_answer{true};
    /// Whether requests carry a bearer token.
    bool needs_token{false};
    /// Whether an approval without a body is asked about.
    bool confirms{false};
    /// Whether it is asked about by a request that may change something.
    bool asks_by_post{false};
    /// The only channel that an instance has: its name, or any if it is missing here.
    std::vector<std::pair<std::string, Channel>> only_channels;
    /// What a receipt warns of.
    std::vector<std::string> warnings;
    /// Where requests of an instance go, if not to `https://plain.example`.
    std::map<std::string, std::string> base_urls;
    /// Where tokens are fetched.
    std::string token_url{"https://plain.example"};
    /// Which hints an instance honours; none if it is missing here.
    std::map<std::string, HonouredHints> hints;
    /// The vendor's name for a send.
    std::string request_id;
    /// The vendor's code for a wrong code.
    std::string code_of_wrong{"otp_wrong"};
    /// What a refusal means, if not what its status says.
    std::optional<Error> refusal;
};

/// A vendor with a wire format of a few words, so that tests are about the client and not about
/// JSON:
///
/// - `POST /send` with the reference as its body, and the hint `expires_in` as `Code-Life`; 200
///   `accepted` is a success.
/// - `POST /check` with the hint `client.ip_address` as `Person`; 200 `approved`, 200 without a
/// body (approved as well), 200 `wrong`.
/// - `GET /state`: the question after an empty approval; 200 `verified`, 200 `pending`.
/// - Everything else is an error, as its status says.
class PlainVendor final : public ProviderAdapter {
public:
    PlainVendor(std::string instance, std::shared_ptr<PlainVendorConduct const> conduct);
    ~PlainVendor() override;

    [[nodiscard]] VendorDescription const& vendor() const noexcept override;
    [[nodiscard]] std::string const& base_url() const noexcept override;
    [[nodiscard]] TokenGrant const* token_grant() const noexcept override;
    [[nodiscard]] Result<HttpRequest> encode_send(
        SendOtp const& send, AttemptContext const& context
    ) const override;
    [[nodiscard]] Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const override;
    [[nodiscard]] std::optional<VerificationHandle> handle_before_answer(
        SendOtp const& send, AttemptContext const& context
    ) const override;
    [[nodiscard]] Result<HttpRequest> encode_verify(
        VerifyOtp const& verify, AttemptContext const& context
    ) const override;
    [[nodiscard]] Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;
    [[nodiscard]] std::optional<HttpRequest> encode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;
    [[nodiscard]] Result<Verification> decode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;

private:
    class Grant;
    [[nodiscard]] Error refusal(HttpResponse const& response) const;
    [[nodiscard]] static HttpRequest make_request(HttpMethod method, std::string target);

    std::string instance_;
    std::shared_ptr<PlainVendorConduct const> conduct_;
    VendorDescription description_;
    std::string base_url_;
    std::unique_ptr<TokenGrant> grant_;
};

/// Instances of the vendor `plain` with these names, and the route `login` that uses all of them in
/// order.
[[nodiscard]] ClientConfig plain_config(std::vector<std::string> const& instances);

/// A registry that knows the vendor `plain`.
[[nodiscard]] VendorRegistry plain_registry(std::shared_ptr<PlainVendorConduct const> conduct);

}  // namespace otp::test
