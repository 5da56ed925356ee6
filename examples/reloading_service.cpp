// A service that runs on while its configuration, secrets and certificates rotate. It sends a code
// to each number that it reads, one on a line, until the input ends.
//
//   example_reloading_service otp.json

#include <otp/otp.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>

#include <cstddef>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>

namespace asio = boost::asio;

/// Says what became of each change of the files.
class ReloadLog final : public otp::Observer {
public:
    void on_reload(otp::Reloaded const& event) noexcept override {
        if (event.failure) {
            std::cout << "not reloaded: " << event.message << std::endl;
        } else {
            std::cout << "reloaded: " << event.added << " added, " << event.replaced
                      << " replaced, " << event.removed << " removed" << std::endl;
        }
    }
    void on_warning(otp::Warning const& warning) noexcept override {
        std::cerr << warning.message << '\n';
    }
};

/// Lives as long as its `io_context` runs.
class Service {
public:
    Service(asio::io_context& context, std::filesystem::path const& config)
        : client_(context.get_executor(), otp::load_config(config), options()),
          watcher_(client_, config),
          input_(context, ::dup(STDIN_FILENO)) {}

    void serve() {
        asio::async_read_until(
            input_,
            asio::dynamic_buffer(text_),
            '\n',
            [this](boost::system::error_code error, std::size_t length) {
                // Nothing else holds `run` up then, but for what is being sent.
                if (error) return watcher_.stop();
                send(text_.substr(0, length - 1));
                text_.erase(0, length);
                serve();
            }
        );
    }

private:
    static otp::ClientOptions options() {
        otp::ClientOptions options;
        options.threading = otp::Threading::single;
        options.observers.push_back(std::make_shared<ReloadLog>());
        return options;
    }

    // Names a route. Which vendor serves it, with which credentials, is the file's affair.
    void send(std::string const& number) {
        auto phone = otp::PhoneNumber::parse(number);
        if (!phone) {
            std::cout << phone.error() << std::endl;
            return;
        }
        client_.async_send(
            "login",
            otp::SendOtp(std::move(*phone)),
            [](otp::Result<otp::SendReceipt> const& sent) {
                if (sent) {
                    std::cout << "sent by " << sent->handle.instance() << std::endl;
                } else {
                    std::cout << sent.error() << std::endl;
                }
            }
        );
    }

    otp::OtpClient client_;
    otp::ConfigWatcher watcher_;
    asio::posix::stream_descriptor input_;  // a terminal or a pipe; epoll takes no file
    std::string text_;
};

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: example_reloading_service CONFIG\n";
        return 2;
    }
    asio::io_context context(1);
    Service service(context, argv[1]);
    service.serve();
    context.run();
    return 0;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
