#include "recordings/spelled_canaries.hpp"

#include <otp/adapter/http_message.hpp>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <system_error>

namespace otp::test {
namespace {

std::string hexadecimal(std::string_view text, std::string_view prefix) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    for (char const c : text) {
        auto const octet = static_cast<unsigned char>(c);
        result += prefix;
        result += digits[octet / 16];
        result += digits[octet % 16];
    }
    return result;
}

/// What `text` looks like in the Base64 of `before`, `text` and more, without the characters that
/// the neighbours have a part in.
std::string in_base64(std::size_t before, std::string_view text) {
    constexpr std::string_view scheme = "Basic ";
    std::string const all = std::string(before, 'x') + std::string(text);
    // The password is empty, and the colon is in the last group.
    auto const encoded = basic_authorization(all, "").substr(scheme.size());
    auto const begin = (before * 8 + 5) / 6;
    auto const end = (all.size() * 8) / 6;
    return encoded.substr(begin, end - begin);
}

std::string small(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

}  // namespace

std::vector<std::string> spellings_to_look_for(std::string_view text) {
    std::vector<std::string> spellings{
        small(std::string(text)),
        small(encode_path_segment(text)),
        hexadecimal(text, "%"),
        hexadecimal(text, "\\u00"),
        hexadecimal(text, "&#x"),
        hexadecimal(text, "")};
    if (text.front() == '+') spellings.emplace_back(text.substr(text.size() - 7));
    for (std::string_view const separator : {" ", "-", "."}) {
        std::string grouped;
        for (char const c : text) {
            if (!grouped.empty()) grouped += separator;
            grouped += c;
        }
        spellings.push_back(small(grouped));
    }
    for (std::size_t before = 0; before < 3; ++before) {
        auto encoded = in_base64(before, text);
        spellings.push_back("base64:" + encoded);
        std::replace(encoded.begin(), encoded.end(), '+', '-');
        std::replace(encoded.begin(), encoded.end(), '/', '_');
        spellings.push_back("base64:" + encoded);
    }
    return spellings;
}

std::vector<std::string> found_in(
    std::filesystem::path const& file, std::vector<std::string> const& texts
) {
    constexpr std::string_view exact = "base64:";
    auto const content = content_of(file);
    auto const lower = small(content);
    std::vector<std::string> found;
    for (auto const& text : texts) {
        for (auto const& spelling : spellings_to_look_for(text)) {
            bool const is_there = spelling.starts_with(exact)
                                      ? content.find(spelling.substr(exact.size())) != content.npos
                                      : lower.find(spelling) != lower.npos;
            if (is_there) found.push_back(spelling);
        }
    }
    return found;
}

std::string content_of(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::filesystem::path> files_of(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator(folder, none)) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace otp::test
