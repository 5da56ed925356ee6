#include "table.hpp"

#include <algorithm>
#include <ostream>

namespace otp::cli {

void print_table(std::ostream& out, std::vector<Row> const& rows) {
    if (rows.empty()) return;
    std::vector<std::size_t> widths(rows.front().size());
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            auto const last = i + 1 == widths.size();
            out << row[i] << (last ? "" : std::string(widths[i] - row[i].size() + 2, ' '));
        }
        out << '\n';
        if (&row != &rows.front()) continue;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            out << std::string(widths[i], '-') << (i + 1 == widths.size() ? "\n" : "  ");
        }
    }
}

}  // namespace otp::cli
