#include "cli/support/two_vendors.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace otp::test {

namespace json = boost::json;

TwoVendors::TwoVendors() : document_(json::parse(setup_.read("otp.json")).as_object()) {
    set_route("use", json::array{"eko", "stytch"});
}

void TwoVendors::move_eko_to(std::string_view base_url) {
    set_eko("base_url", json::value(base_url));
}

void TwoVendors::set_eko(std::string_view name, json::value value) {
    document_.at("instances").at("eko").as_object()[name] = std::move(value);
    save();
}

void TwoVendors::set_route(std::string_view name, json::value value) {
    document_.at("routes").at("login").as_object()[name] = std::move(value);
    save();
}

void TwoVendors::save() {
    static_cast<void>(setup_.write("otp.json", json::serialize(document_)));
}

Finished TwoVendors::send(std::string_view phone, std::vector<std::string> const& more) const {
    return otp_program(
        std::vector<std::string>{
            "send", "--config", config(), "--route", "login", "--phone", std::string(phone)} +
        more
    );
}

std::size_t TwoVendors::sent_by(std::string_view vendor) const {
    return setup_.messages(vendor);
}

// Bound, so that nobody else gets the port, and not listened on.
RefusingAddress::RefusingAddress() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
        throw std::runtime_error("no loopback port is free");
    }
}

RefusingAddress::~RefusingAddress() {
    ::close(socket_);
}

std::string RefusingAddress::base_url() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("getsockname failed");
    }
    return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

}  // namespace otp::test
