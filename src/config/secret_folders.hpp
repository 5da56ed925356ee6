#pragma once

#include "config/object_reader.hpp"
#include "config/secret_file.hpp"

#include <otp/config.hpp>

#include <vector>

namespace otp::config {

/// The folders whose secret files others may read: those of containers and services, and those that
/// `secret_folders` of the document's root names. Relative ones begin at `sources.base_directory`.
/// None where no file may be read.
[[nodiscard]] std::vector<SecretFolder> read_secret_folders(
    ObjectReader const& root, ConfigSources const& sources
);

}  // namespace otp::config
