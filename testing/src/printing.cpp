#include <otp/iso8601.hpp>
#include <otp/testing/printing.hpp>

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

// GoogleTest looks for functions of this name.
// NOLINTBEGIN(readability-identifier-naming)
namespace otp {

namespace {

/// Which of the two operations it was: `Delivery` means another thing in each.
enum class Step : std::uint8_t { send, verify };

/// What it means for the person who waits for a code.
std::string_view meaning(Delivery delivery, Step step) noexcept {
    bool const sends = step == Step::send;
    switch (delivery) {
        case Delivery::not_sent:
            return sends ? "no code was sent" : "the check was not counted";
        case Delivery::unknown:
            return sends ? "a code may be on its way" : "the check may have been counted";
        case Delivery::accepted:
            return "the vendor took it";
    }
    return "";
}

std::string name_of(std::string const& instance, std::string const& vendor) {
    if (instance.empty() || instance == vendor) return vendor;
    return vendor.empty() ? instance : instance + " (" + vendor + ')';
}

/// A line of its own, where GoogleTest's own lines leave room for it.
std::ostream& line(std::ostream& out, std::string_view label) {
    return out << "\n            " << label << ": ";
}

void print_answer(std::ostream& out, int http_status, std::string const& vendor_code) {
    if (http_status != 0) out << ", HTTP " << http_status;
    if (!vendor_code.empty()) out << ", the vendor's code " << vendor_code;
}

void print_result(std::ostream& out, Attempt const& attempt) {
    if (attempt.outcome) {
        out << to_string(*attempt.outcome);
    } else if (attempt.failure) {
        out << to_string(*attempt.failure) << ", " << to_string(attempt.delivery);
    } else {
        out << "accepted";
    }
}

void print_attempts(std::ostream& out, std::vector<Attempt> const& attempts) {
    std::size_t number = 0;
    for (auto const& attempt : attempts) {
        line(out, "attempt " + std::to_string(++number));
        PrintTo(attempt, &out);
    }
}

void print_failure(std::ostream& out, Error const& error, Step step) {
    out << "failed: " << to_string(error.category) << ", " << to_string(error.delivery) << " ("
        << meaning(error.delivery, step) << ')';
    line(out, "error") << error;
    if (error.stop) line(out, "stop") << to_string(*error.stop) << ", " << describe(*error.stop);
    if (error.handle) {
        line(out, "handle");
        PrintTo(*error.handle, &out);
    }
    print_attempts(out, error.attempts);
    if (error.attempts.empty()) line(out, "attempts") << "none";
}

}  // namespace

void PrintTo(Result<SendReceipt> const& sent, std::ostream* out) {
    if (sent) {
        PrintTo(*sent, out);
    } else {
        print_failure(*out, sent.error(), Step::send);
    }
}

void PrintTo(Result<Verification> const& checked, std::ostream* out) {
    if (checked) {
        PrintTo(*checked, out);
    } else {
        print_failure(*out, checked.error(), Step::verify);
    }
}

void PrintTo(SendReceipt const& receipt, std::ostream* out) {
    *out << "accepted by " << name_of(receipt.handle.instance(), receipt.handle.vendor()) << ", "
         << to_string(receipt.handle.channel());
    if (receipt.expires_at) *out << ", expires at " << format_iso8601(*receipt.expires_at);
    if (!receipt.request_id.empty()) *out << ", request id " << receipt.request_id;
    if (receipt.test_code) *out << ", with a test code ***";
    if (receipt.may_have_sent_more) line(*out, "attention") << "it may have sent a second code";
    for (auto const& warning : receipt.warnings) line(*out, "warning") << warning;
    print_attempts(*out, receipt.attempts);
}

void PrintTo(Verification const& verification, std::ostream* out) {
    *out << to_string(verification.outcome);
    print_answer(*out, verification.http_status, verification.vendor_code);
    if (!verification.request_id.empty()) *out << ", request id " << verification.request_id;
    if (verification.session) *out << ", with a session";
    print_attempts(*out, verification.attempts);
}

void PrintTo(VerificationHandle const& handle, std::ostream* out) {
    *out << "a handle of " << name_of(handle.instance(), handle.vendor()) << ", "
         << to_string(handle.channel());
}

void PrintTo(SessionToken const& session, std::ostream* out) {
    *out << "a session, token " << (session.token.empty() ? "none" : "***") << ", JWT "
         << (session.jwt.empty() ? "none" : "***");
}

void PrintTo(Attempt const& attempt, std::ostream* out) {
    *out << name_of(attempt.instance, attempt.vendor) << ": ";
    if (attempt.decision == Decision::skip) {
        *out << "not asked, " << describe(attempt.reason);
        return;
    }
    print_result(*out, attempt);
    bool const has_ended = !attempt.phase || *attempt.phase == ExchangePhase::done;
    if (!has_ended) *out << ", while " << to_string(*attempt.phase);
    print_answer(*out, attempt.http_status, attempt.vendor_code);
    auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(attempt.latency);
    *out << ", " << took.count() << " ms";
    if (attempt.waited_before.count() != 0) {
        *out << " after a wait of " << attempt.waited_before.count() << " ms";
    }
    *out << ", then " << to_string(attempt.decision) << " (" << to_string(attempt.reason) << ')';
}

void PrintTo(AppliedHint const& hint, std::ostream* out) {
    *out << hint.name << ' ' << hint.wanted << ", "
         << (hint.used ? "used " + *hint.used : "left out");
}

void PrintTo(FieldViolation const& violation, std::ostream* out) {
    *out << violation.pointer << ' ' << violation.message;
}

}  // namespace otp
// NOLINTEND(readability-identifier-naming)
