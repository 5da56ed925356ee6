// What `retry`, `breaker` and `commit_timeout` may be, and what instances take from `defaults`.
#include "config/config_check.hpp"
#include "config_fixture.hpp"

#include <cmath>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// One key: where it stands, how its value is looked at, and what it may be.
struct Key {
    /// `retry`, `breaker`, or nothing for a key of the instance itself.
    std::string part;
    std::string name;
    std::function<std::string(DeliveryConfig const&)> shown;
    std::string fallback;
    /// JSON and what is read of it: just inside of the range.
    std::vector<std::pair<std::string, std::string>> inside;
    /// JSON just outside of the range, and of the wrong type, with the message.
    std::vector<std::pair<std::string, std::string>> outside;
};

void PrintTo(Key const& key, std::ostream* out) {
    *out << key.part << ' ' << key.name;
}

template <class Part, class Value>
auto shown(Part DeliveryConfig::*part, Value Part::*member) {
    return [part, member](DeliveryConfig const& delivery) {
        auto const& value = delivery.*part.*member;
        if constexpr (std::is_same_v<Value, std::chrono::milliseconds>) {
            return std::to_string(value.count());
        } else {
            return testing::PrintToString(value);
        }
    };
}

std::vector<std::pair<std::string, std::string>> with_message(
    std::vector<std::string> const& values, std::string const& message
) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (auto const& value : values) rows.emplace_back(value, message);
    return rows;
}

template <class Part, class Value>
Key integer_key(
    std::string part_name,
    std::string name,
    Part DeliveryConfig::*part,
    Value Part::*member,
    std::string fallback,
    long least,
    long most
) {
    auto const wanted =
        "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    auto outside = with_message(
        {std::to_string(least - 1),
         std::to_string(most + 1),
         "1.5",
         "1e300",
         "18446744073709551615",
         "-9223372036854775808"},
        wanted
    );
    outside.emplace_back("\"2\"", wanted + ", is a string");
    outside.emplace_back("true", wanted + ", is a boolean");
    outside.emplace_back("null", wanted + ", is null");
    auto const low = std::to_string(least);
    auto const high = std::to_string(most);
    return {
        std::move(part_name),
        std::move(name),
        shown(part, member),
        std::move(fallback),
        {{low, low}, {high, high}, {high + ".0", high}, {high + "e0", high}},
        std::move(outside)};
}

template <class Part>
Key number_key(
    std::string name,
    Part DeliveryConfig::*part,
    double Part::*member,
    std::string part_name,
    std::string fallback,
    std::vector<std::pair<std::string, std::string>> inside,
    std::vector<std::string> const& outside,
    std::string const& wanted
) {
    auto rows = with_message(outside, "must be " + wanted);
    rows.emplace_back("\"1\"", "must be " + wanted + ", is a string");
    rows.emplace_back("false", "must be " + wanted + ", is a boolean");
    rows.emplace_back("[1]", "must be " + wanted + ", is an array");
    return {
        std::move(part_name),
        std::move(name),
        shown(part, member),
        std::move(fallback),
        std::move(inside),
        std::move(rows)};
}

constexpr auto no_duration =
    R"(must be a duration with a unit, such as "300ms", "8s" or "5m", is )";

std::vector<std::pair<std::string, std::string>> up_to_an_hour() {
    return {{"\"1ms\"", "1"}, {"\"1h\"", "3600000"}, {"\"060m\"", "3600000"}};
}

std::vector<std::pair<std::string, std::string>> beyond_an_hour() {
    return {
        {"\"0ms\"", "must be from 1ms to 1h, is 0s"},
        {"\"3600001ms\"", "must be from 1ms to 1h, is 3600001ms"},
        {"\"2h\"", "must be from 1ms to 1h, is 2h"},
        {"\"50\"", R"("50" has no unit: write "50s" or "50ms")"},
        {"50", no_duration + std::string("a number")}};
}

std::vector<std::pair<std::string, std::string>> up_to_a_day() {
    return {{"\"1ms\"", "1"}, {"\"24h\"", "86400000"}, {"\"1440m\"", "86400000"}};
}

std::vector<std::pair<std::string, std::string>> beyond_a_day() {
    return {
        {"\"0s\"", "must be from 1ms to 24h, is 0s"},
        {"\"86400001ms\"", "must be from 1ms to 24h, is 86400001ms"},
        {"\"25h\"", "must be from 1ms to 24h, is 25h"},
        {"\"1d\"",
         R"("1d" is not a duration: write a whole number and a unit, such as "300ms", "8s" or "5m")"},
        {"{}", no_duration + std::string("an object")}};
}

