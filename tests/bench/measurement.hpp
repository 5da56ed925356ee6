#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace otp::bench {

/// What to do: `requests` sends of one code to `url`, `connections` at a time.
struct Workload {
    std::string url;
    std::string ca_file;
    std::size_t connections{1};
    std::size_t requests{1000};
    /// Not measured; fills pools and caches.
    std::size_t warm_up{100};
    /// Each request opens a connection of its own.
    bool cold{false};
    /// The SDK's vendor, one of `vendor_names()`.
    std::string vendor{"stytch"};
    /// The SDK runs as in the README: on a `thread_pool` of one thread, with `Threading::multiple`.
    bool thread_pool{false};
};

/// What a client is told to call: `completed` after each request, which answers whether to begin
/// another one on the connection that became free.
class Measurement {
public:
    explicit Measurement(Workload workload);

    [[nodiscard]] Workload const& workload() const noexcept { return workload_; }

    /// How many requests to begin with.
    [[nodiscard]] std::size_t begin();
    using Clock = std::chrono::steady_clock;
    /// One request is done. True: begin another one.
    [[nodiscard]] bool completed(Clock::time_point begun, bool succeeded);
    [[nodiscard]] bool finished() const noexcept;

    /// One JSON object: CPU microseconds for each request, requests a second, percentiles of the
    /// latency in microseconds, peak resident memory, heap in use when all requests are done and
    /// all connections idle, allocations for each request, failures.
    [[nodiscard]] std::string to_json() const;

private:
    struct Usage {
        double cpu_microseconds{0};
        std::uint64_t allocations{0};
        std::uint64_t heap_bytes{0};
        Clock::time_point at;
    };
    [[nodiscard]] static Usage usage_now();

    Workload workload_;
    std::size_t begun_{0};
    std::size_t done_{0};
    std::size_t failed_{0};
    Usage started_;
    Usage ended_;
    std::vector<std::uint32_t> latencies_;
};

/// `POST /v1/otps/sms/send` as Stytch documents it; all clients send the same, unless the SDK is
/// given another vendor.
inline constexpr char target[] = "/v1/otps/sms/send";
inline constexpr char phone_number[] = "+12025550162";
inline constexpr char project_id[] = "project-test-00000000-0000-0000-0000-000000000000";
inline constexpr char secret[] = "bench-secret";

void run_sdk(Measurement& measurement);
void run_textbook(Measurement& measurement);
void run_curl(Measurement& measurement);
void run_floor(Measurement& measurement);

}  // namespace otp::bench
