#pragma once

#include "simulation/operation_record.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

namespace otp::simulation {

/// All operations of a schedule, numbered from 1 on. References stay valid.
class Operations {
public:
    [[nodiscard]] OperationRecord& begin(OperationKind kind);
    /// Null if no operation has that number.
    [[nodiscard]] OperationRecord* find(std::uint64_t id) noexcept;
    [[nodiscard]] OperationRecord* find(std::string_view traceparent) noexcept {
        return find(operation_of(traceparent));
    }
    [[nodiscard]] std::deque<OperationRecord> const& all() const noexcept { return all_; }
    template <class Use>
    void for_each_under_way(Use const& use) {
        for (auto& operation : all_) {
            if (!operation.is_over()) use(operation);
        }
    }
    /// Begun and not over.
    [[nodiscard]] std::size_t under_way() const noexcept { return under_way_; }
    void ended() noexcept { --under_way_; }

private:
    std::deque<OperationRecord> all_;
    std::size_t under_way_{0};
};

}  // namespace otp::simulation
