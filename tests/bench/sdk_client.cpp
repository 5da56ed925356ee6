#include "measurement.hpp"
#include "vendor_setup.hpp"

#include <otp/otp.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <latch>
#include <utility>
#include <vector>

namespace otp::bench {
namespace {

namespace asio = boost::asio;

ClientConfig config_of(Workload const& workload, InstanceConfig instance) {
    if (!workload.ca_file.empty()) instance.tls.ca_file = workload.ca_file;
    instance.limits.max_connections = workload.connections;
    if (workload.cold) instance.limits.idle_timeout = std::chrono::milliseconds(0);
    ClientConfig config;
    config.routes.push_back({"login", {instance.name}});
    config.instances.push_back(std::move(instance));
    return config;
}

/// One of the callers that keep a connection busy each.
class Sender {
public:
    /// `all_done` is counted down after the last request of all callers.
    Sender(OtpClient& client, SendOtp request, Measurement& measurement, std::latch& all_done)
        : client_(client),
          request_(std::move(request)),
          measurement_(measurement),
          all_done_(all_done) {}

    void send() {
        begun_ = Measurement::Clock::now();
        SendOtp request = request_;
        client_.async_send("login", std::move(request), [this](Result<SendReceipt> sent) {
            if (measurement_.completed(begun_, sent.has_value())) return send();
            if (measurement_.finished()) all_done_.count_down();
        });
    }

private:
    OtpClient& client_;
    // As an application has it: checked when it came in.
    SendOtp request_;
    Measurement& measurement_;
    std::latch& all_done_;
    Measurement::Clock::time_point begun_;
};

}  // namespace

void run_sdk(Measurement& measurement) {
    auto const& workload = measurement.workload();
    auto setup = set_up_vendor(workload.vendor, workload.url);
    auto config = config_of(workload, std::move(setup.instance));
    std::latch all_done(1);
    auto const senders_for = [&](OtpClient& client) {
        return std::vector<Sender>(
            measurement.begin(), Sender(client, setup.send, measurement, all_done)
        );
    };

    if (workload.thread_pool) {
        asio::thread_pool pool(1);
        OtpClient client(pool.get_executor(), std::move(config));
        auto senders = senders_for(client);
        asio::post(pool, [&senders] {
            for (auto& sender : senders) sender.send();
        });
        all_done.wait();
        // The handler that counted down may still be returning.
        pool.stop();
        pool.join();
        return;
    }
    asio::io_context context(1);
    ClientOptions options;
    options.threading = Threading::single;
    OtpClient client(context.get_executor(), std::move(config), std::move(options));
    auto senders = senders_for(client);
    for (auto& sender : senders) sender.send();
    context.run();
}

}  // namespace otp::bench
