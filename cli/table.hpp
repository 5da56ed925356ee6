#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace otp::cli {

using Row = std::vector<std::string>;

/// Prints rows of the same length as a table, the first one as its head.
void print_table(std::ostream& out, std::vector<Row> const& rows);

}  // namespace otp::cli
