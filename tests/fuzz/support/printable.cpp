#include "fuzz/support/printable.hpp"

#include <sstream>

namespace otp::fuzz {

PrintableTexts printable_texts(Error const& error) {
    PrintableTexts texts{
        {"message", error.message},
        {"vendor code", error.vendor_code},
        {"request id", error.request_id},
        {"documentation url", error.documentation_url},
    };
    for (auto const& violation : error.violations) {
        texts.emplace_back("violation pointer", violation.pointer);
        texts.emplace_back("violation message", violation.message);
    }
    std::ostringstream line;
    line << error;
    texts.emplace_back("printed error", line.str());
    return texts;
}

PrintableTexts printable_texts(SendReceipt const& receipt) {
    PrintableTexts texts{{"request id", receipt.request_id}};
    for (auto const& warning : receipt.warnings) texts.emplace_back("warning", warning);
    return texts;
}

PrintableTexts printable_texts(Verification const& verification) {
    return {
        {"request id", verification.request_id},
        {"vendor code", verification.vendor_code},
    };
}

}  // namespace otp::fuzz
