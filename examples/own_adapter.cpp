// A vendor that the SDK does not know: the fictional "Pigeon Post", which sends a code with
// `POST /messages` and checks it with `POST /checks`. The adapter translates and does no I/O; the
// client brings deadline, cancellation, certainty about delivery, and errors.
//
// So that the example runs without Pigeon Post, its answers come from a transport of our own, too.
//
//   example_own_adapter otp.json +12025550162         (the code is 4711)
//
//   { "version": 1, "allow_inline_secrets": true,
//     "instances": { "birds": { "vendor": "pigeon", "base_url": "https://pigeon.example",
//                               "credentials": { "ring": "not-a-secret" } } },
//     "routes": { "login": { "use": ["birds"] } } }

#include <otp/adapter/adapter.hpp>
#include <otp/otp.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/serialize.hpp>

#include <exception>
#include <iostream>
#include <memory>
#include <string>

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

otp::VendorDescription const& pigeon_description() {
    static otp::VendorDescription const description = [] {
        otp::VendorDescription pigeon;
        pigeon.name = "pigeon";
        pigeon.title = "Pigeon Post";
        pigeon.channels = {otp::Channel::sms};
        pigeon.recipient = "a phone number";
        pigeon.credentials = {{"ring"}};
        pigeon.expiry = "not told";
        pigeon.documentation_url = "https://pigeon.example/docs";
        return pigeon;
    }();
    return description;
}

class PigeonAdapter final : public otp::ProviderAdapter {
public:
    explicit PigeonAdapter(otp::InstanceConfig const& instance)
        : base_url_(instance.base_url.value_or("https://pigeon.example")),
          ring_(instance.credentials.at("ring").clone()) {}

    [[nodiscard]] otp::VendorDescription const& vendor() const noexcept override {
        return pigeon_description();
    }
    [[nodiscard]] std::string const& base_url() const noexcept override { return base_url_; }

    [[nodiscard]] otp::Result<otp::HttpRequest>
    encode_send(otp::SendOtp const& send, otp::AttemptContext const&) const override {
        if (!send.to.phone) {
            return otp::field_error(
                otp::ErrorCategory::unsupported, "/to/phone", "pigeons need a phone number"
            );
        }
        return request("/messages", {{"to", send.to.phone->reveal()}});
    }

    [[nodiscard]] otp::Result<otp::SendReceipt> decode_send(
        otp::SendOtp const&, otp::HttpResponse const& response, otp::AttemptContext const& context
    ) const override {
        if (response.status != 201) {
            return refusal(response);
        }
        auto const body = otp::parse_json_body(response.body);
        auto const* const object = body ? body->if_object() : nullptr;
        auto const id = object ? otp::string_member(*object, "message") : std::nullopt;
        if (!id) {  // answered with success, but not as documented: the code may be on its way
            return otp::Error(
                otp::ErrorCategory::bad_response, "no message id", otp::Delivery::unknown
            );
        }
        otp::VerificationHandle handle(
            std::string(context.instance), vendor().name, otp::Channel::sms
        );
        handle.set_reference("message", *id);
        otp::SendReceipt receipt(std::move(handle));
        receipt.request_id = context.sent.scrub_identifier(*id);
        return receipt;
    }

    otp::Result<otp::HttpRequest>
    encode_verify(otp::VerifyOtp const& verify, otp::AttemptContext const&) const override {
        return request(
            "/checks",
            {{"message", verify.handle.reference("message")}, {"code", verify.code.reveal()}}
        );
    }

    otp::Result<otp::Verification>
    decode_verify(otp::VerifyOtp const&, otp::HttpResponse const& response, otp::AttemptContext const&)
        const override {
        using Outcome = otp::Verification::Outcome;
        if (response.status == 204) {
            return otp::Verification(Outcome::approved);
        }
        if (response.status == 409) {
            return otp::Verification(Outcome::wrong_code);
        }
        return refusal(response);
    }

private:
    [[nodiscard]] otp::HttpRequest request(std::string_view path, json::object const& body) const {
        otp::HttpRequest request(otp::HttpMethod::post, path);
        request.headers.push_back({"X-Ring", std::string(ring_.reveal())});
        request.content_type = otp::json_content_type;
        request.body = json::serialize(body);
        return request;
    }

    static otp::Error refusal(otp::HttpResponse const& response) {
        auto const category = response.status == 401 ? otp::ErrorCategory::unauthenticated
                                                     : otp::ErrorCategory::provider_error;
        return otp::Error(
            category,
            "Pigeon Post answered with status " + std::to_string(response.status),
            otp::delivery_of_refusal(response.status)
        );
    }

    std::string base_url_;
    otp::Secret ring_;
};

/// Answers as Pigeon Post would. Its one code is 4711.
class PigeonLoft final : public otp::Transport {
public:
    explicit PigeonLoft(asio::any_io_executor executor) : executor_(std::move(executor)) {}

    void async_exchange(otp::HttpRequest request, otp::Clock::TimePoint, ExchangeHandler handler)
        override {
        otp::HttpExchange exchange(answer(request));
        exchange.bytes_taken = request.body.size();
        asio::post(executor_, asio::append(std::move(handler), std::move(exchange)));
    }

    void close() noexcept override {}

private:
    static otp::HttpResponse answer(otp::HttpRequest const& request) {
        if (request.target() == "/messages") {
            return otp::HttpResponse(201, {}, R"({"message":"feather-17"})");
        }
        auto const right = request.body.find(R"("code":"4711")") != std::string::npos;
        return otp::HttpResponse(right ? 204 : 409, {}, {});
    }

    asio::any_io_executor executor_;
};

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: example_own_adapter CONFIG PHONE\n";
        return 2;
    }
    otp::ClientOptions options;
    options.vendors.add(pigeon_description(), [](otp::InstanceConfig const& instance) {
        return otp::Result<std::unique_ptr<otp::ProviderAdapter>>(
            std::make_unique<PigeonAdapter>(instance)
        );
    });
    options.transport = [](otp::TransportSettings const& settings) {
        return otp::Result<std::shared_ptr<otp::Transport>>(
            std::make_shared<PigeonLoft>(settings.executor)
        );
    };
    auto config = otp::load_config(argv[1], options.vendors);

    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), std::move(config), std::move(options));
    otp::SendOtp request(otp::PhoneNumber::parse(argv[2]).value());
    auto const sent = client.async_send("login", request, asio::use_future).get().value();

    std::cout << "Code: " << std::flush;
    std::string typed;
    std::getline(std::cin, typed);
    otp::VerifyOtp check(sent.handle, otp::OtpCode::parse(typed).value());
    auto const verified = client.async_verify(std::move(check), asio::use_future).get().value();
    std::cout << to_string(verified.outcome) << '\n';
    return verified.approved() ? 0 : 1;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
