#pragma once

#include "simulation/instance_model.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace otp::simulation {

/// The models of all instances, for each configuration that the client has had: operations go by
/// the one that they began with.
class Models {
public:
    using Generation = std::vector<std::shared_ptr<InstanceModel>>;

    explicit Models(Generation first) { generations_.push_back(std::move(first)); }

    [[nodiscard]] std::size_t newest() const noexcept { return generations_.size() - 1; }
    [[nodiscard]] Generation const& at(std::size_t generation) const {
        return generations_[generation];
    }
    [[nodiscard]] InstanceModel* find(std::size_t generation, std::string_view instance) const;
    /// From now on. Instances that were made anew begin anew, but for one that is isolated.
    void reloaded(Generation next) { generations_.push_back(std::move(next)); }

private:
    std::vector<Generation> generations_;
};

}  // namespace otp::simulation
