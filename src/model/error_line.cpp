#include "model/ascii.hpp"
#include "model/utf8.hpp"

#include <otp/error.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace otp {

namespace {

constexpr std::size_t most_violations = 3;

/// Writes one line, whatever is in the texts that it is given.
class Line {
public:
    Line& text(std::string_view text) {
        while (!text.empty()) {
            auto const [value, size, valid] = model::first_code_point(text);
            if (!valid) {
                line_ += '?';
            } else if (model::is_displayable(value)) {
                line_ += text.substr(0, size);
            } else {
                line_ += ' ';
            }
            text.remove_prefix(size);
        }
        return *this;
    }

    Line& number(long long number) {
        line_ += std::to_string(number);
        return *this;
    }

    /// Takes the full stop of what was written so far, which goes on.
    void go_on() {
        if (line_.ends_with('.') && !line_.ends_with("...")) line_.pop_back();
    }

    [[nodiscard]] std::string const& get() const noexcept { return line_; }

private:
    std::string line_;
};

void write_who(Line& line, Error const& error) {
    if (error.instance.empty() && error.vendor.empty()) return;
    line.text(error.instance.empty() ? error.vendor : error.instance);
    if (!error.instance.empty() && !error.vendor.empty() && error.vendor != error.instance) {
        line.text(" (").text(error.vendor).text(")");
    }
    line.text(": ");
}

bool is_number(std::string_view code) noexcept {
    return code.find_first_not_of("-0123456789") == code.npos;
}

/// `HTTP 401 unauthorized_credentials`, `HTTP 200 code 319`.
void write_answer(Line& line, Error const& error) {
    bool const has_status = error.http_status != 0;
    if (has_status) line.text(", HTTP ").number(error.http_status);
    if (error.vendor_code.empty()) return;
    line.text(has_status ? " " : ", ");
    if (!has_status || is_number(error.vendor_code)) line.text("code ");
    line.text(error.vendor_code);
}

/// Rounded up, in the unit that people would take. Never with so many digits that a vendor could
/// have a code printed by sending it as `Retry-After`.
void write_wait(Line& line, std::chrono::milliseconds wait) {
    using namespace std::chrono;
    line.text(", retry after ");
    if (wait <= minutes(2)) {
        line.number(ceil<seconds>(wait).count()).text(" s");
    } else if (wait <= hours(2)) {
        line.number(ceil<minutes>(wait).count()).text(" min");
    } else {
        line.number(ceil<hours>(wait).count()).text(" h");
    }
}

/// The error's own words, or those of its category. A vendor whose text is its code once more, or
/// masked as a whole, has no words.
std::string_view words_of(Error const& error) noexcept {
    bool const has_none = error.message.find_first_not_of("* ") == error.message.npos ||
                          error.message == error.vendor_code;
    return has_none ? describe(error.category) : std::string_view(error.message);
}

/// Whether the text has a word that begins so.
bool has_word_that_begins(std::string_view text, std::string_view beginning) noexcept {
    for (auto at = text.find(beginning); at != text.npos; at = text.find(beginning, at + 1)) {
        if (at == 0 || !model::is_letter(text[at - 1])) return true;
    }
    return false;
}

/// How far the request had come, unless the message says so (`connecting to …`, `TLS handshake …`)
/// or the answer was read, which its status says.
void write_phase(Line& line, Error const& error) {
    if (!error.phase || *error.phase == ExchangePhase::done) return;
    auto const phase = to_string(*error.phase);
    auto const stem = phase.substr(0, phase.rfind("ing"));
    if (!has_word_that_begins(error.message, stem)) line.text(", while ").text(phase);
}

/// Its place alone where the message has its text already: ` (/to/email)`.
void write_violation(Line& line, FieldViolation const& violation, std::string_view message) {
    if (violation.message == message) {
        line.text(" (").text(violation.pointer).text(")");
        return;
    }
    line.go_on();
    line.text("; ").text(violation.pointer);
    line.text(violation.pointer.empty() ? "" : ": ").text(violation.message);
}

void write_violations(Line& line, Error const& error) {
    std::size_t left = 0;
    std::size_t written = 0;
    for (auto const& violation : error.violations) {
        if (is_in_message(error, violation)) continue;
        if (written == most_violations) {
            ++left;
            continue;
        }
        write_violation(line, violation, error.message);
        ++written;
    }
    if (left != 0) {
        line.go_on();
        line.text("; and ").number(static_cast<long long>(left)).text(" more");
    }
}

}  // namespace

bool is_in_message(Error const& error, FieldViolation const& violation) {
    auto const& [pointer, text] = violation;
    auto const said = pointer.empty() ? text : pointer + ' ' + text;
    return error.message.find(said) != std::string::npos;
}

std::ostream& operator<<(std::ostream& out, Error const& error) {
    Line line;
    write_who(line, error);
    line.text(to_string(error.category)).text(", ").text(to_string(error.delivery));
    write_answer(line, error);
    write_phase(line, error);
    if (!error.request_id.empty()) line.text(", request ").text(error.request_id);
    if (error.retry_after) write_wait(line, *error.retry_after);
    line.text(": ").text(words_of(error));
    write_violations(line, error);
    return out << line.get();
}

}  // namespace otp
