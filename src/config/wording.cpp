#include "config/wording.hpp"

#include <cstddef>

namespace otp::config {

namespace {

constexpr std::size_t max_path = 1024;

}  // namespace

std::string path_in_quotes(std::filesystem::path const& path) {
    return in_quotes(path.native(), max_path);
}

}  // namespace otp::config
