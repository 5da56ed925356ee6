#pragma once

#include <otp/config.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace otp::test {

/// An HTTP transport on an `io_context` of its own that the test drives.
class TransportHarness {
public:
    using Customize = std::function<void(InstanceConfig&)>;

    explicit TransportHarness(
        std::string base_url,
        Customize customize = {},
        std::shared_ptr<NameResolver> resolver = NameResolver::system(),
        std::shared_ptr<Clock> clock = Clock::system()
    );
    ~TransportHarness();

    /// Starts an exchange; its outcome is stored in the returned place when it completes. The place
    /// also counts completions.
    struct Pending {
        std::optional<HttpExchange> exchange;
        int completions{0};
    };
    std::shared_ptr<Pending> start(
        HttpRequest request, std::chrono::milliseconds time_limit = std::chrono::seconds(10)
    );

    /// Starts an exchange and runs the context until it completes.
    HttpExchange exchange(
        HttpRequest request, std::chrono::milliseconds time_limit = std::chrono::seconds(10)
    );

    /// Runs the context until `done`; false after ten seconds.
    bool run_until(std::function<bool()> const& done);

    /// Runs what is ready without waiting.
    void poll();

    boost::asio::io_context context{1};
    InstanceConfig instance;
    std::shared_ptr<Transport> transport;
};

/// A POST to `/send` with a small JSON body.
[[nodiscard]] HttpRequest send_request(std::string body = R"({"phone_number":"+12025550162"})");

}  // namespace otp::test
