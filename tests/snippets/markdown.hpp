#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace otp::docs {

/// A fenced block of a Markdown file.
struct CodeBlock {
    /// What follows the opening fence: `cpp`, `jsonc complete`.
    std::string info;
    std::string text;
    int line{0};
};

/// A Markdown file of the project.
struct Page {
    /// Relative to the project's folder.
    std::string path;
    std::string text;
    std::vector<CodeBlock> blocks;
};

/// A part of a source file between `// [snippet NAME]` and `// [snippet end]`.
struct Snippet {
    std::string name;
    std::string text;
};

/// Takes away the indentation that all lines share, and white space at both ends.
[[nodiscard]] std::string without_indentation(std::string_view text);

/// The files in the project's folder and in docs/ that end in .md.
[[nodiscard]] std::vector<Page> load_pages(std::filesystem::path const& project);

/// The page, which must exist.
[[nodiscard]] Page const& page_named(std::vector<Page> const& pages, std::string_view path);

/// The snippets of all .cpp files in a folder.
[[nodiscard]] std::vector<Snippet> load_snippets(std::filesystem::path const& folder);

/// Targets of `[text](target)`, code left out.
[[nodiscard]] std::vector<std::string> links_of(std::string_view markdown);

/// The lines that begin with `|`, which are the rows of tables.
[[nodiscard]] std::vector<std::string> table_rows(std::string_view markdown);

}  // namespace otp::docs
