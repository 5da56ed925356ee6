#include "send_report.hpp"

#include "exit_status.hpp"

#include <otp/iso8601.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iostream>
#include <sstream>
#include <utility>

namespace otp::cli {

namespace {

[[nodiscard]] bool is_in_file(SendReport const& report) noexcept {
    return !report.handle_file.empty() && !report.handle_failure;
}

[[nodiscard]] std::string receipt_json(SendReceipt const& receipt, bool show_test_code) {
    boost::json::object object;
    object["ok"] = true;
    object["delivery"] = to_string(Delivery::accepted);
    object["may_have_sent_more"] = receipt.may_have_sent_more;
    object["instance"] = receipt.handle.instance();
    object["vendor"] = receipt.handle.vendor();
    object["channel"] = to_string(receipt.handle.channel());
    object["request_id"] = text_or_null(receipt.request_id);
    object["expires_at"] =
        text_or_null(receipt.expires_at ? format_iso8601(*receipt.expires_at) : "");
    object["handle"] = receipt.handle.to_json();
    object["attempts"] = attempts_json(receipt.attempts);
    object["warnings"] = texts_json(receipt.warnings);
    bool const has_code = show_test_code && receipt.test_code;
    object["test_code"] = text_or_null(has_code ? receipt.test_code->reveal() : "");
    return json_line(object);
}

/// Where the handle of an accepted send is.
[[nodiscard]] std::string place_of_handle(SendReceipt const& receipt, SendReport const& report) {
    if (report.handle_failure) return boost::json::serialize(receipt.handle.to_json());
    return report.handle_file.empty() ? "not kept (--handle-out FILE or --json)"
                                      : report.handle_file;
}

/// Which attempts left open whether they sent a code, too.
[[nodiscard]] std::string describe_second_code(SendReceipt const& receipt) {
    if (!receipt.may_have_sent_more) return "";
    std::vector<std::string> open;
    for (auto const& attempt : receipt.attempts) {
        if (attempt.delivery != Delivery::unknown) continue;
        if (std::ranges::find(open, attempt.instance) == open.end()) {
            open.push_back(attempt.instance);
        }
    }
    return "a second code may have been sent: whether " + join(open, " and ") +
           " sent one is not known, and the handle checks the last one only";
}

[[nodiscard]] std::string receipt_text(SendReceipt const& receipt, SendReport const& report) {
    std::ostringstream out;
    out << "accepted by " << receipt.handle.vendor() << '\n';
    print_detail(out, "instance", receipt.handle.instance());
    print_detail(out, "channel", to_string(receipt.handle.channel()));
    print_detail(out, "request id", receipt.request_id);
    print_detail(out, "expires at", receipt.expires_at ? format_iso8601(*receipt.expires_at) : "");
    if (report.attempts == AttemptLines::shown) print_attempts(out, receipt.attempts, Step::send);
    print_detail(out, "attention", describe_second_code(receipt));
    if (receipt.test_code) {
        print_detail(
            out,
            "test code",
            report.show_test_code ? receipt.test_code->reveal()
                                  : "handed out by the vendor (--show-test-code)"
        );
    }
    print_detail(out, "handle", place_of_handle(receipt, report));
    return std::move(out).str();
}

/// Where the report of a send goes, or its handle in its place.
[[nodiscard]] int print_text(
    std::string_view text, int status, std::string_view if_lost, SendReport const& report
) {
    if (!report.is_beside_events) return print_result(text, status, if_lost);
    std::cerr << text;
    return status;
}

/// The second of two misfortunes, if there was one: `status` is what became of standard output.
[[nodiscard]] int report_handle_file(SendReport const& report, int status) {
    if (!report.handle_failure) return status;
    auto const lost = status == exit_status::output_lost;
    std::cerr << "otp: the handle cannot be written to " << report.handle_file << " ("
              << report.handle_failure.message() << "); it is "
              << (lost                      ? "lost"
                  : report.is_beside_events ? "on standard error instead"
                                            : "on standard output instead")
              << '\n';
    return exit_status::output_lost;
}

void print_lack_of_handle(std::ostream& out, Error const& error) {
    print_detail(
        out,
        "handle",
        error.attempts.empty() ? "none is known: the program lost sight of the send"
                               : "none: a check needs what only the vendor's answer says"
    );
}

void print_use_of_handle(std::ostream& out, Error const& error, SendReport const& report) {
    if (error.delivery != Delivery::unknown) return;
    if (!error.handle) {
        print_lack_of_handle(out, error);
    } else if (is_in_file(report)) {
        print_detail(out, "handle", report.handle_file);
        out << "The code, if it arrives, can be checked with " << report.handle_file << ".\n";
    } else if (report.handle_file.empty() && !report.json) {
        print_detail(out, "handle", "not kept (--handle-out FILE or --json)");
    }
}

/// What is lost with the object of a failed send, and where its handle is all the same.
[[nodiscard]] std::string loss_of_object(Error const& error, SendReport const& report) {
    std::string const loss = "the JSON object is lost";
    if (!error.handle) return loss;
    return loss + (is_in_file(report) ? ", but the handle is in " + report.handle_file
                                      : ", and the handle in it");
}

[[nodiscard]] int report_failed_send_as_json(Error const& error, SendReport const& report) {
    auto const status = print_error_object(error, Step::send, loss_of_object(error, report));
    if (status == exit_status::output_lost) print_use_of_handle(std::cerr, error, report);
    return report_handle_file(report, status);
}

}  // namespace

std::string handle_line(VerificationHandle const& handle) {
    return json_line(handle.to_json());
}

int report_receipt(SendReceipt const& receipt, SendReport const& report) {
    for (auto const& warning : receipt.warnings) {
        std::cerr << "otp: warning: " << receipt.handle.instance() << ": " << warning << '\n';
    }
    auto const text =
        report.json ? receipt_json(receipt, report.show_test_code) : receipt_text(receipt, report);
    auto const if_lost =
        "the code was accepted by " + receipt.handle.vendor() +
        (is_in_file(report) ? ", and its handle is in " + report.handle_file +
                                  "; everything else that is known of it is lost"
                            : ", but what is known of it is lost, its handle included");
    return report_handle_file(report, print_text(text, exit_status::success, if_lost, report));
}

int report_failed_send(Error const& error, SendReport const& report) {
    if (report.json) return report_failed_send_as_json(error, report);
    print_error(std::cerr, error, Step::send, report.attempts);
    print_use_of_handle(std::cerr, error, report);
    auto const status = exit_status_of(error);
    if (!report.handle_failure) return status;
    return report_handle_file(
        report, print_text(handle_line(*error.handle), status, "the handle is lost", report)
    );
}

}  // namespace otp::cli
