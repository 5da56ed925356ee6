#include "all_vendors.hpp"
#include "inbox/control_api.hpp"
#include "inbox/message_filter.hpp"
#include "inbox/mock_clock.hpp"
#include "inbox/vendor_set.hpp"
#include "server/gate.hpp"
#include "server/http_server.hpp"
#include "vendor/id_source.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

namespace otp::mocks {
namespace {

/// Throws `std::invalid_argument` for options that contradict what is there.
void check(MockOptions const& options) {
    if (!options.vendor_at_root.empty()) require_vendor_name(options.vendor_at_root);
    auto const last_first_port =
        std::numeric_limits<std::uint16_t>::max() - vendor_names().size() + 1;
    if (options.vendor_ports_from.value_or(0) > last_first_port) {
        throw std::invalid_argument(
            "the vendors' ports would end above 65535: begin with " +
            std::to_string(last_first_port) + " or less"
        );
    }
}

std::string url_host(std::string const& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

/// What a client has to call a server that listens on `host`: all addresses include the loopback
/// one, and no client can connect to "all addresses".
std::string reachable_host(std::string const& host) {
    if (host == "0.0.0.0") return "127.0.0.1";
    return host == "::" ? "::1" : host;
}

}  // namespace

struct MockVendors::Impl {
    explicit Impl(MockOptions given)
        : options(std::move(given)),
          most_waiting(std::max<std::size_t>(options.threads / 2, 1)),
          vendors(all_vendors(options), make_clock(options), IdSource(options.seed)) {
        check(options);
        // Ports that are given come first, so that a free one is none of them.
        bool const own_ports_first = options.vendor_ports_from.value_or(0) != 0;
        if (own_ports_first) serve_each_vendor();
        shared = serve(options.port, {}, [this](MockRequest request) {
            return answer_shared(std::move(request));
        });
        if (!own_ports_first) serve_each_vendor();
    }

    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;
    ~Impl() {
        vendors.stop_waits();
        gate.open();
    }

    void serve_each_vendor() {
        if (!options.vendor_ports_from) return;
        auto port = *options.vendor_ports_from;
        for (std::string const& vendor : vendor_names()) {
            own[vendor] = serve(port, vendor, [this, vendor](MockRequest const& request) {
                return is_control_path(request.path) ? control(request)
                                                     : vendors.answer(vendor, request);
            });
            if (port != 0) ++port;
        }
    }

    std::unique_ptr<HttpServer> serve(
        std::uint16_t port, std::string const& vendor, HttpServer::Handler handler
    ) {
        auto here = options;
        here.port = port;
        try {
            return std::make_unique<HttpServer>(here, std::move(handler), gate);
        } catch (boost::system::system_error const& error) {
            throw CannotListen(
                "cannot listen on " + url_host(options.host) + ":" + std::to_string(port) +
                    (vendor.empty() ? "" : " for " + vendor) + ": " + error.code().message(),
                vendor,
                error.code()
            );
        }
    }

    MockResponse control(MockRequest const& request) {
        return answer_control(request, vendors, most_waiting);
    }

    MockResponse answer_shared(MockRequest request) {
        if (is_control_path(request.path)) return control(request);
        for (std::string const& vendor : vendor_names()) {
            auto const prefix = "/" + vendor;
            if (!request.path.starts_with(prefix + "/")) continue;
            request.path.erase(0, prefix.size());
            return vendors.answer(vendor, request);
        }
        return options.vendor_at_root.empty() ? unknown_path()
                                              : vendors.answer(options.vendor_at_root, request);
    }

    [[nodiscard]] std::string origin_of(HttpServer const& server) const {
        return std::string(options.tls ? "https://" : "http://") +
               url_host(reachable_host(options.host)) + ":" + std::to_string(server.port());
    }

    MockOptions const options;
    std::size_t const most_waiting;
    VendorSet vendors;
    Gate gate;
    // Last: their threads use the rest.
    std::unique_ptr<HttpServer> shared;
    std::map<std::string, std::unique_ptr<HttpServer>, std::less<>> own;
};

MockVendors::MockVendors(MockOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

MockVendors::~MockVendors() = default;

std::uint16_t MockVendors::port() const noexcept {
    return impl_->shared->port();
}

std::string MockVendors::origin() const {
    return impl_->origin_of(*impl_->shared);
}

std::optional<std::string> MockVendors::origin_of(std::string_view vendor) const {
    require_vendor_name(vendor);
    auto const own = impl_->own.find(vendor);
    if (own != impl_->own.end()) return impl_->origin_of(*own->second);
    if (vendor == impl_->options.vendor_at_root) return origin();
    return std::nullopt;
}

std::string MockVendors::base_url(std::string_view vendor) const {
    return origin_of(vendor).value_or(origin() + "/" + std::string(vendor));
}

std::string MockVendors::example_config() const {
    auto const& options = impl_->options;
    std::map<std::string, std::string> base_urls;
    for (std::string const& vendor : vendor_names()) base_urls[vendor] = base_url(vendor);
    std::optional<std::filesystem::path> ca_file;
    if (options.tls) {
        auto const& [certificate, key, authority] = *options.tls;
        ca_file = std::filesystem::absolute(authority.empty() ? certificate : authority);
    }
    return mocks::example_config(base_urls, ca_file, options.credentials);
}

std::vector<MockMessage> MockVendors::messages(std::string_view vendor, std::string_view to) const {
    if (!vendor.empty()) require_vendor_name(vendor);
    return impl_->vendors.messages(MessageFilter(vendor, to));
}

std::optional<MockMessage> MockVendors::wait_for_message(
    std::string_view vendor, std::string_view to, std::chrono::milliseconds timeout
) const {
    if (!vendor.empty()) require_vendor_name(vendor);
    // The callers' threads are theirs to spend.
    constexpr auto any_number = std::numeric_limits<std::size_t>::max();
    return impl_->vendors.await_message(MessageFilter(vendor, to), timeout, any_number).message;
}

void MockVendors::clear() {
    impl_->vendors.forget_everything();
}

void MockVendors::revoke_tokens() {
    impl_->vendors.revoke_tokens();
}

MockTime MockVendors::now() const {
    return impl_->vendors.read_clock().now;
}

void MockVendors::set_clock(MockTime now) {
    impl_->vendors.set_clock(now);
}

void MockVendors::advance_clock(std::chrono::milliseconds by) {
    impl_->vendors.advance_clock(by);
}

void MockVendors::reset_clock() {
    impl_->vendors.reset_clock();
}

bool MockVendors::wait_until_held(std::size_t count, std::chrono::milliseconds timeout) {
    return impl_->gate.wait_until_held(count, timeout);
}

void MockVendors::release_held() {
    impl_->gate.release();
}

}  // namespace otp::mocks
