#include "measurement.hpp"

#include <otp/otp.hpp>

#include <boost/asio/io_context.hpp>

#include <utility>

namespace otp::bench {
namespace {

ClientConfig config_of(Workload const& workload) {
    InstanceConfig instance;
    instance.name = "stytch";
    instance.vendor = "stytch";
    instance.base_url = workload.url;
    instance.credentials.emplace("project_id", Secret(project_id));
    instance.credentials.emplace("secret", Secret(secret));
    if (!workload.ca_file.empty()) instance.tls.ca_file = workload.ca_file;
    instance.limits.max_connections = workload.connections;
    if (workload.cold) instance.limits.idle_timeout = std::chrono::milliseconds(0);
    ClientConfig config;
    config.instances.push_back(std::move(instance));
    config.routes.push_back({"login", {"stytch"}});
    return config;
}

/// One of the callers that keep a connection busy each.
class Sender {
public:
    Sender(OtpClient& client, Measurement& measurement)
        : client_(client), measurement_(measurement) {}

    void send() {
        begun_ = Measurement::Clock::now();
        SendOtp request{recipient_};
        request.expires_in = std::chrono::minutes(5);
        client_.async_send("login", std::move(request), [this](Result<SendReceipt> sent) {
            if (measurement_.completed(begun_, sent.has_value())) send();
        });
    }

private:
    OtpClient& client_;
    Measurement& measurement_;
    // As an application has it: checked when it came in.
    PhoneNumber recipient_ = PhoneNumber::parse(phone_number).value();
    Measurement::Clock::time_point begun_;
};

}  // namespace

void run_sdk(Measurement& measurement) {
    boost::asio::io_context context(1);
    ClientOptions options;
    options.threading = Threading::single;
    OtpClient client(context.get_executor(), config_of(measurement.workload()), std::move(options));
    std::vector<Sender> senders(measurement.begin(), Sender(client, measurement));
    for (auto& sender : senders) sender.send();
    context.run();
}

}  // namespace otp::bench
