// A look at a client from a foreign thread, which a reload overtakes.

#include "client/borrowed_roster.hpp"

#include "unit/client/client_fixture.hpp"

#include <otp/seam/name_resolver.hpp>
#include <otp/seam/random_source.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace otp::test {
namespace {

/// Counts those that have ended.
class CountedTransport final : public Transport {
public:
    explicit CountedTransport(int& ended) : ended_(ended) {}
    CountedTransport(CountedTransport const&) = delete;
    CountedTransport& operator=(CountedTransport const&) = delete;
    ~CountedTransport() override { ++ended_; }

    void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler) override {}
    void close() noexcept override {}

private:
    int& ended_;
};

TEST(BorrowedRoster, EndsOnTheWorkExecutor) {
    int ended = 0;
    boost::asio::io_context context(1);
    ClientOptions options;
    options.vendors = plain_registry(std::make_shared<PlainVendorConduct>());
    options.transport = [&](TransportSettings const&) {
        return Result<std::shared_ptr<Transport>>(std::make_shared<CountedTransport>(ended));
    };
    options.clock = std::make_shared<testing::ManualClock>();
    options.random = RandomSource::system();
    options.resolver = NameResolver::system();
    options.environment = nullptr;
    auto const state =
        std::make_shared<ClientState>(context.get_executor(), plain_config({"first"}), options);
    {
        BorrowedRoster const borrowed(*state);
        static_cast<void>(state->reload(plain_config({"second"})));
        EXPECT_EQ(borrowed->instance_names().front(), "first");
        EXPECT_EQ(ended, 0);
    }
    // This thread runs no handler of the context's.
    EXPECT_EQ(ended, 0);
    context.poll();
    EXPECT_EQ(ended, 1);
}

}  // namespace
}  // namespace otp::test
