#include "server/listening_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <iterator>

namespace otp::mocks {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// A busy client opens many connections at once.
constexpr int backlog = 1024;

}  // namespace

ListeningSocket listen_on(std::string const& host, std::uint16_t port) {
    asio::io_context context;
    tcp::resolver resolver(context);
    auto const found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive);
    // SO_REUSEADDR, which Asio sets here, takes a port that is in TIME_WAIT. SO_REUSEPORT, with
    // which two servers would share a port unnoticed, is not set.
    for (auto entry = found.begin();; ++entry) {
        try {
            tcp::acceptor acceptor(context, entry->endpoint());
            // Or a program that is started meanwhile would keep the port.
            ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
            acceptor.listen(backlog);
            auto const taken = acceptor.local_endpoint().port();
            return {acceptor.release(), taken};
        } catch (boost::system::system_error const&) {
            // A name may have an address of a kind that this machine lacks, and another one.
            if (std::next(entry) == found.end()) throw;
        }
    }
}

}  // namespace otp::mocks
