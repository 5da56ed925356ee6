#include "measurement.hpp"

#include "allocation_count.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <malloc.h>
#include <sys/resource.h>
#include <utility>

namespace otp::bench {

Measurement::Measurement(Workload workload) : workload_(std::move(workload)) {
    latencies_.reserve(workload_.requests);
}

Measurement::Usage Measurement::usage_now() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto const microseconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    auto const heap = mallinfo2();
    return {
        microseconds(used.ru_utime) + microseconds(used.ru_stime),
        allocation_count(),
        heap.uordblks + heap.hblkhd,
        Clock::now()};
}

std::size_t Measurement::begin() {
    begun_ = std::min(workload_.connections, workload_.warm_up + workload_.requests);
    if (workload_.warm_up == 0) started_ = usage_now();
    return begun_;
}

bool Measurement::completed(Clock::time_point begun, bool succeeded) {
    ++done_;
    if (!succeeded) ++failed_;
    if (done_ > workload_.warm_up && latencies_.size() < workload_.requests) {
        auto const took =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun);
        latencies_.push_back(static_cast<std::uint32_t>(took.count()));
    }
    if (done_ == workload_.warm_up) started_ = usage_now();
    if (done_ == workload_.warm_up + workload_.requests) ended_ = usage_now();
    if (begun_ >= workload_.warm_up + workload_.requests) return false;
    ++begun_;
    return true;
}

bool Measurement::finished() const noexcept {
    return done_ == workload_.warm_up + workload_.requests;
}

std::string Measurement::to_json() const {
    auto sorted = latencies_;
    std::sort(sorted.begin(), sorted.end());
    auto const percentile = [&](std::size_t percent) {
        return sorted.empty() ? 0 : sorted[(sorted.size() - 1) * percent / 100];
    };
    auto const requests = static_cast<double>(workload_.requests);
    double const seconds = std::chrono::duration<double>(ended_.at - started_.at).count();
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    boost::json::object const result{
        {"cpu_us", (ended_.cpu_microseconds - started_.cpu_microseconds) / requests},
        {"requests_per_second", requests / seconds},
        {"p50_us", percentile(50)},
        {"p99_us", percentile(99)},
        {"peak_memory_kib", used.ru_maxrss},
        {"heap_kib", static_cast<double>(ended_.heap_bytes) / 1024},
        {"allocations", static_cast<double>(ended_.allocations - started_.allocations) / requests},
        {"failed", failed_}};
    return boost::json::serialize(result);
}

}  // namespace otp::bench
