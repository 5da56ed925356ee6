// Stands in for libFuzzer where it is missing: runs a target on every file that is named, or that
// is in a folder that is named, and then on a fixed number of mutations of them. A broken rule ends
// the program as under libFuzzer.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
);

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_input = 4096;
constexpr std::string_view rounds_option = "--rounds=";

std::minstd_rand random_bytes;

std::string read(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_of(fs::path const& place) {
    if (!fs::is_directory(place)) return {place};
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(place)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void run(std::string const& input) {
    // A copy of exactly that size, so that a sanitizer sees a read behind its end.
    std::vector<std::uint8_t> const bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void run_mutation(std::string input) {
    auto const size = input.size();
    input.resize(std::max(size, longest_input));
    auto* const bytes = reinterpret_cast<std::uint8_t*>(input.data());
    auto const seed = static_cast<unsigned int>(random_bytes());
    input.resize(
        LLVMFuzzerCustomMutator != nullptr
            ? LLVMFuzzerCustomMutator(bytes, size, input.size(), seed)
            : LLVMFuzzerMutate(bytes, size, input.size())
    );
    run(input);
}

}  // namespace

/// One byte is changed, added or removed.
extern "C" std::size_t LLVMFuzzerMutate(
    std::uint8_t* data, std::size_t size, std::size_t max_size
) {
    auto const byte = static_cast<std::uint8_t>(random_bytes());
    auto const at = size == 0 ? 0 : random_bytes() % size;
    if (size < max_size && (size == 0 || random_bytes() % 3 == 0)) {
        std::copy_backward(data + at, data + size, data + size + 1);
        data[at] = byte;
        return size + 1;
    }
    if (size > 0 && random_bytes() % 2 == 0) {
        std::copy(data + at + 1, data + size, data + at);
        return size - 1;
    }
    if (size > 0) data[at] = byte;
    return size;
}

int main(int count, char** arguments) {
    std::size_t rounds = 0;
    std::vector<std::string> inputs;
    for (std::string_view const argument :
         std::vector<std::string>(arguments + 1, arguments + count)) {
        if (argument.starts_with(rounds_option)) {
            rounds = std::stoul(std::string(argument.substr(rounds_option.size())));
            continue;
        }
        for (auto const& file : files_of(argument)) {
            // The last name that is shown is the one of the finding.
            std::cerr << file.string() << '\n';
            inputs.push_back(read(file));
            run(inputs.back());
        }
    }
    if (inputs.empty()) {
        std::cerr << "nothing to replay\n";
        return 1;
    }
    for (std::size_t round = 0; round < rounds; ++round) {
        run_mutation(inputs[round % inputs.size()]);
    }
    std::cout << inputs.size() << " inputs and " << rounds << " mutations\n";
    return 0;
}
