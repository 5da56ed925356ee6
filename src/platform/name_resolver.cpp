#include <otp/name_resolver.hpp>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/prepend.hpp>

#include <utility>

namespace otp {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// One lookup. It keeps itself alive until `getaddrinfo`, which nothing can interrupt, comes back;
/// by then its caller may be gone.
class Lookup : public std::enable_shared_from_this<Lookup> {
public:
    Lookup(asio::any_io_executor const& executor, NameResolver::Handler handler)
        : resolver_(executor), handler_(std::move(handler)) {}

    void start(std::string const& host, std::uint16_t port) {
        resolver_.async_resolve(
            host,
            std::to_string(port),
            tcp::resolver::numeric_service,
            [self = shared_from_this()](
                boost::system::error_code error, tcp::resolver::results_type const& found
            ) { self->finish(error, found); }
        );
    }

private:
    void finish(boost::system::error_code error, tcp::resolver::results_type const& found) {
        NameResolver::Endpoints endpoints;
        endpoints.reserve(found.size());
        for (auto const& entry : found) {
            endpoints.push_back(entry.endpoint());
        }
        // A handler with an executor of its own is called there, as everywhere in Asio.
        auto const executor = asio::get_associated_executor(
            handler_, asio::any_completion_executor(resolver_.get_executor())
        );
        asio::dispatch(executor, asio::prepend(std::move(handler_), error, std::move(endpoints)));
    }

    tcp::resolver resolver_;
    NameResolver::Handler handler_;
};

class SystemNameResolver final : public NameResolver {
public:
    void async_resolve(
        asio::any_io_executor const& executor, std::string host, std::uint16_t port, Handler handler
    ) override {
        std::make_shared<Lookup>(executor, std::move(handler))->start(host, port);
    }
};

}  // namespace

std::shared_ptr<NameResolver> NameResolver::system() {
    static auto const resolver = std::make_shared<SystemNameResolver>();
    return resolver;
}

}  // namespace otp
