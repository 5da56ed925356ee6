#pragma once

#include "simulation/scenario.hpp"
#include "simulation/simulated_vendor.hpp"
#include "simulation/witness.hpp"
#include "simulation/world.hpp"

#include <otp/client.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace otp::simulation {

/// Those who use the client: they send, type codes that arrived or others, and lose patience.
class People {
public:
    People(World& world, Scenario const& scenario, Threading threading)
        : world_(world), scenario_(scenario), threading_(threading), dice_(world.dice.fork()) {}

    /// The client lives as long as anybody uses it, or nobody does any more.
    void meet(OtpClient& client) noexcept { client_ = &client; }
    void leave() noexcept { client_ = nullptr; }

    void send();

    [[nodiscard]] std::size_t sends() const noexcept { return sends_; }
    [[nodiscard]] std::size_t checks() const noexcept { return checks_; }

private:
    void prepare(OperationRecord& operation, SendOtp& request);
    void on_sent(OperationRecord& operation, Result<SendReceipt> sent);
    void think_about(OperationRecord const& sent);
    void type_code(OperationRecord const& sent, VerificationHandle const& handle, bool right);
    void on_checked(OperationRecord& operation, Result<Verification> checked);
    void complete(OperationRecord& operation);
    void note_failure(OperationRecord const& operation);
    void note_success(OperationRecord const& operation);
    [[nodiscard]] boost::asio::cancellation_slot patience(OperationRecord& operation);

    World& world_;
    Scenario const& scenario_;
    Threading threading_;
    Dice dice_;
    OtpClient* client_{nullptr};
    std::deque<boost::asio::cancellation_signal> signals_;
    std::size_t sends_{0};
    std::size_t checks_{0};
};

}  // namespace otp::simulation
