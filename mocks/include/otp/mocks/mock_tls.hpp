#pragma once

#include <filesystem>

namespace otp::mocks {

/// A server certificate and its key, PEM files.
struct MockTls {
    std::filesystem::path certificate;
    std::filesystem::path key;
    /// What clients have to trust. Empty: the certificate file itself, which is right for one that
    /// signed itself and for a file that holds the whole chain.
    std::filesystem::path authority{};
};

}  // namespace otp::mocks
