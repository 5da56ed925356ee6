#include "all_vendors.hpp"
#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"
#include "inbox/control_api.hpp"
#include "inbox/message_filter.hpp"
#include "inbox/mock_clock.hpp"
#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "page/page.hpp"
#include "server/gate.hpp"
#include "server/host_field.hpp"
#include "server/http_server.hpp"
#include "server/origin_guard.hpp"
#include "server/security_headers.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>
#include <variant>

namespace otp::mocks {
namespace {

/// Throws `std::invalid_argument` for an inbox that others could read.
void check_access(MockOptions const& options) {
    if (auto const fault = token_fault(options.token); !fault.empty()) {
        throw std::invalid_argument(fault);
    }
    if (options.token.empty() && !is_loopback(options.host)) {
        throw std::invalid_argument(
            "other machines can reach " + options.host +
            ", and would read the inbox: set a token (--token TEXT), which its API then asks for"
        );
    }
}

/// Throws `std::invalid_argument` for options that contradict what is there.
void check(MockOptions const& options) {
    check_access(options);
    constexpr std::size_t most_kept = 1'000'000;
    if (options.keep < 1 || options.keep > most_kept) {
        throw std::invalid_argument("the inbox keeps 1 to 1000000 messages");
    }
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

MockResponse describe(AccessRefusal const& refusal) {
    auto response = problem(refusal.status, refusal.text);
    // RFC 9110 15.5.2.
    if (refusal.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

/// As `read_session`; its refusal may be one of a request to the inbox.
std::variant<AddressedRequest, MockResponse> read_address(MockRequest given) {
    auto read = read_session(std::move(given));
    if (auto* const refusal = std::get_if<MockResponse>(&read)) {
        *refusal = secured(std::move(*refusal));
    }
    return read;
}

/// Whether a path, without a session's prefix, is the inbox's and no vendor's.
bool is_inbox_path(MockRequest const& request) {
    return is_control_path(request.path) || is_page_path(request);
}

/// What a client has to call a server that listens on `host`: all addresses include the loopback
/// one, and no client can connect to "all addresses".
std::string reachable_host(std::string const& host) {
    if (host == "0.0.0.0") return "127.0.0.1";
    return host == "::" ? "::1" : host;
}

/// Throws `std::invalid_argument` for what is no vendor or no session.
MessageQuery query_of(
    std::string_view vendor, std::string_view to, std::optional<std::string_view> session
) {
    if (!vendor.empty()) require_vendor_name(vendor);
    require_session_name(session.value_or(""));
    MessageQuery query(MessageFilter(vendor, to));
    query.session = session;
    return query;
}

}  // namespace

struct MockVendors::Impl {
    explicit Impl(MockOptions given)
        : options(std::move(given)),
          most_waiting(std::max<std::size_t>(options.threads / 2, 1)),
          state(
              [this] { return all_vendors(options); },
              make_clock(options),
              options.seed,
              options.keep
          ) {
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
        state.stop_waits();
        gate.open();
        delays.open();
    }

    void serve_each_vendor() {
        if (!options.vendor_ports_from) return;
        auto port = *options.vendor_ports_from;
        for (std::string const& vendor : vendor_names()) {
            own[vendor] = serve(port, vendor, [this, vendor](MockRequest request) {
                return answer_vendors_own(vendor, std::move(request));
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
            return std::make_unique<HttpServer>(here, std::move(handler));
        } catch (boost::system::system_error const& error) {
            throw CannotListen(
                "cannot listen on " + url_host(options.host) + ":" + std::to_string(port) +
                    (vendor.empty() ? "" : " for " + vendor) + ": " + error.code().message(),
                vendor,
                error.code()
            );
        }
    }

    /// Precondition: `is_inbox_path`.
    MockResponse answer_inbox(AddressedRequest const& addressed) {
        auto const& request = addressed.request;
        GuardRules const rules{options.tls.has_value(), options.token};
        if (auto const refusal = refuse_stranger(request, rules)) {
            return secured(describe(*refusal));
        }
        if (is_page_path(request)) return secured(answer_page(request));
        return secured(answer_control(addressed, {state, most_waiting, [this] { gate.release(); }})
        );
    }

    /// A vendor's answer, when it is time for it.
    MockResponse answer_vendor(std::string_view vendor, AddressedRequest const& addressed) {
        auto underway =
            state.begin(vendor, addressed.request, addressed.session.value_or(std::string()));
        if (underway.delay > std::chrono::milliseconds(0)) delays.hold(underway.delay);
        auto& transfer = underway.response.transfer;
        if (transfer == MockTransfer::held) gate.hold(options.hold);
        state.finish(underway);
        if (transfer == MockTransfer::held) transfer = MockTransfer::complete;
        return std::move(underway.response);
    }

    MockResponse answer_vendors_own(std::string_view vendor, MockRequest given) {
        return if_good(read_address(std::move(given)), [&](AddressedRequest const& addressed) {
            return is_inbox_path(addressed.request) ? answer_inbox(addressed)
                                                    : answer_vendor(vendor, addressed);
        });
    }

    MockResponse answer_shared(MockRequest given) {
        return if_good(read_address(std::move(given)), [&](AddressedRequest& addressed) {
            auto& path = addressed.request.path;
            if (is_inbox_path(addressed.request)) return answer_inbox(addressed);
            for (std::string const& vendor : vendor_names()) {
                auto const prefix = "/" + vendor;
                if (!path.starts_with(prefix + "/")) continue;
                path.erase(0, prefix.size());
                return answer_vendor(vendor, addressed);
            }
            return options.vendor_at_root.empty()
                       ? unknown_path()
                       : answer_vendor(options.vendor_at_root, addressed);
        });
    }

    [[nodiscard]] std::string origin_of(HttpServer const& server) const {
        return std::string(options.tls ? "https://" : "http://") +
               url_host(reachable_host(options.host)) + ":" + std::to_string(server.port());
    }

    MockOptions const options;
    std::size_t const most_waiting;
    MockState state;
    Gate gate;
    /// Where answers wait that are late, and nobody can let go.
    Gate delays;
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

std::string MockVendors::base_url(std::string_view vendor, std::string_view session) const {
    require_session_name(session);
    auto const prefix = session.empty() ? std::string() : "/session/" + std::string(session);
    auto const own = origin_of(vendor);
    return own ? *own + prefix : origin() + prefix + "/" + std::string(vendor);
}

std::string MockVendors::example_config(std::string_view session) const {
    auto const& options = impl_->options;
    std::map<std::string, std::string> base_urls;
    for (std::string const& vendor : vendor_names()) base_urls[vendor] = base_url(vendor, session);
    std::optional<std::filesystem::path> ca_file;
    if (options.tls) {
        auto const& [certificate, key, authority] = *options.tls;
        ca_file = std::filesystem::absolute(authority.empty() ? certificate : authority);
    }
    return mocks::example_config(base_urls, ca_file, options.credentials);
}

std::vector<MockMessage> MockVendors::messages(
    std::string_view vendor, std::string_view to, std::optional<std::string_view> session
) const {
    return impl_->state.messages(query_of(vendor, to, session));
}

std::optional<MockMessage> MockVendors::wait_for_message(
    std::string_view vendor,
    std::string_view to,
    std::chrono::milliseconds timeout,
    std::optional<std::string_view> session
) const {
    // The callers' threads are theirs to spend.
    constexpr auto any_number = std::numeric_limits<std::size_t>::max();
    auto const query = query_of(vendor, to, session);
    return impl_->state.await_message(query, timeout, any_number).message;
}

std::vector<MockExchange> MockVendors::exchanges(
    std::string_view vendor, std::string_view to, std::optional<std::string_view> session
) const {
    return impl_->state.exchanges(query_of(vendor, to, session), ListWindow()).exchanges;
}

void MockVendors::clear(std::optional<std::string_view> session) {
    require_session_name(session.value_or(""));
    impl_->state.forget(session);
}

void MockVendors::revoke_tokens(std::optional<std::string_view> session) {
    require_session_name(session.value_or(""));
    impl_->state.revoke_tokens(session);
}

std::string MockVendors::add_fault(MockFault const& fault) {
    return impl_->state.add_fault(fault).id;
}

bool MockVendors::remove_fault(std::string_view id) {
    return impl_->state.remove_fault(id);
}

void MockVendors::clear_faults(std::optional<std::string_view> session) {
    require_session_name(session.value_or(""));
    impl_->state.clear_faults(session);
}

MockVerdicts MockVendors::take_verdicts(
    std::string_view json_lines, std::optional<std::string_view> session
) {
    require_session_name(session.value_or(""));
    return impl_->state.take_verdicts(json_lines, session);
}

MockTime MockVendors::now(std::string_view session) const {
    require_session_name(session);
    return impl_->state.read_clock(session).now;
}

void MockVendors::set_clock(MockTime now, std::string_view session) {
    require_session_name(session);
    impl_->state.set_clock(now, session);
}

void MockVendors::advance_clock(std::chrono::milliseconds by, std::string_view session) {
    require_session_name(session);
    impl_->state.advance_clock(by, session);
}

void MockVendors::reset_clock(std::string_view session) {
    require_session_name(session);
    impl_->state.reset_clock(session);
}

bool MockVendors::wait_until_held(std::size_t count, std::chrono::milliseconds timeout) {
    return impl_->gate.wait_until_held(count, timeout);
}

void MockVendors::release_held() {
    impl_->gate.release();
}

}  // namespace otp::mocks