std::vector<Key> keys() {
    constexpr auto retry = &DeliveryConfig::retry;
    constexpr auto breaker = &DeliveryConfig::breaker;
    using R = RetryConfig;
    using B = BreakerConfig;
    return {
        integer_key("retry", "attempts", retry, &R::attempts, "3", 1, 10),
        {"retry",
         "base_delay",
         shown(retry, &R::base_delay),
         "50",
         up_to_an_hour(),
         beyond_an_hour()},
        number_key(
            "factor",
            retry,
            &R::factor,
            "retry",
            "2",
            {{"1", "1"}, {"1.0", "1"}, {"1.25", "1.25"}, {"10", "10"}, {"1e1", "10"}},
            {"0.999", "10.001", "0", "-2", "1e300", "18446744073709551615"},
            "a number from 1 to 10"
        ),
        {"retry",
         "max_delay",
         shown(retry, &R::max_delay),
         "2000",
         up_to_an_hour(),
         beyond_an_hour()},
        {"retry", "rest", shown(retry, &R::rest), "1000", up_to_a_day(), beyond_a_day()},
        {"retry", "max_rest", shown(retry, &R::max_rest), "30000", up_to_a_day(), beyond_a_day()},
        {"retry",
         "max_retry_after",
         shown(retry, &R::max_retry_after),
         "300000",
         up_to_a_day(),
         beyond_a_day()},
        integer_key("retry", "budget", retry, &R::budget, "500", 0, 1000000),
        integer_key("retry", "retry_cost", retry, &R::retry_cost, "14", 0, 1000000),
        integer_key("retry", "throttle_cost", retry, &R::throttle_cost, "5", 0, 1000000),
        integer_key("retry", "success_gain", retry, &R::success_gain, "1", 0, 1000000),
        number_key(
            "failure_ratio",
            breaker,
            &B::failure_ratio,
            "breaker",
            "0.5",
            {{"1", "1"}, {"1.0", "1"}, {"0.001", "0.001"}, {"25e-2", "0.25"}},
            {"0", "0.0", "-0.5", "1.001", "50", "-1"},
            "a number above 0 and at most 1"
        ),
        integer_key("breaker", "minimum_calls", breaker, &B::minimum_calls, "20", 1, 100000),
        {"breaker",
         "window",
         shown(breaker, &B::window),
         "30000",
         {{"\"1s\"", "1000"}, {"\"1000ms\"", "1000"}, {"\"1h\"", "3600000"}},
         {{"\"999ms\"", "must be from 1s to 1h, is 999ms"},
          {"\"3601s\"", "must be from 1s to 1h, is 3601s"},
          {"30", no_duration + std::string("a number")}}},
        integer_key(
            "breaker", "connection_failures", breaker, &B::connection_failures, "5", 1, 1000
        ),
        {"breaker", "open", shown(breaker, &B::open), "5000", up_to_a_day(), beyond_a_day()},
        {"breaker",
         "max_open",
         shown(breaker, &B::max_open),
         "60000",
         up_to_a_day(),
         beyond_a_day()},
        integer_key("breaker", "good_probes", breaker, &B::good_probes, "3", 1, 100),
        {"",
         "commit_timeout",
         [](DeliveryConfig const& delivery) {
             return std::to_string(delivery.commit_timeout.count());
         },
         "1000",
         up_to_an_hour(),
         beyond_an_hour()},
    };
}

/// The key with this value, and beside it what lets the whole range of the key be used.
std::string setting(Key const& key, std::string const& value) {
    auto text = "\"" + key.name + "\": " + value;
    if (key.name == "base_delay") text += R"(, "max_delay": "1h")";
    if (key.name == "max_delay") text += R"(, "base_delay": "1ms")";
    if (key.name == "rest") text += R"(, "max_rest": "24h")";
    if (key.name == "max_rest") text += R"(, "rest": "1ms")";
    if (key.name == "open") text += R"(, "max_open": "24h")";
    if (key.name == "max_open") text += R"(, "open": "1ms")";
    return key.part.empty() ? text : "\"" + key.part + "\": {" + text + "}";
}

std::string pointer_of(std::string const& object, Key const& key) {
    return object + (key.part.empty() ? "/" : "/" + key.part + "/") + key.name;
}

