#include "new_recording.hpp"

#include <otp/error.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <random>
#include <system_error>
#include <utility>

namespace otp::testing {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(fs::path const& place, std::string_view what, std::error_code const& why) {
    throw ErrorException(Error(
        ErrorCategory::config_invalid,
        place.string() + ": " + std::string(what) + ": " + why.message()
    ));
}

/// The greatest number that a file's name begins with.
std::size_t last_number(fs::path const& folder) {
    std::error_code failure;
    std::size_t last = 0;
    for (auto const& entry : fs::directory_iterator(folder, failure)) {
        auto const name = entry.path().filename().string();
        std::size_t number = 0;
        std::from_chars(name.data(), name.data() + name.size(), number);
        last = std::max(last, number);
    }
    if (failure) fail(folder, "the folder cannot be read", failure);
    return last;
}

/// At least four digits, so that names sort by them.
std::string numbered(std::size_t number) {
    constexpr std::size_t width = 4;
    auto digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

/// A file that is gone at the end. Its name is no other's, and no recording's.
class TemporaryFile {
public:
    TemporaryFile(fs::path const& folder, std::string_view text) {
        std::random_device any;
        path_ = folder / (".recording-" + std::to_string(any()) + std::to_string(any()) + ".tmp");
        std::ofstream stream(path_, std::ios::binary | std::ios::trunc);
        stream << text;
        stream.close();
        if (!stream) {
            fail(
                folder,
                "a file cannot be written there",
                std::error_code(errno, std::generic_category())
            );
        }
    }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }

    /// Gives it a further name. False if there is such a file already.
    [[nodiscard]] bool link_to(fs::path const& file) const {
        std::error_code failure;
        fs::create_hard_link(path_, file, failure);
        if (!failure) return true;
        if (failure == std::errc::file_exists) return false;
        fail(file, "the recording cannot be written", failure);
    }

private:
    fs::path path_;
};

bool has(std::string_view route, std::string_view word) {
    return route.find(word) != std::string_view::npos;
}

}  // namespace

std::string operation_of_route(std::string_view route) {
    struct Word {
        std::string_view part;
        std::string_view operation;
    };
    // The first one that stands in the route.
    static constexpr auto words = std::to_array<Word>(
        {{"token", "token"},
         {"login_or_create", "send"},
         {"login", "token"},
         {"verif", "verify"},
         {"authenticate", "verify"},
         {"check", "verify"},
         {"status", "confirm"},
         {"resend", "resend"}}
    );
    for (auto const& [part, operation] : words) {
        if (has(route, part)) return std::string(operation);
    }
    return "send";
}

std::filesystem::path save_new_recording(
    Recording recording, std::filesystem::path const& folder, std::string_view operation
) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) fail(folder, "the folder cannot be made", failure);
    auto const rest =
        '_' + std::string(operation) + '_' + std::to_string(recording.response.status);
    for (auto number = last_number(folder) + 1;; ++number) {
        recording.name = numbered(number) + rest;
        auto file = folder / (recording.name + ".json");
        TemporaryFile const written(folder, to_text(recording));
        if (written.link_to(file)) return file;
    }
}

}  // namespace otp::testing
