#include "fuzz/harness/decode_target.hpp"

#include "fuzz/harness/byte_mutation.hpp"
#include "fuzz/support/decode_check.hpp"
#include "fuzz/support/recorded_answer.hpp"

#include <cstring>
#include <iterator>
#include <string_view>
#include <utility>

namespace otp::fuzz {

DecodeTarget::DecodeTarget(
    Oracle oracle, std::vector<std::string> names, std::vector<std::string> texts
)
    : vendor_(oracle), names_(std::move(names)), texts_(std::move(texts)) {}

int DecodeTarget::run(std::uint8_t const* data, std::size_t size) {
    auto const answer = read_answer({reinterpret_cast<char const*>(data), size});
    if (!answer) return -1;
    auto const* const request = vendor_.request_of(answer->recording);
    if (!request) return -1;
    check_decoding(*request, vendor_.oracle(), *answer);
    return 0;
}

Answer DecodeTarget::any_recorded_answer(Random& random) const {
    auto const& recordings = vendor_.recordings();
    auto const at = static_cast<std::ptrdiff_t>(below(random, recordings.size()));
    return recorded_answer(std::next(recordings.begin(), at)->second);
}

std::size_t DecodeTarget::mutate(
    std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
) {
    Random random(seed);
    auto answer = read_answer({reinterpret_cast<char const*>(data), size});
    auto const* request = answer ? vendor_.request_of(answer->recording) : nullptr;
    if (!request || below(random, 50) == 0) {
        answer = any_recorded_answer(random);
        request = vendor_.request_of(answer->recording);
    }
    switch (below(random, 20)) {
        case 0:
            mutate_bytes(answer->body, max_size);
            break;
        case 1:
            answer->recording = any_recorded_answer(random).recording;
            break;
        default:
            mutate_answer(*answer, {names_, texts_, request->canaries}, random);
    }
    auto const text = write_answer(*answer);
    if (text.size() > max_size) return size;
    std::memcpy(data, text.data(), text.size());
    return text.size();
}

}  // namespace otp::fuzz
