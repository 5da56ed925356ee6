#pragma once

#include <otp/mocks/mock_tls.hpp>

#include <filesystem>
#include <string>

namespace otp::mocks {

/// A certificate for loopback and the authority that signed it.
struct SelfSigned {
    /// For `MockOptions::tls`, the authority included.
    MockTls tls;
    /// Whether it was there already.
    bool reused{false};
};

/// An authority of its own and a certificate of it for `localhost`, 127.0.0.1, ::1 and `host`, in
/// the files `authority.pem`, `certificate.pem` and `key.pem` (mode 0600) of `folder`, which is
/// made if need be. Clients trust `authority.pem`. It cannot sign anything else: its key is not
/// kept.
///
/// What is there already is used again if the three belong together, are valid now and cover all
/// names. Throws `std::runtime_error`, and leaves everything as it is, if they do not, if others
/// may read the key, if only some of the files are there, and if the folder cannot be written.
/// Several processes may call it for one folder at once.
[[nodiscard]] SelfSigned self_signed(
    std::filesystem::path const& folder, std::string const& host = {}
);

}  // namespace otp::mocks
