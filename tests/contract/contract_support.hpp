#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the contract tests of all vendors share.
namespace otp::contract {

using Pairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

inline InstanceConfig make_instance(
    std::string_view vendor, Pairs credentials, Pairs options = {}
) {
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = vendor;
    for (auto const& [name, value] : credentials) {
        instance.credentials.emplace(std::string(name), Secret(value));
    }
    for (auto const& [name, value] : options) {
        instance.options.emplace(std::string(name), std::string(value));
    }
    return instance;
}

/// 2026-03-09T20:41:31.305Z, five minutes before the expiry of SpherePay's documented example.
inline constexpr std::chrono::sys_time<std::chrono::milliseconds> test_now{
    std::chrono::milliseconds(1773088891305)};

inline AttemptContext make_context() {
    AttemptContext context;
    context.instance = "main";
    context.now = test_now;
    context.unique_reference = "abcdefghij0123456789";
    return context;
}

inline PhoneNumber phone(std::string_view number) {
    return PhoneNumber::parse(number).value();
}
inline EmailAddress email(std::string_view address) {
    return EmailAddress::parse(address).value();
}
inline OtpCode code(std::string_view text) {
    return OtpCode::parse(text).value();
}

inline HttpResponse answer(int status, std::string body, HttpHeaders headers = {}) {
    return HttpResponse(status, std::move(headers), std::move(body));
}

inline boost::json::value json(std::string_view text) {
    return boost::json::parse(boost::json::string_view(text.data(), text.size()));
}

/// The value of a header line; `<none>` or `<repeated>` if there is not exactly one.
inline std::string header(HttpRequest const& request, std::string_view name) {
    std::string value = "<none>";
    for (auto const& line : request.headers) {
        if (line.name == name) value = value == "<none>" ? line.value : "<repeated>";
    }
    return value;
}

inline std::vector<std::string> pointers(Error const& error) {
    std::vector<std::string> all;
    for (auto const& violation : error.violations) all.push_back(violation.pointer);
    return all;
}

/// Everything of an error that a log could show, in one text.
inline std::string all_text(Error const& error) {
    std::string text = error.message + '\n' + error.vendor_code + '\n' + error.request_id;
    for (auto const& violation : error.violations) {
        text += '\n' + violation.pointer + '\n' + violation.message;
    }
    return text;
}

/// 2xx bodies that are no JSON object, or one that a strict reader must refuse.
inline std::vector<std::string> broken_bodies() {
    std::string deep;
    for (int level = 0; level < 1000; ++level) deep += "[";
    return {
        "<html><body>502 Bad Gateway</body></html>",
        "{\"success\":true",
        "[]",
        "null",
        "true",
        "\"success\"",
        "{\"success\":true,\"success\":true}",
        "{\"success\":true,\"n\":1e400}",
        "{\"success\":true,\"x\":" + deep,
        "{\"success\":true} trailing",
        std::string("{\"a\":\"\xFF\"}"),
    };
}

}  // namespace otp::contract
