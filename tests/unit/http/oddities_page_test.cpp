// The tables of docs/http-oddities.md against the responses of the suite: what a row names is in a
// response that is read, or refused, as the row says.

#include "reading.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace otp::http {
namespace {

/// A row of a table.
struct Oddity {
    std::string answer;
    /// What is made of it here.
    std::string here;
};

std::vector<std::string> cells_of(std::string const& row) {
    std::vector<std::string> cells;
    std::istringstream parts(row.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');) {
        auto const begin = std::min(cell.find_first_not_of(' '), cell.size());
        cells.push_back(cell.substr(begin));
    }
    return cells;
}

std::vector<Oddity> oddities_of_the_page() {
    constexpr std::size_t place_of_here = 5;
    std::vector<Oddity> oddities;
    std::ifstream page(OTP_SOURCE_DIR "/docs/http-oddities.md");
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| ") || line.starts_with("| answer |")) continue;
        auto const cells = cells_of(line);
        oddities.push_back({cells.at(0), cells.at(place_of_here)});
    }
    return oddities;
}

/// The texts between backquotes, but for names of settings.
std::vector<std::string> code_in(std::string const& text) {
    std::vector<std::string> all;
    std::istringstream parts(text);
    bool is_code = false;
    for (std::string part; std::getline(parts, part, '`'); is_code = !is_code) {
        if (is_code && !part.starts_with("max_")) all.push_back(part);
    }
    return all;
}

bool is_in_one_of(std::vector<SampleResponse> const& samples, std::string_view code) {
    return std::any_of(samples.begin(), samples.end(), [code](SampleResponse const& sample) {
        return sample.bytes.find(code) != sample.bytes.npos;
    });
}

TEST(OdditiesPage, NamesNothingThatIsNotTried) {
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (auto const& oddity : oddities_of_the_page()) {
        bool const is_taken =
            oddity.here.starts_with("taken") || oddity.here.starts_with("read over");
        ++(is_taken ? taken : refused);
        for (auto const& code : code_in(oddity.answer)) {
            EXPECT_TRUE(is_in_one_of(is_taken ? good_responses() : hostile_responses(), code))
                << "no response with `" << code << "` is tried that is "
                << (is_taken ? "read" : "refused") << ": " << oddity.answer;
        }
    }
    EXPECT_GT(taken, 8U);
    EXPECT_GT(refused, 12U);
}

}  // namespace
}  // namespace otp::http
