#include "platform/names_on_way.hpp"

#include <algorithm>

namespace otp::platform {

namespace {

namespace fs = std::filesystem;

// As the kernel: beyond that links lead in a circle.
constexpr int most_links = 40;

/// Steps that are still to be gone, the next one last.
class Steps {
public:
    void put_first(fs::path const& path) {
        auto const end = static_cast<std::ptrdiff_t>(steps_.size());
        steps_.insert(steps_.end(), path.begin(), path.end());
        std::reverse(steps_.begin() + end, steps_.end());
    }
    [[nodiscard]] bool empty() const noexcept { return steps_.empty(); }
    [[nodiscard]] fs::path take() {
        auto step = std::move(steps_.back());
        steps_.pop_back();
        return step;
    }

private:
    std::vector<fs::path> steps_;
};

}  // namespace

std::vector<WatchedName> names_on_way(fs::path const& file, ReadLink const& read_link) {
    std::vector<WatchedName> names;
    Steps steps;
    steps.put_first(file);
    fs::path place = "/";
    int links = 0;
    while (!steps.empty()) {
        auto const step = steps.take();
        if (step.empty() || step == ".") continue;
        if (step.is_absolute()) {
            place = "/";
        } else if (step == "..") {
            place = place.parent_path();
        } else {
            names.push_back({place, step.string()});
            auto const target = read_link(place / step);
            if (target && ++links > most_links) return names;
            if (target) {
                steps.put_first(*target);
            } else {
                place /= step;
            }
        }
    }
    names.push_back({place, {}});
    return names;
}

}  // namespace otp::platform