std::string document(std::string const& defaults, std::string const& instance) {
    return R"({ "version": 1, "defaults": {)" + defaults +
           R"(}, "instances": { "says": { "vendor": "free")" +
           (instance.empty() ? "" : ", " + instance) + R"(}, "inherits": { "vendor": "free" } } })";
}

class DeliveryKey : public testing::TestWithParam<Key> {
protected:
    /// What the key is in the instances `says` and `inherits`.
    std::pair<std::string, std::string> read(
        std::string const& defaults, std::string const& instance
    ) const {
        auto const config = fixture_.parse(document(defaults, instance));
        if (!config) {
            ADD_FAILURE() << config.error();
            return {};
        }
        // The rule that no reader may break: what was read can be used.
        EXPECT_FALSE(config::check_config(*config));
        return {
            GetParam().shown(config->find_instance("says")->delivery),
            GetParam().shown(config->find_instance("inherits")->delivery)};
    }

    ConfigFixture fixture_;
};

using Pair = std::pair<std::string, std::string>;

TEST_P(DeliveryKey, has_the_documented_default) {
    auto const& key = GetParam();
    EXPECT_EQ(read("", ""), Pair(key.fallback, key.fallback));
    auto const nothing = key.part.empty() ? std::string() : "\"" + key.part + "\": {}";
    EXPECT_EQ(read(nothing, nothing), Pair(key.fallback, key.fallback));
}

TEST_P(DeliveryKey, is_taken_up_to_its_limits) {
    auto const& key = GetParam();
    for (auto const& [value, expected] : key.inside) {
        SCOPED_TRACE(value);
        EXPECT_EQ(read(setting(key, value), ""), Pair(expected, expected));
        EXPECT_EQ(read("", setting(key, value)), Pair(expected, key.fallback));
    }
}

TEST_P(DeliveryKey, of_an_instance_replaces_that_of_defaults) {
    auto const& key = GetParam();
    auto const& [first, first_expected] = key.inside[0];
    auto const& [second, second_expected] = key.inside[1];
    EXPECT_EQ(
        read(setting(key, first), setting(key, second)), Pair(second_expected, first_expected)
    );
}

TEST_P(DeliveryKey, that_an_instance_does_not_name_comes_from_defaults) {
    auto const& key = GetParam();
    auto const& [value, expected] = key.inside[0];
    for (auto const& other : keys()) {
        if (other.name == key.name || other.part != key.part) continue;
        // A limit beside its duration would be named, too.
        auto const written =
            "\"" + other.part + "\": {\"" + other.name + "\": " + other.inside[0].first + "}";
        bool const is_ordered = other.name.ends_with("delay") || other.name.ends_with("rest") ||
                                other.name.ends_with("open");
        if (is_ordered) continue;
        EXPECT_EQ(read(setting(key, value), written), Pair(expected, expected)) << other.name;
    }
}

TEST_P(DeliveryKey, beyond_its_limits_or_of_another_type_is_refused_in_its_place) {
    auto const& key = GetParam();
    for (auto const& [value, message] : key.outside) {
        EXPECT_THAT(
            fixture_.mistakes(document(setting(key, value), "")),
            ElementsAre(pointer_of("/defaults", key) + ": " + message)
        ) << value;
        EXPECT_THAT(
            fixture_.mistakes(document("", setting(key, value))),
            ElementsAre(pointer_of("/instances/says", key) + ": " + message)
        ) << value;
    }
}

