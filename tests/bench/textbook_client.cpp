// The client that an engineer writes from Beast's documentation: a coroutine for each connection,
// beast::ssl_stream over tcp_stream, string bodies, a time limit for each step, Boost.JSON.

#include "measurement.hpp"
#include "server_address.hpp"

#include <otp/adapter/http_message.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace otp::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
using asio::ip::tcp;

http::request<http::string_body> make_request(ServerAddress const& server) {
    http::request<http::string_body> request{http::verb::post, target, 11};
    request.set(http::field::host, server.host);
    request.set(http::field::user_agent, "textbook");
    request.set(http::field::authorization, basic_authorization(project_id, secret));
    request.set(http::field::content_type, "application/json");
    request.body() =
        json::serialize(json::object{{"phone_number", phone_number}, {"expiration_minutes", 5}});
    request.prepare_payload();
    return request;
}

bool accepted(http::response<http::string_body> const& response) {
    auto const body = json::parse(response.body());
    return response.result() == http::status::ok && body.at("phone_id").is_string() &&
           body.at("request_id").is_string();
}

using PlainStream = beast::tcp_stream;
using SecureStream = beast::ssl_stream<beast::tcp_stream>;

/// Sends on `stream` until there is nothing left to do, or once if each request is to have a
/// connection of its own. Answers whether there is more to do.
template <class Stream>
asio::awaitable<bool> send_all(Stream& stream, ServerAddress server, Measurement& measurement) {
    beast::flat_buffer buffer;
    for (bool more = true; more;) {
        auto const begun = Measurement::Clock::now();
        auto request = make_request(server);
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(10));
        co_await http::async_write(stream, request, asio::use_awaitable);
        http::response<http::string_body> response;
        co_await http::async_read(stream, buffer, response, asio::use_awaitable);
        more = measurement.completed(begun, accepted(response));
        if (measurement.workload().cold) co_return more;
    }
    co_return false;
}

asio::awaitable<void> connect(PlainStream& stream, ServerAddress server) {
    tcp::resolver resolver(co_await asio::this_coro::executor);
    auto const found =
        co_await resolver.async_resolve(server.host, server.port, asio::use_awaitable);
    co_await stream.async_connect(found, asio::use_awaitable);
}

// The caller keeps the stream, so that connections are still open when the last one is done.
asio::awaitable<void> run_plain(
    std::unique_ptr<PlainStream>& stream, ServerAddress server, Measurement& measurement
) {
    for (bool more = true; more;) {
        stream = std::make_unique<PlainStream>(co_await asio::this_coro::executor);
        co_await connect(*stream, server);
        more = co_await send_all(*stream, server, measurement);
    }
}

asio::awaitable<void> run_secure(
    std::unique_ptr<SecureStream>& stream,
    ServerAddress server,
    asio::ssl::context& tls,
    Measurement& measurement
) {
    for (bool more = true; more;) {
        stream = std::make_unique<SecureStream>(co_await asio::this_coro::executor, tls);
        SSL_set_tlsext_host_name(stream->native_handle(), server.host.c_str());
        stream->set_verify_callback(asio::ssl::host_name_verification(server.host));
        co_await connect(beast::get_lowest_layer(*stream), server);
        co_await stream->async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
        more = co_await send_all(*stream, server, measurement);
    }
}

}  // namespace

void run_textbook(Measurement& measurement) {
    asio::io_context context(1);
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_verify_mode(asio::ssl::verify_peer);
    auto const& workload = measurement.workload();
    if (!workload.ca_file.empty()) tls.load_verify_file(workload.ca_file);
    auto const server = server_address_of(workload.url);
    auto const connections = measurement.begin();
    std::vector<std::unique_ptr<SecureStream>> secure(connections);
    std::vector<std::unique_ptr<PlainStream>> plain(connections);
    for (std::size_t i = 0; i < connections; ++i) {
        if (server.secure) {
            asio::co_spawn(
                context, run_secure(secure[i], server, tls, measurement), asio::detached
            );
        } else {
            asio::co_spawn(context, run_plain(plain[i], server, measurement), asio::detached);
        }
    }
    context.run();
}

}  // namespace otp::bench
