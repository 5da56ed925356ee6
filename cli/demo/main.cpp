// Shows the whole path once for each vendor: send, a wrong code, the right code. The vendors are
// mocks, the sockets and TLS are real. Usage: otp_demo CERTIFICATE KEY CA CONFIG (PEM files, and
// where to write the configuration).

#include "../table.hpp"

#include <otp/mocks/mock_vendors.hpp>
#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

/// One person as all five vendors know them: the example values of the vendors' documents.
[[nodiscard]] otp::SendOtp make_request() {
    otp::SendOtp request(otp::PhoneNumber::parse("+919002336768").value());
    request.to.user_ids["spherepay"] = "customer_f31121c389624d3697cbf3ea8830b7a4";
    request.to.user_ids["10npay"] = "2077";
    return request;
}

/// Another code of the same length.
[[nodiscard]] std::string wrong(std::string code) {
    code.back() = code.back() == '9' ? '0' : static_cast<char>(code.back() + 1);
    return code;
}

[[nodiscard]] std::string check(
    otp::OtpClient& client, otp::VerificationHandle const& handle, std::string_view code
) {
    otp::VerifyOtp request(handle, otp::OtpCode::parse(code).value());
    auto const verified = client.async_verify(std::move(request), asio::use_future).get();
    return std::string(to_string(verified.value().outcome));
}

[[nodiscard]] std::string life_left(otp::SendReceipt const& receipt) {
    if (!receipt.expires_at) return "not told";
    auto const left = *receipt.expires_at - std::chrono::system_clock::now();
    return "in " + std::to_string(std::chrono::round<std::chrono::seconds>(left).count()) + " s";
}

[[nodiscard]] std::string elapsed_since(Clock::time_point start) {
    auto const milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start);
    char text[32];
    std::snprintf(text, sizeof text, "%.1f ms", milliseconds.count());
    return text;
}

[[nodiscard]] std::string shortened(std::string const& text) {
    constexpr std::size_t widest = 24;
    if (text.empty()) return "none";
    return text.size() <= widest ? text : text.substr(0, widest - 3) + "...";
}

/// One vendor's row. Throws if anything but the expected happens.
[[nodiscard]] otp::cli::Row show(
    otp::OtpClient& client, otp::mocks::MockVendors const& vendors, std::string const& vendor
) {
    auto const start = Clock::now();
    auto const sent = client.async_send(vendor, make_request(), asio::use_future).get();
    auto const& receipt = sent.value();
    auto const code = vendors.messages(vendor).at(0).code;
    auto const refused = check(client, receipt.handle, wrong(code));
    auto const approved = check(client, receipt.handle, code);
    if (refused == "approved" || approved != "approved") {
        throw std::runtime_error(vendor + ": wrong code " + refused + ", right code " + approved);
    }
    return {
        vendor,
        std::string(to_string(receipt.handle.channel())),
        std::string(to_string(receipt.attempts.back().delivery)),
        shortened(receipt.request_id),
        life_left(receipt),
        refused,
        approved,
        elapsed_since(start),
    };
}

void run(char** files) {
    otp::mocks::MockOptions options;
    options.tls = otp::mocks::MockTls{files[1], files[2]};
    otp::mocks::MockVendors const vendors(options);
    std::ofstream(files[4]) << otp::mocks::example_config(vendors.origin(), files[3]);
    std::cout << "five mock vendors at " << vendors.origin() << ", TLS\n\n";

    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), otp::load_config(files[4]));
    std::vector<otp::cli::Row> rows{
        {"vendor",
         "channel",
         "delivery",
         "request id",
         "expires",
         "wrong code",
         "right code",
         "time (send and two checks)"}};
    for (auto const* vendor : {"spherepay", "loyaltydog", "10npay", "eko", "stytch"}) {
        rows.push_back(show(client, vendors, vendor));
    }
    otp::cli::print_table(std::cout, rows);
    if (!std::cout.flush()) throw std::runtime_error("standard output cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: otp_demo CERTIFICATE KEY CA CONFIG\n";
        return 2;
    }
    try {
        run(argv);
        return 0;
    } catch (std::exception const& error) {
        std::cerr << "otp_demo: " << error.what() << '\n';
        return 1;
    }
}
