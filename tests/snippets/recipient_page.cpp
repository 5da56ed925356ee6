#include "snippets/recipient_page.hpp"

#include <otp/mocks/reserved_recipients.hpp>
#include <otp/vendor_registry.hpp>

#include <algorithm>
#include <vector>

namespace otp::docs {

namespace {

using mocks::MockStep;

constexpr char introduction[] =
    R"(# Reserved recipients of the mock vendors

The mock vendors (`otp mock`, `otp::mocks::MockVendors`) answer these recipients in one particular way. Any other valid recipient gets a code. See [Testing offline](testing-offline.md).

A recipient of the column "send" provokes the answer to the send. With a recipient of the column "verify" the send succeeds, and every check of a code is answered so, whatever the code. The rules for methods, credentials and fields come first in both cases.

"Obeyed" means that the vendor did what it was asked before the trouble, so that a code was sent.

This page is made from `otp::mocks::reserved_recipients()`, and a test compares the two.
)";

/// One way to answer, and who provokes it.
struct Row {
    std::string provokes;
    std::vector<std::string> send;
    std::vector<std::string> verify;
};

std::vector<Row> rows_of(std::string const& vendor) {
    std::vector<Row> rows;
    for (auto const& reserved : mocks::reserved_recipients()) {
        if (reserved.vendor != vendor) continue;
        auto row = std::find_if(rows.begin(), rows.end(), [&](Row const& earlier) {
            return earlier.provokes == reserved.provokes;
        });
        if (row == rows.end()) row = rows.insert(rows.end(), Row{reserved.provokes, {}, {}});
        (reserved.step == MockStep::send ? row->send : row->verify).push_back(reserved.recipient);
    }
    return rows;
}

std::string cell(std::vector<std::string> const& recipients) {
    std::string text;
    for (auto const& recipient : recipients) text += (text.empty() ? "`" : ", `") + recipient + '`';
    return text;
}

}  // namespace

std::string recipient_page() {
    std::string page = introduction;
    auto const registry = VendorRegistry::built_in();
    for (auto const* const vendor : registry.vendors()) {
        page += "\n## " + vendor->title + "\n\n| answer | send | verify |\n|---|---|---|\n";
        for (auto const& row : rows_of(vendor->name)) {
            page +=
                "| " + row.provokes + " | " + cell(row.send) + " | " + cell(row.verify) + " |\n";
        }
    }
    return page;
}

}  // namespace otp::docs
