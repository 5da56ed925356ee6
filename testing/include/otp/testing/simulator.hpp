#pragma once

#include <otp/channel.hpp>
#include <otp/vendor_registry.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::testing {

namespace simulator {
class MessageStore;
}

/// One code that the simulator sent. Its texts are what a person would see: it is a test's to print
/// them.
class SimulatedMessage {
public:
    enum class State {
        pending,
        verified,
        expired,
        superseded,  ///< A later message went to the same recipient.
        locked,      ///< Too many wrong codes were tried.
    };

    std::string id;
    /// The instance's name in the configuration.
    std::string instance;
    /// The number (E.164) or the address.
    std::string to;
    Channel channel{Channel::sms};
    std::string code;
    /// As the person would read it.
    std::string text;
    /// The application's own (`SendOtp::reference`), or one that the SDK made up.
    std::string reference;
    std::chrono::sys_time<std::chrono::milliseconds> sent_at;
    std::chrono::sys_time<std::chrono::milliseconds> expires_at;
    /// How many were tried, and how many may be.
    int wrong_codes{0};
    int wrong_code_limit{0};
    State state{State::pending};
};

/// What the vendor `simulator` sent: the phone in the test's hand. A handle: copies are the same
/// simulator, which lives as long as one of them, or a registry or client that was made with it.
///
/// It keeps the newest 10,000 messages. Messages arrive by the clock of the client that sent them.
/// Thread safety: all members may be called from several threads.
class Simulator {
public:
    /// One with nothing sent.
    Simulator();

    /// All that have arrived, the oldest first.
    [[nodiscard]] std::vector<SimulatedMessage> messages() const;
    /// The newest that has arrived for a number or an address; nothing if none has.
    [[nodiscard]] std::optional<SimulatedMessage> latest(std::string_view to) const;
    /// The same as soon as it can be verified; nothing if none can within `time_limit`. Blocks the
    /// calling thread, in the machine's time: not for a thread that has to run the client.
    [[nodiscard]] std::optional<SimulatedMessage> wait(
        std::string_view to, std::chrono::milliseconds time_limit
    ) const;
    /// Forgets all messages, and at which step of its scenario each recipient is.
    void clear();

private:
    friend void add_simulator(VendorRegistry& registry, Simulator const& simulator);

    std::shared_ptr<simulator::MessageStore> store_;
};

/// Adds the vendor `simulator` (docs/vendors/simulator.md), whose instances send to `simulator`.
void add_simulator(VendorRegistry& registry, Simulator const& simulator = Simulator());

/// The vendors that come with the SDK, and `simulator`: for `ClientOptions::vendors`, and for
/// `load_config` and `parse_config`.
[[nodiscard]] VendorRegistry registry_with_simulator(Simulator const& simulator = Simulator());

}  // namespace otp::testing
