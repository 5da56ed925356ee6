#include "simulation/models.hpp"

namespace otp::simulation {

InstanceModel* Models::find(std::size_t generation, std::string_view instance) const {
    for (auto const& model : generations_[generation]) {
        if (model->name() == instance) return model.get();
    }
    return nullptr;
}

}  // namespace otp::simulation
