#include "simulation/steady_vendor.hpp"

#include "simulation/vendor_exchange.hpp"

#include <otp/error.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace otp::simulation {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

HttpExchange failed(ErrorCategory category, ExchangePhase phase) {
    Error error(category, "simulated");
    error.phase = phase;
    HttpExchange exchange{Result<HttpResponse>(std::move(error))};
    exchange.phase = phase;
    return exchange;
}

}  // namespace

std::string_view to_string(Steady steady) noexcept {
    switch (steady) {
        case Steady::serves:
            return "serves";
        case Steady::refuses_connections:
            return "refuses connections";
        case Steady::stalls:
            return "stalls";
        case Steady::fails:
            return "answers 500";
        case Steady::throttles:
            return "answers 429";
    }
    return "";
}

/// One way to it. What is begun is never cancelled here.
class SteadyVendor::Way final : public Transport {
public:
    Way(SteadyVendor& vendor, asio::any_io_executor executor)
        : vendor_(vendor), executor_(std::move(executor)) {}

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override {
        ++vendor_.requests_;
        auto const limit = std::min(deadline, request.commit_deadline.value_or(deadline));
        // Handlers are moved only; what the timeline keeps is copied.
        auto const kept = std::make_shared<ExchangeHandler>(std::move(handler));
        if (vendor_.steady_ == Steady::stalls) {
            return at(limit, kept, [] {
                return failed(ErrorCategory::timeout, ExchangePhase::connecting);
            });
        }
        auto const when = time_after(vendor_.timeline_.now(), vendor_.draw_time());
        auto const asked = std::make_shared<HttpRequest const>(std::move(request));
        at(when, kept, [&vendor = vendor_, asked] { return vendor.answer(*asked); });
    }

    void close() noexcept override {}

private:
    template <class Make>
    void at(Clock::TimePoint when, std::shared_ptr<ExchangeHandler> const& handler, Make make) {
        vendor_.timeline_.at(when, [executor = executor_, handler, make = std::move(make)] {
            asio::post(executor, [handler, exchange = make()]() mutable {
                std::move (*handler)(std::move(exchange));
            });
        });
    }

    SteadyVendor& vendor_;
    asio::any_io_executor executor_;
};

SteadyVendor::SteadyVendor(Timeline& timeline, std::string_view vendor, Steady steady, Dice dice)
    : timeline_(timeline),
      vendor_(make_mock_vendor(vendor)),
      steady_(steady),
      dice_(dice),
      ids_(static_cast<std::uint32_t>(dice_.next())) {}

std::shared_ptr<Transport> SteadyVendor::transport(TransportSettings const& settings) {
    return std::make_shared<Way>(*this, settings.executor);
}

std::string SteadyVendor::code_of(std::string const& recipient) const {
    auto const found = code_by_recipient_.find(recipient);
    return found == code_by_recipient_.end() ? std::string() : found->second;
}

milliseconds SteadyVendor::draw_time() {
    if (steady_ == Steady::refuses_connections) return dice_.between(1ms, 5ms);
    if (dice_.percent(1)) return dice_.between(200ms, 600ms);
    return dice_.between(20ms, 120ms);
}

HttpExchange SteadyVendor::answer(HttpRequest const& request) {
    if (steady_ == Steady::refuses_connections) {
        return failed(ErrorCategory::connect_failed, ExchangePhase::connecting);
    }
    mocks::MockResponse response = mocks::empty_response(steady_ == Steady::fails ? 500 : 429);
    if (steady_ == Steady::serves) {
        auto const now = timeline_.clock()->utc_now();
        auto answered = vendor_->answer(as_mock_request(request), {now, now, ids_});
        if (answered.sent) {
            ++codes_;
            code_by_recipient_[answered.sent->to] = answered.sent->code;
        }
        response = std::move(answered.response);
    }
    HttpExchange exchange{Result<HttpResponse>(as_response(response))};
    exchange.bytes_taken = 1;
    exchange.phase = ExchangePhase::done;
    return exchange;
}

}  // namespace otp::simulation
