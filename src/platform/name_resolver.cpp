#include "platform/blocking_lookup.hpp"
#include "platform/lookups_of_context.hpp"

#include <otp/name_resolver.hpp>

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
        auto const lookup =
            std::make_shared<platform::BlockingLookup>(executor, std::move(handler));
        platform::LookupsOfContext::of(executor).add(lookup);
        platform::BlockingLookup::start(lookup, std::move(host), port);
    }
};

}  // namespace

std::shared_ptr<NameResolver> NameResolver::system() {
    static auto const resolver = std::make_shared<SystemNameResolver>();
    return resolver;
}

}  // namespace otp
