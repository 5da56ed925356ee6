// Writes the seeds of all targets: every recorded answer, as input of its vendor's decoders and as
// bytes of HTTP, every recording itself, and a few texts of the other targets' kinds. They are made
// anew for each run, so that they follow the recordings.
#include "fuzz/support/recorded_answer.hpp"
#include "fuzz/support/seed_texts.hpp"
#include "recordings/recorded_call.hpp"

#include <otp/testing/recording.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace {

namespace fs = std::filesystem;
using otp::fuzz::Answer;

void write(fs::path const& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string field_lines(Answer const& answer) {
    std::string lines = "HTTP/1.1 " + std::to_string(answer.status) + " Reason\r\n";
    for (auto const& [name, value] : answer.headers) lines += name + ": " + value + "\r\n";
    return lines;
}

std::string with_length(Answer const& answer) {
    return field_lines(answer) + "Content-Length: " + std::to_string(answer.body.size()) +
           "\r\n\r\n" + answer.body;
}

std::string in_chunks(Answer const& answer) {
    std::string text = field_lines(answer) + "Transfer-Encoding: chunked\r\n\r\n";
    if (!answer.body.empty()) {
        char size[24];
        std::snprintf(size, sizeof size, "%zx", answer.body.size());
        text += std::string(size) + "\r\n" + answer.body + "\r\n";
    }
    return text + "0\r\n\r\n";
}

void write_recorded(fs::path const& folder, std::string const& vendor) {
    auto const source = otp::test::recordings_folder(vendor);
    for (auto const& recording : otp::testing::load_recordings(source)) {
        auto const name = vendor + '_' + recording.name;
        auto const answer = otp::fuzz::recorded_answer(recording);
        write(folder / ("decode_" + vendor) / name, otp::fuzz::write_answer(answer));
        write(folder / "recordings" / name, otp::testing::to_text(recording));
        write(folder / "plain_response" / name, with_length(answer));
        write(folder / "http_reader" / (name + "_length"), "7 20 1\n" + with_length(answer));
        write(folder / "http_reader" / (name + "_chunks"), "30 1 1\n" + in_chunks(answer));
    }
}

void write_texts(fs::path const& folder) {
    for (auto const& [target, texts] : otp::fuzz::seed_texts()) {
        int number = 0;
        for (auto const& text : texts) {
            write(folder / target / ("seed_" + std::to_string(++number)), text);
        }
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: fuzz_seeds FOLDER\n";
        return 2;
    }
    try {
        fs::path const folder = arguments[1];
        for (auto const& vendor : otp::test::recorded_vendors()) write_recorded(folder, vendor);
        write_texts(folder);
    } catch (std::exception const& failure) {
        std::cerr << "fuzz_seeds: " << failure.what() << '\n';
        return 1;
    }
    return 0;
}
