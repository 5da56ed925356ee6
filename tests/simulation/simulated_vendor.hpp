#pragma once

#include "simulation/fate.hpp"
#include "simulation/world.hpp"
#include "vendor/vendor.hpp"

#include <otp/adapter/http_message.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::simulation {

/// What a vendor answers, and what is true of it.
struct SimulatedAnswer {
    HttpResponse response;
    /// It is what the vendor itself answered to this request.
    bool is_true{false};
    bool token_unknown{false};
    std::optional<std::chrono::milliseconds> retry_after{};
    bool client_decides_rest{false};
};

/// One strict mock vendor without a socket, and the ledger that it keeps in the operations' records
/// of whom it sent which code: the oracle.
class SimulatedVendor {
public:
    /// `index` is its place among the schedule's vendors.
    SimulatedVendor(
        World& world, std::size_t index, std::string instance, std::string_view vendor, Dice dice
    );

    [[nodiscard]] std::string const& instance() const noexcept { return instance_; }
    [[nodiscard]] std::string_view name() const noexcept { return vendor_->name(); }
    [[nodiscard]] std::size_t index() const noexcept { return index_; }

    [[nodiscard]] Mood mood() const noexcept { return mood_; }
    void set_mood(Mood mood) noexcept { mood_ = mood; }
    [[nodiscard]] Fate draw() { return draw_fate(dice_, mood_); }

    /// Does what the request asks for, or does not, as `fate` says, and answers it. `operation` is
    /// null for a request for a token.
    [[nodiscard]] SimulatedAnswer answer(
        HttpRequest const& request,
        Fate const& fate,
        OperationRecord* operation,
        std::size_t exchange
    );

    void revoke_tokens() { vendor_->revoke_tokens(); }

private:
    [[nodiscard]] mocks::VendorAnswer carry_out(
        HttpRequest const& request, OperationRecord* operation, std::size_t exchange
    );
    [[nodiscard]] mocks::MockResponse other_answer(
        Fate const& fate, OperationRecord const* operation, SimulatedAnswer& answer
    );
    [[nodiscard]] mocks::MockResponse throttled(
        Fate const& fate, int status, SimulatedAnswer& answer
    );
    [[nodiscard]] mocks::MockResponse documented(
        Fate const& fate, OperationRecord const* operation
    );

    World& world_;
    std::size_t index_;
    std::string instance_;
    std::unique_ptr<mocks::Vendor> vendor_;
    Dice dice_;
    mocks::IdSource ids_;
    Mood mood_{Mood::well};
    /// What earlier sends and checks were answered, if they succeeded.
    std::optional<mocks::MockResponse> earlier_send_;
    std::optional<mocks::MockResponse> earlier_check_;
};

}  // namespace otp::simulation
