#include "simulator/checked_json.hpp"
#include "simulator/scenario.hpp"

#include <otp/adapter/text_check.hpp>
#include <otp/iso8601.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace otp::testing::simulator {

namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

/// Reads the parts of a scenario, and collects what is wrong with them.
class Reader {
public:
    explicit Reader(FixedCodes fixed_codes) : fixed_codes_(fixed_codes) {}

    Scenario read(json::value const& document) {
        Scenario scenario;
        auto const* const root = json_.object_at(
            document,
            "",
            {"$schema", "version", "seed", "reserved_recipients", "defaults", "recipients"}
        );
        if (root == nullptr) return scenario;
        read_version(*root);
        scenario.seed = json_.whole_number(*root, "", "seed", 0, std::numeric_limits<int>::max());
        scenario.reserved_recipients = json_.flag(*root, "", "reserved_recipients").value_or(true);
        if (auto const* const rule = root->if_contains("defaults")) {
            scenario.defaults = read_rule(*rule, "/defaults");
        }
        if (auto const* const recipients = root->if_contains("recipients")) {
            read_recipients(*recipients, scenario);
        }
        return scenario;
    }

    [[nodiscard]] std::vector<FieldViolation> take() { return json_.take(); }

private:
    void read_version(json::object const& root) {
        auto const* const version = root.if_contains("version");
        if (version == nullptr) return json_.refuse("/version", "is missing: it is 1");
        auto const* const number = version->if_int64();
        if (number == nullptr || *number != 1) json_.refuse("/version", "must be 1");
    }

    void read_recipients(json::value const& value, Scenario& scenario) {
        auto const* const recipients = value.if_object();
        if (recipients == nullptr) return json_.refuse("/recipients", "must be an object");
        for (auto const& member : *recipients) {
            std::string_view const pattern = member.key();
            auto const at = append_json_pointer("/recipients", pattern);
            check_pattern(pattern, at);
            scenario.recipients.emplace_back(pattern, read_rule(member.value(), at));
        }
    }

    void check_pattern(std::string_view pattern, std::string const& at) {
        auto const stars = std::count(pattern.begin(), pattern.end(), '*');
        bool const may_have_one = pattern.starts_with('*') || pattern.ends_with('*');
        bool const is_recipient = pattern.starts_with('+') ||
                                  pattern.find('@') != std::string_view::npos || pattern == "*";
        if (stars > (may_have_one ? 1 : 0) || !is_recipient) {
            json_.refuse(
                at,
                "must be a number such as +12025550162, an address such as user@example.com, or "
                "one of them with one * at its beginning or end"
            );
        }
    }

    Rule read_rule(json::value const& value, std::string const& at) {
        Rule rule;
        auto const* const object = json_.object_at(
            value,
            at,
            {"send", "verify", "code", "valid_until", "expires_in", "wrong_codes", "code_length"}
        );
        if (object == nullptr) return rule;
        rule.send = read_steps(*object, at, "send");
        rule.verify = read_steps(*object, at, "verify");
        rule.expires_in = json_.duration(*object, at, "expires_in");
        rule.wrong_codes = json_.whole_number(*object, at, "wrong_codes", 1, 100);
        rule.code_length = json_.whole_number(*object, at, "code_length", 4, 10);
        read_fixed_code(*object, at, rule);
        return rule;
    }

    void read_fixed_code(json::object const& object, std::string const& at, Rule& rule) {
        if (auto const code = json_.text(object, at, "code")) {
            bool const is_one =
                code->size() >= 4 && code->size() <= 10 && adapter::is_digits(*code, code->size());
            if (!is_one) json_.refuse(append_json_pointer(at, "code"), "must be 4 to 10 digits");
            rule.code = std::string(*code);
        }
        if (auto const until = json_.text(object, at, "valid_until")) {
            rule.valid_until = parse_iso8601(*until);
            if (!rule.valid_until) {
                json_.refuse(
                    append_json_pointer(at, "valid_until"),
                    "must be a time with its zone, such as 2027-01-31T00:00:00Z"
                );
            }
        }
        bool const code_given = object.contains("code");
        bool const end_given = object.contains("valid_until");
        if (end_given && !code_given) {
            json_.refuse(
                append_json_pointer(at, "valid_until"), "is about a code, which is missing"
            );
        }
        if (code_given && !end_given && fixed_codes_ == FixedCodes::must_end) {
            json_.refuse(
                append_json_pointer(at, "valid_until"),
                "is missing: a code that is written down must end one day"
            );
        }
    }

