#include "support/transport_harness.hpp"

#include <otp/seam/time_after.hpp>

#include <utility>

namespace otp::test {

namespace asio = boost::asio;

TransportHarness::TransportHarness(
    std::string base_url,
    Customize customize,
    std::shared_ptr<NameResolver> resolver,
    std::shared_ptr<Clock> clock
) {
    instance.name = "test";
    instance.vendor = "test";
    if (customize) customize(instance);
    TransportSettings const settings{
        context.get_executor(),
        std::move(base_url),
        instance,
        std::move(clock),
        std::move(resolver)};
    transport = make_http_transport(settings).value();
}

TransportHarness::~TransportHarness() {
    transport->close();
    context.restart();
    context.poll();
}

std::shared_ptr<TransportHarness::Pending> TransportHarness::start(
    HttpRequest request, std::chrono::milliseconds time_limit
) {
    auto const pending = std::make_shared<Pending>();
    transport->async_exchange(
        std::move(request),
        time_after(std::chrono::steady_clock::now(), time_limit),
        [pending](HttpExchange exchange) {
            ++pending->completions;
            pending->exchange.emplace(std::move(exchange));
        }
    );
    return pending;
}

HttpExchange TransportHarness::exchange(HttpRequest request, std::chrono::milliseconds time_limit) {
    auto const pending = start(std::move(request), time_limit);
    if (!run_until([&] { return pending->exchange.has_value(); })) {
        return HttpExchange(Error(ErrorCategory::internal, "the exchange never completed"));
    }
    return std::move(*pending->exchange);
}

bool TransportHarness::run_until(std::function<bool()> const& done) {
    auto const give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    // Idle connections do not count as work, so the context may have to be kept from stopping.
    auto const work = asio::make_work_guard(context);
    context.restart();
    while (!done()) {
        if (std::chrono::steady_clock::now() >= give_up) return false;
        context.run_one_for(std::chrono::milliseconds(50));
    }
    return true;
}

void TransportHarness::poll() {
    context.restart();
    context.poll();
}

HttpRequest send_request(std::string body) {
    HttpRequest request(HttpMethod::post, "/send");
    request.headers.push_back({"authorization", "Bearer test-token"});
    request.content_type = json_content_type;
    request.body = std::move(body);
    return request;
}

}  // namespace otp::test
