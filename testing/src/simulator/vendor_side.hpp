#pragma once

#include "simulator/message_store.hpp"
#include "simulator/scenario.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/transport.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace otp::testing::simulator {

/// What becomes of one request.
class SimulatedAnswer {
public:
    explicit SimulatedAnswer(HttpExchange how_it_ends) : exchange(std::move(how_it_ends)) {}

    /// `bytes_taken` is 0 if nothing of the request leaves.
    HttpExchange exchange;
    std::chrono::milliseconds delay{0};
    /// Whether it ends before its time is over.
    bool comes{true};
};

/// To whom codes are shown, beside the person who asked for them.
enum class ShowCodes { nobody, standard_error, receipt };

/// The other end of the simulator: what a vendor's server would be. Shares nothing with the adapter
/// but what `docs/vendors/simulator.md` says of the exchanges.
class VendorSide {
public:
    VendorSide(
        std::shared_ptr<MessageStore> store,
        Scenario scenario,
        std::string instance,
        ShowCodes show_codes
    );

    /// Carries out `request` at the present of `clock`, which the messages keep.
    [[nodiscard]] SimulatedAnswer answer(
        HttpRequest const& request, std::shared_ptr<Clock> const& clock
    );

private:
    struct SendRequest;
    struct CheckRequest;

    [[nodiscard]] SimulatedAnswer send(
        SendRequest const& request, std::shared_ptr<Clock> const& clock
    );
    [[nodiscard]] SimulatedAnswer check(CheckRequest const& request, Clock const& clock);
    [[nodiscard]] StoredMessage make_message(
        SendRequest const& request, Rule const& rule, std::size_t number, UtcTime now
    ) const;
    [[nodiscard]] StoredMessage recall(CheckRequest const& request, Rule const& rule) const;
    [[nodiscard]] std::string make_code(
        std::string_view request,
        std::string_view to,
        Rule const& rule,
        std::size_t number,
        UtcTime sent_at
    ) const;
    [[nodiscard]] Step next_step(
        std::vector<Step> const& steps, char const* operation, std::string_view to
    );
    void show(StoredMessage const& message, Step const& step) const;

    std::shared_ptr<MessageStore> store_;
    Scenario scenario_;
    std::string instance_;
    ShowCodes show_codes_;
};

}  // namespace otp::testing::simulator
