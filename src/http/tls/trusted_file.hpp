#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

namespace otp::http {

/// Why a file is of no use, in words that follow its name: `holds no certificate`.
struct FileFault {
    FileFault() = default;
    FileFault(std::string words, boost::system::error_code of_system)
        : text(std::move(words)), cause(of_system) {}

    std::string text;
    /// Of the system, if it is one.
    boost::system::error_code cause;

    /// Whether the file is not to blame, but a lack of descriptors or memory.
    [[nodiscard]] bool is_lack_of_resources() const noexcept;
};

[[noreturn]] inline void throw_exception_from_error(
    FileFault const& fault, boost::source_location const& /*location*/
) {
    throw std::runtime_error(fault.text);
}

template <class T>
using FromFile = boost::system::result<T, FileFault>;

/// The bytes of a regular file of at most 16 MiB; a pipe is not waited for. Whoever reads a secret
/// wipes them.
[[nodiscard]] FromFile<std::string> read_trusted_file(std::filesystem::path const& file);

}  // namespace otp::http
