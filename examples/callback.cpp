// The same with callbacks, and a user who may lose patience: Ctrl-C cancels what is in flight.
//
//   example_callback otp.json +12025550162

#include <otp/otp.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <string>

namespace asio = boost::asio;

/// Sends a code, asks for it, checks it. Lives as long as its `io_context` runs.
class Login {
public:
    Login(asio::io_context& context, otp::ClientConfig config)
        : context_(context),
          client_(context.get_executor(), std::move(config)),
          signals_(context, SIGINT) {}

    void start(otp::PhoneNumber phone) {
        signals_.async_wait([this](boost::system::error_code error, int) {
            if (!error) {
                cancellation_.emit(asio::cancellation_type::terminal);
            }
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
        std::cout << "Code: " << std::flush;
        std::string typed;
        std::getline(std::cin, typed);
        auto code = otp::OtpCode::parse(typed);
        if (!code) {
            finish(code.error());
            return;
        }
        client_.async_verify(
            otp::VerifyOtp(sent->handle, std::move(*code)),
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
