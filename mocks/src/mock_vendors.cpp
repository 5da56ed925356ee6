#include "eko_mock.hpp"
#include "gate.hpp"
#include "http_server.hpp"
#include "inbox_api.hpp"
#include "loyaltydog_mock.hpp"
#include "spherepay_mock.hpp"
#include "stytch_mock.hpp"
#include "ten_n_pay_mock.hpp"
#include "vendor_mock.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <mutex>
#include <utility>

namespace otp::mocks {
namespace {

MockOptions completed(MockOptions options) {
    if (!options.now) {
        options.now = [] {
            return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        };
    }
    return options;
}

std::string url_host(std::string const& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

struct MockVendors::Impl {
    explicit Impl(MockOptions const& options) : world(options) {
        vendors.push_back(make_spherepay_mock(world));
        vendors.push_back(make_loyaltydog_mock(world));
        vendors.push_back(make_ten_n_pay_mock(world));
        vendors.push_back(make_eko_mock(world));
        vendors.push_back(make_stytch_mock(world));
        server.emplace(
            world.options, [this](MockRequest const& request) { return handle(request); }, gate
        );
    }

    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;
    ~Impl() { gate.open(); }

    MockResponse handle(MockRequest request) {
        std::lock_guard const lock(mutex);
        if (request.path == "/api/messages")
            return answer_messages(request, world.inbox, [&] { forget_everything(); });
        if (request.path == "/api/tokens") return answer_tokens(request, [&] { forget_tokens(); });
        for (auto const& vendor : vendors) {
            auto const prefix = "/" + std::string(vendor->name());
            if (!request.path.starts_with(prefix + "/")) continue;
            request.path.erase(0, prefix.size());
            return vendor->handle(request);
        }
        return unknown_path();
    }

    void forget_everything() {
        world.inbox.clear();
        for (auto const& vendor : vendors) vendor->reset();
    }

    void forget_tokens() {
        for (auto const& vendor : vendors) vendor->revoke_tokens();
    }

    /// Guards everything but the gate and the server.
    std::mutex mutex;
    MockWorld world;
    std::vector<std::unique_ptr<VendorMock>> vendors;
    Gate gate;
    /// Last: its threads use the rest.
    std::optional<HttpServer> server;
};

MockVendors::MockVendors(MockOptions options)
    : impl_(std::make_unique<Impl>(completed(std::move(options)))) {}

MockVendors::~MockVendors() = default;

std::uint16_t MockVendors::port() const noexcept {
    return impl_->server->port();
}

std::string MockVendors::origin() const {
    auto const& options = impl_->world.options;
    return std::string(options.tls ? "https://" : "http://") + url_host(options.host) + ":" +
           std::to_string(port());
}

std::string MockVendors::base_url(std::string_view vendor) const {
    return origin() + "/" + std::string(vendor);
}

std::string MockVendors::example_config() const {
    auto const& options = impl_->world.options;
    std::optional<std::filesystem::path> ca_file;
    if (options.tls) ca_file = std::filesystem::absolute(options.tls->certificate);
    return mocks::example_config(origin(), ca_file, options.credentials);
}

std::vector<MockMessage> MockVendors::messages(std::string_view vendor, std::string_view to) const {
    std::lock_guard const lock(impl_->mutex);
    return impl_->world.inbox.messages(vendor, to);
}

void MockVendors::clear() {
    std::lock_guard const lock(impl_->mutex);
    impl_->forget_everything();
}

void MockVendors::revoke_tokens() {
    std::lock_guard const lock(impl_->mutex);
    impl_->forget_tokens();
}

bool MockVendors::wait_until_held(std::size_t count, std::chrono::milliseconds patience) {
    return impl_->gate.wait_until_held(count, patience);
}

void MockVendors::release_held() {
    impl_->gate.release();
}

}  // namespace otp::mocks
