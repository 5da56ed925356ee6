#pragma once

#include "simulation/timeline.hpp"
#include "vendor/vendor.hpp"

#include <otp/seam/transport.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace otp::simulation {

/// What a vendor does all the time.
enum class Steady { serves, refuses_connections, stalls, fails, throttles };

[[nodiscard]] std::string_view to_string(Steady steady) noexcept;

/// A strict mock vendor that is always in the same condition, and counts what reaches it.
class SteadyVendor {
public:
    SteadyVendor(Timeline& timeline, std::string_view vendor, Steady steady, Dice dice);

    [[nodiscard]] std::shared_ptr<Transport> transport(TransportSettings const& settings);

    /// Requests that were begun, and of these sends that were carried out.
    [[nodiscard]] std::uint64_t requests() const noexcept { return requests_; }
    [[nodiscard]] std::uint64_t codes() const noexcept { return codes_; }
    /// The code that went last to whoever the vendor knows as `recipient`; empty: none.
    [[nodiscard]] std::string code_of(std::string const& recipient) const;

private:
    class Way;

    [[nodiscard]] HttpExchange answer(HttpRequest const& request);
    [[nodiscard]] std::chrono::milliseconds draw_time();

    Timeline& timeline_;
    std::unique_ptr<mocks::Vendor> vendor_;
    Steady steady_;
    Dice dice_;
    mocks::IdSource ids_;
    std::uint64_t requests_{0};
    std::uint64_t codes_{0};
    std::unordered_map<std::string, std::string> code_by_recipient_;
};

}  // namespace otp::simulation
