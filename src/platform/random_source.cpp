#include <otp/seam/random_source.hpp>

#include <openssl/rand.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace otp {

namespace {

class SystemRandomSource final : public RandomSource {
public:
    void fill(std::span<std::byte> bytes) override {
        while (!bytes.empty()) {
            // RAND_bytes takes an int.
            constexpr std::size_t max_part = std::numeric_limits<int>::max();
            auto const part = bytes.first(std::min(bytes.size(), max_part));
            auto* const begin = reinterpret_cast<unsigned char*>(part.data());
            if (RAND_bytes(begin, static_cast<int>(part.size())) != 1) {
                // Guessable bytes would be worse than none.
                throw std::runtime_error("the operating system gave no random bytes");
            }
            bytes = bytes.subspan(part.size());
        }
    }
};

}  // namespace

std::shared_ptr<RandomSource> RandomSource::system() {
    static auto const source = std::make_shared<SystemRandomSource>();
    return source;
}

}  // namespace otp
