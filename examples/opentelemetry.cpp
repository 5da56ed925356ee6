// A send as part of a trace, with opentelemetry-cpp; built where CMake finds that. The spans go to
// the terminal here; a service has an exporter for OTLP in place of this one.
//
//   example_opentelemetry otp.json +12025550162

#include "opentelemetry_observer.hpp"

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>
#include <iostream>
#include <memory>
#include <opentelemetry/exporters/ostream/span_exporter_factory.h>
#include <opentelemetry/sdk/trace/exporter.h>
#include <opentelemetry/sdk/trace/processor.h>
#include <opentelemetry/sdk/trace/simple_processor_factory.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>
#include <opentelemetry/trace/tracer_provider.h>
#include <string>
#include <utility>

namespace asio = boost::asio;
namespace sdk = opentelemetry::sdk::trace;

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: example_opentelemetry CONFIG PHONE\n";
        return 2;
    }
    auto exporter = opentelemetry::exporter::trace::OStreamSpanExporterFactory::Create();
    std::shared_ptr<opentelemetry::trace::TracerProvider> const provider =
        sdk::TracerProviderFactory::Create(
            sdk::SimpleSpanProcessorFactory::Create(std::move(exporter))
        );
    auto const tracer = provider->GetTracer("otp-client", std::string(otp::version()));

    otp::ClientOptions options;
    options.observers = {std::make_shared<telemetry::OpenTelemetryObserver>(tracer)};
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), otp::load_config(argv[1]), std::move(options));

    auto const login = tracer->StartSpan("login");
    otp::SendOtp request(otp::PhoneNumber::parse(argv[2]).value());
    request.traceparent = telemetry::traceparent_of(login);  // the parent of the span `otp.send`
    auto const sent = client.async_send("login", request, asio::use_future).get();
    login->End();
    std::cout << to_string(sent ? otp::Delivery::accepted : sent.error().delivery) << '\n';
    return sent ? 0 : 1;
} catch (std::exception const& error) {  // a configuration or number that cannot be used
    std::cerr << error.what() << '\n';
    return 2;
}
