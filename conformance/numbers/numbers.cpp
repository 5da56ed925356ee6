#include "numbers/numbers.hpp"

#include "frame/spoilt_bodies.hpp"
#include "numbers/limits.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::conformance {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr Check large_number{"large number", Cause::overflows};
constexpr Check number_as_id{"large number", Cause::mends_id};

/// No vendor tells a code's end or a wait beyond these; a text of a time has four digits for a
/// year.
constexpr auto last_time = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
constexpr auto longest_wait = std::chrono::hours(24 * 366);

/// What follows a number of an answer, in milliseconds.
using Quantity = std::optional<milliseconds>;

/// The quantities that were seen, in the order of their numbers.
class Course {
public:
    void add(std::string const& number, Quantity quantity) {
        if (!quantity) return;
        if (last_) {
            if (*quantity < *last_) fall_ = fall_.empty() ? number : fall_;
            if (*quantity > *last_) rise_ = rise_.empty() ? number : rise_;
        }
        last_ = quantity;
    }
    /// A number at which what rose with the others falls, or the other way about; empty: there is
    /// none.
    [[nodiscard]] std::string turning_point() const {
        return rise_.empty() || fall_.empty() ? std::string() : std::max(rise_, fall_, by_size);
    }

private:
    static bool by_size(std::string const& left, std::string const& right) {
        return std::stold(left) < std::stold(right);
    }

    Quantity last_;
    std::string fall_;
    std::string rise_;
};

/// The numbers of one answer, one after the other.
class NumberCheck {
public:
    NumberCheck(OperationCheck& check, JsonAnswer const& answer, bool is_success)
        : check_(check), answer_(answer), is_success_(is_success) {}

    void run() {
        original_ = check_.see({large_number, "as documented"}, answer_.response);
        for (auto const& pointer : all_pointers(answer_.body)) {
            boost::system::error_code failure;
            auto const& value = *answer_.body.find_pointer(pointer, failure);
            if (!is_number(value)) continue;
            run_at(pointer);
            if (is_success_) expect_no_congruent(pointer, value);
        }
    }

private:
    void run_at(std::string const& pointer) {
        Course course;
        for (auto const& number : numbers_at_limits()) {
            auto const of_number = quantity_at(pointer, number.raw, number.raw);
            auto const text = json::serialize(json::value(number.raw));
            auto const of_text = quantity_at(pointer, text, number.raw);
            course.add(number.raw, of_number);
            if (of_number && of_text && *of_number != *of_text) {
                fail(pointer, text, "means something else than the number");
            }
        }
        auto const turn = course.turning_point();
        if (!turn.empty()) fail(pointer, turn, "a larger number gives an earlier time or less");
    }

    /// What the adapter reads of the answer with `raw` at the place; nothing if it is none.
    Quantity quantity_at(
        std::string const& pointer, std::string const& raw, std::string const& id
    ) {
        auto response = answer_.response;
        response.body = with_value(answer_.body, pointer, raw);
        auto const seen = check_.see({large_number, pointer + " = " + raw, pointer}, response);
        if (is_success_) {
            if (!seen.success) return std::nullopt;
            expect_id_kept(pointer, id, seen);
            if (!seen.expires_at) return std::nullopt;
            if (*seen.expires_at > last_time) fail(pointer, raw, "expires after the year 9999");
            return seen.expires_at->time_since_epoch();
        }
        if (!seen.error || !seen.error->retry_after) return std::nullopt;
        auto const wait = *seen.error->retry_after;
        if (wait < milliseconds(0) || wait > longest_wait) {
            fail(pointer, raw, "a wait of " + std::to_string(wait.count()) + " ms");
        }
        return wait;
    }

    /// An id that follows the number is the number.
    void expect_id_kept(std::string const& pointer, std::string const& id, Seen const& seen) {
        if (seen.ids.size() != original_.ids.size()) return;
        for (std::size_t index = 0; index < seen.ids.size(); ++index) {
            auto const& kept = seen.ids[index];
            if (kept == original_.ids[index] || kept == id || kept.empty()) continue;
            check_.fail({number_as_id, pointer + " = " + id, pointer}, "is kept as another id");
        }
    }

    /// What the vendor documents all values of is compared as a whole.
    void expect_no_congruent(std::string const& pointer, json::value const& value) {
        auto const& all = check_.answers().all_values_documented;
        if (!value.is_int64() || std::find(all.begin(), all.end(), pointer) == all.end()) return;
        for (auto const& number : congruent_numbers(value.get_int64())) {
            auto response = answer_.response;
            response.body = with_value(answer_.body, pointer, number);
            check_.expect_no_success({large_number, pointer + " = " + number, pointer}, response);
        }
    }

    void fail(std::string const& pointer, std::string const& raw, std::string const& what) {
        check_.fail({large_number, pointer + " = " + raw, pointer}, what);
    }

    OperationCheck& check_;
    JsonAnswer const& answer_;
    bool is_success_;
    Seen original_;
};

}  // namespace

void check_numbers_of_successes(OperationCheck& check) {
    for (auto const& success : check.successes()) NumberCheck(check, success, true).run();
}

void check_numbers_of_refusals(OperationCheck& check) {
    for (auto const& refusal : check.refusals()) NumberCheck(check, refusal, false).run();
}

}  // namespace otp::conformance
