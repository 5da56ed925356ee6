#include "snippets/markdown.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace otp::docs {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view fence = "```";

std::string read(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string_view trimmed(std::string_view text) {
    auto const begin = std::min(text.find_first_not_of(" \t\n"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t\n") + 1);
}

std::vector<CodeBlock> blocks_of(std::string_view markdown) {
    std::vector<CodeBlock> blocks;
    bool inside = false;
    int number = 0;
    for (auto const& line : lines_of(markdown)) {
        ++number;
        if (trimmed(line).starts_with(fence)) {
            if (!inside) {
                blocks.push_back({std::string(trimmed(line).substr(fence.size())), {}, number});
            }
            inside = !inside;
        } else if (inside) {
            blocks.back().text += line + '\n';
        }
    }
    if (inside) throw std::runtime_error("a code block is not closed");
    return blocks;
}

std::string without_code(std::string_view markdown) {
    std::string text;
    bool inside = false;
    for (auto const& line : lines_of(markdown)) {
        if (trimmed(line).starts_with(fence)) {
            inside = !inside;
        } else if (!inside) {
            bool code = false;
            for (char const c : line) {
                if (c == '`') code = !code;
                if (!code) text += c;
            }
            text += '\n';
        }
    }
    return text;
}

Page load_page(fs::path const& project, fs::path const& file) {
    Page page;
    page.path = fs::relative(file, project).generic_string();
    page.text = read(file);
    page.blocks = blocks_of(page.text);
    return page;
}

bool is_markdown(fs::directory_entry const& entry) {
    return entry.is_regular_file() && entry.path().extension() == ".md";
}

void add_snippets(fs::path const& file, std::vector<Snippet>& snippets) {
    constexpr std::string_view opening = "// [snippet ";
    std::optional<Snippet> open;
    for (auto const& line : lines_of(read(file))) {
        auto const text = trimmed(line);
        if (!text.starts_with(opening)) {
            if (open) open->text += line + '\n';
            continue;
        }
        std::string const name(text.substr(opening.size(), text.size() - opening.size() - 1));
        if ((name == "end") != open.has_value()) {
            throw std::runtime_error(file.string() + ": [snippet " + name + "] is out of place");
        }
        if (open) {
            snippets.push_back({open->name, without_indentation(open->text)});
            open.reset();
        } else {
            open.emplace(Snippet{name, {}});
        }
    }
    if (open) throw std::runtime_error(file.string() + ": " + open->name + " does not end");
}

}  // namespace

std::string without_indentation(std::string_view text) {
    auto const lines = lines_of(text);
    std::size_t shared = std::string::npos;
    for (auto const& line : lines) shared = std::min(shared, line.find_first_not_of(' '));
    std::string result;
    for (auto const& line : lines) {
        if (!line.empty()) result += line.substr(std::min(shared, line.size()));
        result += '\n';
    }
    return std::string(trimmed(result));
}

std::vector<Page> load_pages(fs::path const& project) {
    std::vector<Page> pages;
    for (auto const& entry : fs::directory_iterator(project)) {
        if (is_markdown(entry)) pages.push_back(load_page(project, entry.path()));
    }
    for (auto const& entry : fs::recursive_directory_iterator(project / "docs")) {
        if (is_markdown(entry)) pages.push_back(load_page(project, entry.path()));
    }
    std::sort(pages.begin(), pages.end(), [](Page const& left, Page const& right) {
        return left.path < right.path;
    });
    return pages;
}

Page const& page_named(std::vector<Page> const& pages, std::string_view path) {
    auto const found = std::find_if(pages.begin(), pages.end(), [path](Page const& page) {
        return page.path == path;
    });
    if (found == pages.end()) throw std::runtime_error("no page " + std::string(path));
    return *found;
}

std::vector<Snippet> load_snippets(fs::path const& folder) {
    std::vector<Snippet> snippets;
    for (auto const& entry : fs::directory_iterator(folder)) {
        // This file talks about the tags.
        bool const tells_of_tags = entry.path().filename() == fs::path(__FILE__).filename();
        if (entry.path().extension() == ".cpp" && !tells_of_tags) {
            add_snippets(entry.path(), snippets);
        }
    }
    return snippets;
}

std::vector<std::string> links_of(std::string_view markdown) {
    std::vector<std::string> links;
    std::string const text = without_code(markdown);
    for (auto at = text.find("]("); at != text.npos; at = text.find("](", at + 1)) {
        auto const begin = at + 2;
        auto const end = text.find(')', begin);
        if (end != text.npos) links.push_back(text.substr(begin, end - begin));
    }
    return links;
}

std::vector<std::string> table_rows(std::string_view markdown) {
    std::vector<std::string> rows;
    for (auto const& line : lines_of(markdown)) {
        if (line.starts_with('|')) rows.push_back(line);
    }
    return rows;
}

}  // namespace otp::docs
