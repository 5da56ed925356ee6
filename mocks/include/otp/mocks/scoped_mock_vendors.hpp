#pragma once

#include <otp/client.hpp>
#include <otp/mocks/mock_fault.hpp>
#include <otp/mocks/mock_options.hpp>
#include <otp/mocks/mock_vendors.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace otp::mocks {

/// The mock vendors for one test: on a free port of this machine, with an empty inbox, all in
/// order, and gone with everything in them at the end of the scope. Tests with one each may run in
/// parallel.
///
/// ```
/// otp::mocks::ScopedMockVendors vendors;
/// otp::OtpClient client = vendors.client();
/// auto const sent = client.async_send("login", request, asio::use_future).get();
/// auto const code = vendors.code_for("+12025550162");
/// vendors.fail("stytch", "too_many_requests");
/// vendors.advance_clock(std::chrono::minutes(10));
/// ```
///
/// - Vendors: `vendor_names`; faults: `GET /api/faults/known` lists them. Any other name is a
///   `std::invalid_argument` that names the nearest one.
/// - Thread safety: all members may be called from several threads, except the destructor.
/// - Lifetime: a client that `client` made is destroyed first.
class ScopedMockVendors {
public:
    /// Throws as the constructor of `MockVendors` does. A port of 0, the default, is a free one.
    explicit ScopedMockVendors(MockOptions options = {});
    ScopedMockVendors(ScopedMockVendors const&) = delete;
    ScopedMockVendors& operator=(ScopedMockVendors const&) = delete;
    ~ScopedMockVendors();

    /// Ready to use: an instance and a route for each vendor, by its name, and the route `login`
    /// over all five. An application that reads a file is given `mock().example_config()`.
    [[nodiscard]] ClientConfig config() const;

    /// A client with that configuration, whose work is done by a thread of this object; the
    /// variables of the environment change nothing. Operations that have not completed at the end
    /// of the scope never do.
    [[nodiscard]] OtpClient client();
    /// The same with options of the test's own, as they are: observers, a clock.
    [[nodiscard]] OtpClient client(ClientOptions options);

    /// The newest code for a recipient, spelled as `MockVendors::messages` takes it, as soon as
    /// there is one. If none comes within `timeout` of real time it throws `std::runtime_error`
    /// that tells what came instead: other messages, without their codes, and the last requests,
    /// with the reason of those that were refused.
    [[nodiscard]] std::string code_for(
        std::string_view to, std::chrono::milliseconds timeout = std::chrono::seconds(10)
    ) const;

    /// Makes the vendor fail so from now on, until `recover`; an empty name is all vendors. For one
    /// recipient, step or percentage: `mock().add_fault`.
    void fail(std::string_view vendor, std::string_view fault);
    /// The same for its next `count` requests only, at least 1: token grants count, too, and so do
    /// the client's repetitions of what provably was not sent, so that one may succeed unnoticed.
    void fail_next(std::string_view vendor, std::string_view fault, std::size_t count = 1);
    /// Switches all faults off.
    void recover();

    /// Moves the vendors' clock on, so that codes expire; less than 0 turns it back. The client's
    /// time stays as it is.
    void advance_clock(std::chrono::milliseconds by);

    /// All else that they can do.
    [[nodiscard]] MockVendors& mock() noexcept;
    [[nodiscard]] MockVendors const& mock() const noexcept;

private:
    class Runner;

    MockVendors vendors_;
    /// Behind the vendors, since it is to be gone before them.
    std::unique_ptr<Runner> runner_;
};

}  // namespace otp::mocks
