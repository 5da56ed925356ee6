#include "fuzz/harness/json_target.hpp"

#include "fuzz/harness/byte_mutation.hpp"
#include "fuzz/support/input.hpp"

#include <cstring>
#include <string>

namespace otp::fuzz {

std::size_t mutate_json_input(
    std::uint8_t* data,
    std::size_t size,
    std::size_t max_size,
    unsigned int seed,
    Vocabulary const& vocabulary
) {
    Random random(seed);
    auto reading = read_json(as_text(data, size));
    if (!reading || below(random, 10) == 0) return LLVMFuzzerMutate(data, size, max_size);
    for (auto changes = 1 + below(random, 3); changes > 0; --changes) {
        mutate_json(reading->tree, vocabulary, random);
    }
    auto const text = write_json(reading->tree);
    if (text.size() > max_size) return size;
    std::memcpy(data, text.data(), text.size());
    return text.size();
}

}  // namespace otp::fuzz
