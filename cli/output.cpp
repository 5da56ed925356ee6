#include "output.hpp"

#include "exit_status.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>
#include <iomanip>
#include <iostream>

namespace otp::cli {

namespace {

constexpr int name_width = 14;

[[nodiscard]] std::string_view headline(Delivery delivery, Step step) noexcept {
    if (delivery == Delivery::not_sent) return "failed, nothing was sent";
    return step == Step::verify ? "failed, and the check may have been counted"
                                : "failed, and a code may be on its way";
}

[[nodiscard]] std::string who(std::string const& instance, std::string const& vendor) {
    if (instance.empty() || instance == vendor) {
        return vendor;
    }
    return vendor.empty() ? instance : instance + " (" + vendor + ")";
}

/// What the vendor did not take as it was given.
[[nodiscard]] std::string describe_hints(std::vector<AppliedHint> const& hints) {
    std::string changed;
    std::vector<std::string> left_out;
    for (auto const& hint : hints) {
        if (!hint.used) {
            left_out.push_back(hint.name);
        } else if (*hint.used != hint.wanted) {
            changed += ", " + hint.name + ' ' + *hint.used + " for " + hint.wanted;
        }
    }
    return left_out.empty() ? changed : changed + ", without " + join(left_out);
}

[[nodiscard]] std::string describe_attempt(Attempt const& attempt) {
    auto text = who(attempt.instance, attempt.vendor) + ": ";
    text += attempt.failure ? to_string(*attempt.failure) : "accepted";
    if (attempt.http_status != 0) {
        text += ", HTTP " + std::to_string(attempt.http_status);
    }
    auto const elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(attempt.latency);
    text += ", " + std::to_string(elapsed.count()) + " ms";
    return text + describe_hints(attempt.hints);
}

}  // namespace

void print_json(boost::json::object const& object) {
    std::cout << boost::json::serialize(object) << std::endl;
}

boost::json::array attempts_json(std::vector<Attempt> const& attempts) {
    boost::json::array array;
    for (auto const& attempt : attempts) {
        array.push_back(to_json(attempt));
    }
    return array;
}

boost::json::array texts_json(std::vector<std::string> const& texts) {
    boost::json::array array;
    for (auto const& text : texts) {
        array.emplace_back(text);
    }
    return array;
}

int report_error(Error const& error, bool json, Step step) {
    if (json) {
        boost::json::object object;
        object["ok"] = false;
        object["error"] = to_json(error);
        object["attempts"] = attempts_json(error.attempts);
        print_json(object);
        return exit_status_of(error);
    }
    auto& out = std::cerr;
    auto const configuration = is_configuration_error(error);
    out << "otp: "
        << (configuration ? "the configuration cannot be used" : headline(error.delivery, step))
        << ": " << (error.message.empty() ? describe(error.category) : error.message) << '\n';
    for (auto const& violation : error.violations) {
        out << "  " << violation.pointer << ": " << violation.message << '\n';
    }
    if (!configuration) {
        print_detail(out, "category", to_string(error.category));
    }
    print_detail(out, "instance", who(error.instance, error.vendor));
    print_detail(out, "vendor code", error.vendor_code);
    if (error.http_status != 0) {
        print_detail(out, "HTTP status", std::to_string(error.http_status));
    }
    print_detail(out, "request id", error.request_id);
    if (error.retry_after) {
        print_detail(out, "retry after", std::to_string(error.retry_after->count()) + " ms");
    }
    print_detail(out, "see", error.documentation_url);
    print_attempts(out, error.attempts);
    return exit_status_of(error);
}

int report_usage_error(std::string_view message, bool json) {
    if (json) {
        boost::json::object object;
        object["ok"] = false;
        object["error"] = to_json(Error(ErrorCategory::invalid_request, std::string(message)));
        object["attempts"] = boost::json::array();
        print_json(object);
    } else {
        std::cerr << "otp: " << message << "\nRun `otp --help` or `otp COMMAND --help`.\n";
    }
    return exit_status::usage;
}

void print_detail(std::ostream& out, std::string_view name, std::string_view value) {
    if (value.empty()) {
        return;
    }
    out << "  " << std::left << std::setw(name_width) << name << value << '\n';
}

void print_attempts(std::ostream& out, std::vector<Attempt> const& attempts) {
    for (auto const& attempt : attempts) {
        print_detail(out, "attempt", describe_attempt(attempt));
    }
}

std::string iso_time(std::chrono::sys_time<std::chrono::milliseconds> time) {
    using namespace std::chrono;
    auto const day = floor<days>(time);
    year_month_day const date{day};
    hh_mm_ss const clock{time - day};
    char text[64];
    auto const length = std::snprintf(
        text,
        sizeof text,
        "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count())
    );
    return {text, static_cast<std::size_t>(length)};
}

std::string join(std::vector<std::string> const& texts, std::string_view separator) {
    std::string joined;
    for (auto const& text : texts) {
        if (!joined.empty()) {
            joined += separator;
        }
        joined += text;
    }
    return joined;
}

}  // namespace otp::cli
