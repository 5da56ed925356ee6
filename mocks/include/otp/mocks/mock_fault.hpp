#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace otp::mocks {

/// A switch that makes mock vendors answer in a way of its own, as long as it is on.
struct MockFault {
    /// `GET /api/faults/known` lists the names: documented errors of a vendor
    /// (`too_many_requests`), what can befall an exchange with any vendor (`html_502`, `cut`),
    /// `delay`, and `stall`, which is `MockTransfer::held`.
    std::string fault;
    /// Empty: all vendors.
    std::string vendor{};
    /// A recipient as `MockVendors::messages` takes it, or what a vendor's check names, such as a
    /// user id. Empty: everyone.
    std::string to{};
    /// `send`, `verify` or `token`. Empty: all requests.
    std::string step{};
    /// Of the requests that it fits: 1 to 100.
    std::uint32_t percent{100};
    /// For so many requests only, at least 1. Nothing: until it is taken away.
    std::optional<std::size_t> count{};
    /// How late the answer leaves, of real time: up to 60 s, and for `delay` at least 1 ms.
    std::chrono::milliseconds delay{0};
    /// Empty: the session without a name.
    std::string session{};
};

}  // namespace otp::mocks
