#include "platform/lookup_waiter.hpp"
#include "platform/lookups_of_context.hpp"
#include "platform/shared_lookups.hpp"

#include <otp/seam/name_resolver.hpp>

#include <memory>
#include <utility>

namespace otp {

namespace {

class SystemNameResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const& executor,
        std::string host,
        std::uint16_t port,
        Handler handler
    ) override {
        auto const waiter = std::make_shared<platform::LookupWaiter>(
            executor, std::move(host), port, std::move(handler)
        );
        waiter->heed_cancellation();
        platform::LookupsOfContext::of(executor).add(waiter);
        platform::SharedLookups::of_process().ask(waiter);
    }
};

}  // namespace

std::shared_ptr<NameResolver> NameResolver::system() {
    static auto const resolver = std::make_shared<SystemNameResolver>();
    return resolver;
}

}  // namespace otp
