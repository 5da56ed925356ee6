// A client of a vendor that the SDK does not know: the adapter stands in pigeon_adapter.hpp. It
// translates and does no I/O; the client brings deadline, cancellation, certainty about delivery,
// and errors.
//
// So that the example runs without Pigeon Post, its answers come from a transport of our own, too.
//
//   example_own_adapter otp.json +12025550162         (the code is 4711)
//
//   { "version": 1, "allow_inline_secrets": true,
//     "instances": { "birds": { "vendor": "pigeon", "base_url": "https://pigeon.example",
//                               "credentials": { "ring": "not-a-secret" } } },
//     "routes": { "login": { "use": ["birds"] } } }

#include "pigeon_adapter.hpp"

#include <otp/otp.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>
#include <iostream>
#include <memory>
#include <string>

namespace asio = boost::asio;

namespace {

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
        if (request.body.find(R"("code":"4711")") == std::string::npos) {
            return otp::HttpResponse(409, {}, R"({"error":"wrong_code","text":"another code"})");
        }
        return otp::HttpResponse(200, {}, R"({"message":"feather-17","valid":true})");
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
    options.vendors.add(pigeon::description(), pigeon::make_adapter);
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
