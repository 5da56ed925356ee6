#include "platform/machine_names.hpp"

#include "model/ascii.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <new>
#include <sys/socket.h>
#include <utility>

namespace otp::platform {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

error_code error_of(int result, int system_error) noexcept {
    switch (result) {
        case EAI_NONAME:
            return asio::error::host_not_found;
        case EAI_NODATA:
        case EAI_ADDRFAMILY:
            return asio::error::no_data;
        case EAI_AGAIN:
            return asio::error::host_not_found_try_again;
        case EAI_MEMORY:
            return asio::error::no_memory;
        case EAI_SYSTEM:
            // No success, although some module of the name service has left no reason.
            if (system_error == 0) return asio::error::no_recovery;
            return {system_error, boost::system::system_category()};
        default:
            return asio::error::no_recovery;
    }
}

FoundAddresses call_getaddrinfo(std::string const& host, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICSERV;
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_protocol = IPPROTO_TCP;
    auto const service = std::to_string(port);
    addrinfo* first = nullptr;
    errno = 0;
    auto const result = ::getaddrinfo(host.c_str(), service.c_str(), &wanted, &first);
    if (result != 0) return {error_of(result, errno), {}};
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const list(first, &::freeaddrinfo);
    FoundAddresses found;
    for (auto const* entry = first; entry != nullptr; entry = entry->ai_next) {
        tcp::endpoint endpoint;
        if (entry->ai_addrlen > endpoint.capacity()) continue;
        std::copy_n(
            reinterpret_cast<std::byte const*>(entry->ai_addr),
            entry->ai_addrlen,
            reinterpret_cast<std::byte*>(endpoint.data())
        );
        endpoint.resize(entry->ai_addrlen);
        endpoint.port(port);
        found.endpoints.push_back(endpoint);
    }
    return found;
}

}  // namespace

FoundAddresses ask_machine(std::string const& host, std::uint16_t port) noexcept {
    try {
        auto found = call_getaddrinfo(host, port);
        return is_localhost(host) ? kept_on_machine(std::move(found), port) : found;
    } catch (std::bad_alloc const&) {
        return {asio::error::no_memory, {}};
    }
}

bool is_localhost(std::string_view host) {
    static constexpr std::string_view name = "localhost";
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.size() < name.size()) return false;
    auto const last = host.substr(host.size() - name.size());
    bool const named = model::equal_ignoring_case(last, name);
    host.remove_suffix(name.size());
    return named && (host.empty() || host.ends_with('.'));
}

FoundAddresses kept_on_machine(FoundAddresses found, std::uint16_t port) {
    std::erase_if(found.endpoints, [](auto const& endpoint) {
        return !endpoint.address().is_loopback();
    });
    if (!found.endpoints.empty()) return found;
    return {
        {}, {{asio::ip::address_v6::loopback(), port}, {asio::ip::address_v4::loopback(), port}}};
}

}  // namespace otp::platform