    std::vector<Step> read_steps(
        json::object const& object, std::string const& at, std::string_view name
    ) {
        std::vector<Step> steps;
        auto const* const value = object.if_contains(name);
        if (value == nullptr) return steps;
        auto const here = append_json_pointer(at, name);
        bool const is_send = name == "send";
        auto const read = [&](json::value const& step, std::string const& pointer) {
            steps.push_back(is_send ? read_send(step, pointer) : read_check(step, pointer));
        };
        auto const* const list = value->if_array();
        if (list == nullptr) {
            read(*value, here);
        } else if (list->empty()) {
            json_.refuse(here, "must have at least one step");
        } else {
            for (std::size_t place = 0; place < list->size(); ++place) {
                read((*list)[place], append_json_pointer(here, std::to_string(place)));
            }
        }
        return steps;
    }

    Step read_send(json::value const& value, std::string const& at) {
        Step step;
        auto const* const object = json_.object_at(
            value, at, {"fail", "delivery", "code_arrives", "arrives_after", "delay", "retry_after"}
        );
        if (object == nullptr) return step;
        read_failure(*object, at, step);
        step.code_arrives = json_.flag(*object, at, "code_arrives").value_or(!step.failure);
        step.arrives_after = json_.duration(*object, at, "arrives_after").value_or(milliseconds(0));
        if (step.code_arrives && step.failure && step.delivery == Delivery::not_sent) {
            json_.refuse(
                append_json_pointer(at, "code_arrives"),
                "cannot be true where nothing was sent: the delivery must be unknown"
            );
        }
        return step;
    }

    Step read_check(json::value const& value, std::string const& at) {
        using enum VerificationOutcome;
        Step step;
        auto const* const object =
            json_.object_at(value, at, {"outcome", "fail", "delivery", "delay", "retry_after"});
        if (object == nullptr) return step;
        read_failure(*object, at, step);
        step.outcome = json_.one_of<VerificationOutcome>(
            *object,
            at,
            "outcome",
            "outcome",
            std::array{approved, wrong_code, expired, too_many_attempts, rejected}
        );
        if (step.outcome && step.failure) {
            json_.refuse(append_json_pointer(at, "outcome"), "cannot stand beside fail");
        }
        return step;
    }

    void read_failure(json::object const& object, std::string const& at, Step& step) {
        step.failure = read_category(object, at);
        step.delay = json_.duration(object, at, "delay").value_or(milliseconds(0));
        if (auto const wait = json_.duration(object, at, "retry_after")) {
            step.retry_after = std::chrono::ceil<std::chrono::seconds>(*wait);
        }
        auto const delivery = json_.one_of<Delivery>(
            object,
            at,
            "delivery",
            "delivery of a failure",
            std::array{Delivery::not_sent, Delivery::unknown}
        );
        if (step.failure) step.delivery = delivery.value_or(usual_delivery(*step.failure));
        for (auto const* name : {"delivery", "retry_after"}) {
            if (object.contains(name) && !object.contains("fail")) {
                json_.refuse(append_json_pointer(at, name), "is about a failure: fail is missing");
            }
        }
        bool const never_connects = step.failure == ErrorCategory::connect_failed ||
                                    step.failure == ErrorCategory::tls_failed;
        if (never_connects && step.delivery == Delivery::unknown) {
            json_.refuse(
                append_json_pointer(at, "delivery"),
                "must be not_sent: nothing leaves where there is no connection"
            );
        }
    }

    std::optional<ErrorCategory> read_category(json::object const& object, std::string const& at) {
        std::vector<ErrorCategory> all;
        for (int number = 0; number <= static_cast<int>(ErrorCategory::internal); ++number) {
            all.push_back(static_cast<ErrorCategory>(number));
        }
        return json_.one_of<ErrorCategory>(object, at, "fail", "category of an error", all);
    }

    /// What such a failure mostly leaves behind.
    static Delivery usual_delivery(ErrorCategory category) noexcept {
        switch (category) {
            case ErrorCategory::unavailable:
            case ErrorCategory::provider_error:
            case ErrorCategory::bad_response:
            case ErrorCategory::timeout:
            case ErrorCategory::connection_lost:
            case ErrorCategory::deadline_exceeded:
            case ErrorCategory::cancelled:
            case ErrorCategory::internal:
                return Delivery::unknown;
            default:
                return Delivery::not_sent;
        }
    }

    FixedCodes fixed_codes_;
    CheckedJson json_;
};

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, FixedCodes fixed_codes) {
    auto const document = parse_json_body(text);
    if (!document) {
        return Error(ErrorCategory::config_invalid, "is no JSON: " + document.error().message);
    }
    Reader reader(fixed_codes);
    auto scenario = reader.read(*document);
    auto violations = reader.take();
    if (violations.empty()) return scenario;
    return field_errors(ErrorCategory::config_invalid, std::move(violations));
}

}  // namespace otp::testing::simulator