std::string key_name(testing::TestParamInfo<Key> const& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(all, DeliveryKey, testing::ValuesIn(keys()), key_name);

class DeliverySettings : public testing::Test {
protected:
    std::vector<std::string> mistakes(std::string const& defaults, std::string const& instance = "")
        const {
        return fixture_.mistakes(document(defaults, instance));
    }

    ConfigFixture fixture_;
};

TEST_F(DeliverySettings, are_objects_with_known_keys) {
    EXPECT_THAT(
        mistakes(R"("retry": 3, "breaker": null, "commit_timeuot": "1s")"),
        ElementsAre(
            R"(/defaults/commit_timeuot: unknown key "commit_timeuot"; did you mean "commit_timeout"?)",
            "/defaults/retry: must be an object, is a number",
            "/defaults/breaker: must be an object, is null"
        )
    );
    EXPECT_THAT(
        mistakes("", R"("retry": { "max_attempts": 2 }, "breaker": { "failureRatio": 1 })"),
        ElementsAre(
            testing::StartsWith(
                R"(/instances/says/retry/max_attempts: unknown key "max_attempts"; )"
            ),
            R"(/instances/says/breaker/failureRatio: unknown key "failureRatio"; did you mean "failure_ratio"?)"
        )
    );
}

TEST_F(DeliverySettings, a_wait_above_its_limit_is_refused_where_it_is_written) {
    EXPECT_THAT(
        mistakes(R"("retry": { "base_delay": "3s", "max_delay": "2999ms" })"),
        ElementsAre("/defaults/retry/base_delay: must not be longer than max_delay (2999ms), is 3s")
    );
    EXPECT_THAT(
        mistakes(R"("retry": { "rest": "31s" }, "breaker": { "open": "2m" })"),
        ElementsAre(
            "/defaults/retry/rest: must not be longer than max_rest (30s), is 31s",
            "/defaults/breaker/open: must not be longer than max_open (1m), is 2m"
        )
    );
    // Only the limit is written here; what it is below of is a default.
    EXPECT_THAT(
        mistakes("", R"("retry": { "max_delay": "49ms", "max_rest": "999ms" },
                         "breaker": { "max_open": "1s" })"),
        ElementsAre(
            "/instances/says/retry/max_delay: must not be shorter than base_delay (50ms), is 49ms",
            "/instances/says/retry/max_rest: must not be shorter than rest (1s), is 999ms",
            "/instances/says/breaker/max_open: must not be shorter than open (5s), is 1s"
        )
    );
}

TEST_F(DeliverySettings, a_wait_as_long_as_its_limit_is_taken) {
    EXPECT_THAT(
        mistakes(R"("retry": { "base_delay": "2s", "max_rest": "1s" },
                    "breaker": { "open": "60s" })"),
        ElementsAre("accepted")
    );
}

TEST_F(DeliverySettings, a_wait_above_its_limit_is_told_once) {
    // Neither the instance that inherits it, nor one that says something else, is to blame.
    EXPECT_THAT(
        mistakes(R"("retry": { "base_delay": "3s" })", R"("retry": { "attempts": 1 })"),
        ElementsAre("/defaults/retry/base_delay: must not be longer than max_delay (2s), is 3s")
    );
    // Nor is what could not be read compared with anything.
    EXPECT_THAT(
        mistakes(R"("retry": { "base_delay": "3s", "max_delay": "5" })"),
        ElementsAre(R"(/defaults/retry/max_delay: "5" has no unit: write "5s" or "5ms")")
    );
    EXPECT_THAT(
        mistakes(R"("retry": { "base_delay": "0s", "max_delay": "10ms" })"),
        ElementsAre("/defaults/retry/base_delay: must be from 1ms to 1h, is 0s")
    );
}

TEST_F(DeliverySettings, an_instance_is_judged_by_what_it_will_use) {
    EXPECT_THAT(
        mistakes(
            R"("retry": { "base_delay": "10s", "max_delay": "1m" })",
            R"("retry": { "max_delay": "5s" })"
        ),
        ElementsAre(
            "/instances/says/retry/max_delay: must not be shorter than base_delay (10s), is 5s"
        )
    );
    EXPECT_THAT(
        mistakes(R"("retry": { "max_delay": "1m" })", R"("retry": { "base_delay": "10s" })"),
        ElementsAre("accepted")
    );
}

using Spoil = std::function<void(DeliveryConfig&)>;

std::vector<std::string> mistakes_in_code(Spoil const& spoil) {
    ClientConfig config;
    InstanceConfig instance;
    instance.name = "a";
    instance.vendor = "free";
    spoil(instance.delivery);
    config.instances.push_back(std::move(instance));
    auto const error = config::check_config(config);
    return error ? lines(*error) : std::vector<std::string>();
}

TEST(DeliveryInCode, up_to_its_limits_is_accepted) {
    EXPECT_THAT(mistakes_in_code([](DeliveryConfig&) {}), IsEmpty());
    EXPECT_THAT(
        mistakes_in_code([](DeliveryConfig& delivery) {
            delivery.retry = {10, 1h, 10, 1h, 24h, 24h, 24h, 1000000, 1000000, 1000000, 1000000};
            delivery.breaker = {1, 100000, 1h, 1000, 24h, 24h, 100};
            delivery.commit_timeout = 1h;
        }),
        IsEmpty()
    );
    EXPECT_THAT(
        mistakes_in_code([](DeliveryConfig& delivery) {
            delivery.retry = {1, 1ms, 1, 1ms, 1ms, 1ms, 1ms, 0, 0, 0, 0};
            delivery.breaker = {0.001, 1, 1s, 1, 1ms, 1ms, 1};
            delivery.commit_timeout = 1ms;
        }),
        IsEmpty()
    );
}

TEST(DeliveryInCode, beyond_its_limits_is_found_in_its_place) {
    using D = DeliveryConfig;
    constexpr auto nan = std::numeric_limits<double>::quiet_NaN();
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    std::string const factor = "must be a number from 1 to 10";
    std::string const ratio = "must be a number above 0 and at most 1";
    std::string const tokens = "must be a whole number from 0 to 1000000";
    std::vector<std::pair<Spoil, std::string>> const rows = {
        {[](D& d) { d.retry.attempts = 0; }, "retry/attempts: must be a whole number from 1 to 10"},
        {[](D& d) { d.retry.attempts = SIZE_MAX; },
         "retry/attempts: must be a whole number from 1 to 10"},
        {[](D& d) { d.retry.base_delay = -1ms; },
         "retry/base_delay: must be from 1ms to 1h, is -1ms"},
        {[](D& d) { d.retry.max_delay = 2h; }, "retry/max_delay: must be from 1ms to 1h, is 2h"},
        {[](D& d) { d.retry.max_delay = 0s; }, "retry/max_delay: must be from 1ms to 1h, is 0s"},
        {[](D& d) { d.retry.factor = 0.5; }, "retry/factor: " + factor},
        {[](D& d) { d.retry.factor = nan; }, "retry/factor: " + factor},
        {[](D& d) { d.retry.factor = infinity; }, "retry/factor: " + factor},
        {[](D& d) { d.retry.rest = 0ms; }, "retry/rest: must be from 1ms to 24h, is 0s"},
        {[](D& d) { d.retry.max_rest = 25h; }, "retry/max_rest: must be from 1ms to 24h, is 25h"},
        {[](D& d) { d.retry.max_retry_after = 0ms; },
         "retry/max_retry_after: must be from 1ms to 24h, is 0s"},
        {[](D& d) { d.retry.budget = 1000001; }, "retry/budget: " + tokens},
        {[](D& d) { d.retry.retry_cost = 1000001; }, "retry/retry_cost: " + tokens},
        {[](D& d) { d.retry.throttle_cost = UINT32_MAX; }, "retry/throttle_cost: " + tokens},
        {[](D& d) { d.retry.success_gain = 1000001; }, "retry/success_gain: " + tokens},
        {[](D& d) { d.retry.base_delay = 3s; },
         "retry/base_delay: must not be longer than max_delay (2s), is 3s"},
        {[](D& d) { d.retry.max_rest = 1ms; },
         "retry/rest: must not be longer than max_rest (1ms), is 1s"},
        {[](D& d) { d.breaker.failure_ratio = 0; }, "breaker/failure_ratio: " + ratio},
        {[](D& d) { d.breaker.failure_ratio = nan; }, "breaker/failure_ratio: " + ratio},
        {[](D& d) { d.breaker.minimum_calls = 0; },
         "breaker/minimum_calls: must be a whole number from 1 to 100000"},
        {[](D& d) { d.breaker.window = 999ms; }, "breaker/window: must be from 1s to 1h, is 999ms"},
        {[](D& d) { d.breaker.connection_failures = 0; },
         "breaker/connection_failures: must be a whole number from 1 to 1000"},
        {[](D& d) { d.breaker.open = 0ms; }, "breaker/open: must be from 1ms to 24h, is 0s"},
        {[](D& d) { d.breaker.open = 61s; },
         "breaker/open: must not be longer than max_open (1m), is 61s"},
        {[](D& d) { d.breaker.max_open = 25h; },
         "breaker/max_open: must be from 1ms to 24h, is 25h"},
        {[](D& d) { d.breaker.good_probes = 101; },
         "breaker/good_probes: must be a whole number from 1 to 100"},
        {[](D& d) { d.commit_timeout = 0ms; }, "commit_timeout: must be from 1ms to 1h, is 0s"},
    };
    for (auto const& [spoil, mistake] : rows) {
        EXPECT_THAT(mistakes_in_code(spoil), ElementsAre("/instances/a/" + mistake));
    }
}

}  // namespace
}  // namespace otp::test
