#include <otp/config.hpp>
#include <otp/mocks/scoped_mock_vendors.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/asio/thread_pool.hpp>

#include <stdexcept>
#include <utility>
#include <vector>

namespace otp::mocks {

namespace {

/// How much of the inbox a person reads to see what went wrong.
constexpr std::size_t most_lines = 5;

std::string describe(MockMessage const& message) {
    return message.vendor + ", " + message.channel + " to " + message.to + ", " + message.state;
}

std::string describe(MockExchange const& exchange) {
    auto text = exchange.vendor + ' ' + exchange.method + ' ' + exchange.path;
    if (!exchange.to.empty()) text += " for " + exchange.to;
    text += exchange.status ? ": " + std::to_string(*exchange.status) : ": " + exchange.outcome;
    if (exchange.fault) text += ", by a fault that is switched on";
    if (exchange.why) {
        text += ", because of " + exchange.why->broken_by + ": " + exchange.why->demands;
    }
    return text;
}

/// A line for each of the newest, or what it means that there is none.
template <class Entry>
std::string list(
    std::string const& title, std::vector<Entry> const& entries, std::string const& if_none
) {
    auto text = "\n  " + title + ':';
    if (entries.empty()) return text + ' ' + if_none;
    std::string const indentation = "\n    ";
    for (std::size_t index = 0; index < entries.size() && index < most_lines; ++index) {
        text += indentation + describe(entries[index]);
    }
    if (entries.size() > most_lines) {
        text += indentation + "and " + std::to_string(entries.size() - most_lines) + " older ones";
    }
    return text;
}

[[noreturn]] void throw_no_code(
    MockVendors const& vendors, std::string_view to, std::chrono::milliseconds timeout
) {
    throw std::runtime_error(
        "no code for " + std::string(to) + " came within " + std::to_string(timeout.count()) +
        " ms" + list("messages, the newest first", vendors.messages(), "none") +
        list(
            "requests, the newest first",
            vendors.exchanges(),
            "none. Is the application configured for the mock vendors at " + vendors.origin() + "?"
        )
    );
}

}  // namespace

/// The thread that does the clients' work.
class ScopedMockVendors::Runner {
public:
    [[nodiscard]] boost::asio::any_io_executor executor() noexcept { return pool_.get_executor(); }

private:
    boost::asio::thread_pool pool_{1};
};

ScopedMockVendors::ScopedMockVendors(MockOptions options)
    : vendors_(std::move(options)), runner_(std::make_unique<Runner>()) {}

ScopedMockVendors::~ScopedMockVendors() = default;

ClientConfig ScopedMockVendors::config() const {
    return parse_config(vendors_.example_config(), VendorRegistry::built_in(), ConfigSources())
        .value();
}

OtpClient ScopedMockVendors::client() {
    ClientOptions options;
    options.environment = nullptr;
    options.environment_names = nullptr;
    return client(std::move(options));
}

OtpClient ScopedMockVendors::client(ClientOptions options) {
    return {runner_->executor(), config(), std::move(options)};
}

std::string ScopedMockVendors::code_for(std::string_view to, std::chrono::milliseconds timeout)
    const {
    auto const message = vendors_.wait_for_message({}, to, timeout);
    if (!message) throw_no_code(vendors_, to, timeout);
    return message->code;
}

void ScopedMockVendors::fail(std::string_view vendor, std::string_view fault) {
    MockFault added;
    added.fault = fault;
    added.vendor = vendor;
    vendors_.add_fault(added);
}

void ScopedMockVendors::fail_next(
    std::string_view vendor, std::string_view fault, std::size_t count
) {
    MockFault added;
    added.fault = fault;
    added.vendor = vendor;
    added.count = count;
    vendors_.add_fault(added);
}

void ScopedMockVendors::recover() {
    vendors_.clear_faults();
}

void ScopedMockVendors::advance_clock(std::chrono::milliseconds by) {
    vendors_.advance_clock(by);
}

MockVendors& ScopedMockVendors::mock() noexcept {
    return vendors_;
}

MockVendors const& ScopedMockVendors::mock() const noexcept {
    return vendors_;
}

}  // namespace otp::mocks
