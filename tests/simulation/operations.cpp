#include "simulation/operations.hpp"

namespace otp::simulation {

OperationRecord& Operations::begin(OperationKind kind) {
    auto& begun = all_.emplace_back();
    begun.id = all_.size();
    begun.kind = kind;
    ++under_way_;
    return begun;
}

OperationRecord* Operations::find(std::uint64_t id) noexcept {
    return id == 0 || id > all_.size() ? nullptr : &all_[id - 1];
}

}  // namespace otp::simulation
