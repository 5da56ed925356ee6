// The same with callbacks, and a user who may lose time_limit: Ctrl-C cancels what is in flight.
//
//   example_callback otp.json +12025550162

#include <otp/otp.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstddef>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

namespace asio = boost::asio;

/// Sends a code, asks for it, checks it. Lives as long as its `io_context` runs. No handler waits
/// for anything: the one thread also does the client's work.
class Login {
public:
    Login(asio::io_context& context, otp::ClientConfig config)
        : context_(context),
          client_(context.get_executor(), std::move(config)),
          input_(context, ::dup(STDIN_FILENO)),
          signals_(context, SIGINT) {}

    void start(otp::PhoneNumber phone) {
        signals_.async_wait([this](boost::system::error_code error, int) {
            if (!error) cancellation_.emit(asio::cancellation_type::terminal);
        });
        client_.async_send(
            "login",
            otp::SendOtp(std::move(phone)),
            asio::bind_cancellation_slot(
                cancellation_.slot(),
                [this](otp::Result<otp::SendReceipt> sent) { on_sent(std::move(sent)); }
            )
        );
    }

    [[nodiscard]] int status() const noexcept { return status_; }

private:
    void on_sent(otp::Result<otp::SendReceipt> sent) {
        if (!sent) {
            finish(sent.error());
            return;
        }
        handle_ = std::move(sent->handle);
        std::cout << "Code: " << std::flush;
        asio::async_read_until(
            input_,
            asio::dynamic_buffer(typed_),
            '\n',
            asio::bind_cancellation_slot(
                cancellation_.slot(),
                [this](boost::system::error_code error, std::size_t length) {
                    on_typed(error, length);
                }
            )
        );
    }

    void on_typed(boost::system::error_code error, std::size_t length) {
        // The last line of a pipe may lack its end.
        bool const is_last_line = error == asio::error::eof && !typed_.empty();
        if (error && !is_last_line) {
            std::cerr << "no code was typed: " << error.message() << '\n';
            context_.stop();
            return;
        }
        auto const line = typed_.substr(0, is_last_line ? typed_.size() : length - 1);
        auto code = otp::OtpCode::parse(line);
        if (!code) {
            finish(code.error());
            return;
        }
        client_.async_verify(
            otp::VerifyOtp(*handle_, std::move(*code)),
            asio::bind_cancellation_slot(
                cancellation_.slot(),
                [this](otp::Result<otp::Verification> verified) { on_verified(verified); }
            )
        );
    }

    void on_verified(otp::Result<otp::Verification> const& verified) {
        if (!verified) {
            finish(verified.error());
            return;
        }
        std::cout << to_string(verified->outcome) << '\n';
        status_ = verified->approved() ? 0 : 1;
        context_.stop();
    }

    void finish(otp::Error const& error) {
        std::cerr << error << '\n';
        context_.stop();
    }

    asio::io_context& context_;
    otp::OtpClient client_;
    asio::posix::stream_descriptor input_;  // a terminal or a pipe; epoll takes no file
    std::string typed_;
    std::optional<otp::VerificationHandle> handle_;
    asio::signal_set signals_;
    asio::cancellation_signal cancellation_;
    int status_{1};
};

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: example_callback CONFIG PHONE\n";
        return 2;
    }
    asio::io_context context(1);
    Login login(context, otp::load_config(argv[1]));
    login.start(otp::PhoneNumber::parse(argv[2]).value());
    context.run();
    return login.status();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
