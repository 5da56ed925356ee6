#include "unit/mocks/asked_vendors.hpp"

#include "all_vendors.hpp"
#include "wire/base64.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>
#include <regex>
#include <utility>

namespace otp::mocks::test {
namespace {

namespace json = boost::json;

std::string text_or(std::string const& text, char const* otherwise) {
    return text.empty() ? otherwise : text;
}

std::string as_text(json::object const& body) {
    return json::serialize(body);
}

MockRequest stytch_send(MockHeaders const& headers, std::string const& recipient) {
    bool const email = recipient.find('@') != std::string::npos;
    return json_request(
        "POST",
        std::string("/v1/otps/") + (email ? "email" : "sms") + "/send",
        headers,
        as_text({{email ? "email" : "phone_number", recipient}})
    );
}

}  // namespace

AskedVendors::AskedVendors() {
    // A vector of https://developers.eko.in/docs/authentication, for `first_moment`.
    options_.credentials.eko_access_key = "test-access-key-123";
    for (auto& vendor : all_vendors(options_)) {
        std::string name(vendor->name());
        vendors_.emplace(std::move(name), std::move(vendor));
    }
}

MockRequest AskedVendors::send_request(std::string const& vendor, std::string const& recipient)
    const {
    auto const& known = options_.credentials;
    if (vendor == "spherepay") {
        return json_request(
            "POST",
            "/v2/customer/" + text_or(recipient, "customer_1") + "/otp-send",
            bearer(known.spherepay_api_key),
            as_text({{"type", "phone"}})
        );
    }
    if (vendor == "loyaltydog") {
        return json_request(
            "POST",
            "/v2/giftcards/customers/otp/send",
            bearer(known.loyaltydog_token),
            as_text({{"target", text_or(recipient, "user@example.com")}})
        );
    }
    if (vendor == "10npay") {
        return json_request(
            "POST",
            "/User/phone-number/send-code",
            bearer(known.ten_n_pay_access_token),
            as_text(
                {{"id", std::stoi(text_or(recipient, "2077"))}, {"phoneNumber", "+359881234567"}}
            )
        );
    }
    if (vendor == "eko") {
        auto const mobile = text_or(recipient, "+919002336768").substr(3);
        return json_request(
            "POST",
            "/tools/kyc/mobile/otp",
            {{"developer_key", known.eko_developer_key},
             {"secret-key", "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo="},
             {"secret-key-timestamp", "1700000000000"}},
            as_text(
                {{"initiator_id", known.eko_initiator_id}, {"csp_id", mobile}, {"mobile", mobile}}
            )
        );
    }
    auto const credentials = base64(known.stytch_project_id + ":" + known.stytch_secret);
    return stytch_send(
        {{"Authorization", "Basic " + credentials}}, text_or(recipient, "+12025550162")
    );
}

MockRequest AskedVendors::verify_request(
    std::string const& vendor, std::string const& code, std::string const& recipient
) const {
    auto request = send_request(vendor, recipient);
    if (vendor == "spherepay") {
        request.path.replace(request.path.rfind('/'), std::string::npos, "/otp-verify");
        return with_members(std::move(request), as_text({{"code", code}}));
    }
    if (vendor == "loyaltydog") {
        request.path = "/v2/giftcards/customers/otp/verify";
        return with_members(std::move(request), as_text({{"code", code}}));
    }
    if (vendor == "10npay") {
        request.path = "/User/phone-number/verify";
        return with_members(
            std::move(request), as_text({{"phoneNumber", nullptr}, {"code", code}})
        );
    }
    if (vendor == "eko") {
        request.method = "PUT";
        request.path = "/tools/kyc/mobile/otp/verify";
        return with_members(std::move(request), as_text({{"csp_id", nullptr}, {"otp", code}}));
    }
    request.path = "/v1/otps/authenticate";
    request.body = as_text({{"method_id", last_key_}, {"code", code}});
    return request;
}

VendorAnswer AskedVendors::ask(std::string const& vendor, MockRequest const& request) {
    auto answer = vendors_.at(vendor)->answer(request, {now, first_moment, ids_});
    if (answer.sent) {
        last_code_ = answer.sent->code;
        last_key_ = answer.sent->key;
    }
    return answer;
}

bool is_obeyed(VendorAnswer const& answer) {
    return answer.sent || (answer.settled && answer.settled->end == SettledCode::End::verified);
}

void expect_explained(VendorAnswer const& answer) {
    ASSERT_TRUE(answer.why) << answer.response.status << " " << answer.response.body;
    static std::regex const place(
        "path|method|query( [A-Za-z0-9_-]+)?|header [a-z_-]+|body( /[A-Za-z0-9_/-]+)?"
    );
    static std::regex const sentence("[A-Z][^\n]*[A-Za-z0-9]\\.");
    EXPECT_TRUE(std::regex_match(answer.why->broken_by, place)) << answer.why->broken_by;
    EXPECT_TRUE(std::regex_match(answer.why->demands, sentence)) << answer.why->demands;
    auto const& document = answer.why->document;
    EXPECT_TRUE(document.empty() || document.starts_with("http")) << document;
}

MockRequest with_members(MockRequest request, std::string_view changes) {
    auto body = json::parse(request.body).as_object();
    auto const wanted = json::parse(changes);
    for (auto const& member : wanted.as_object()) {
        if (member.value().is_null()) {
            body.erase(member.key());
        } else {
            body[member.key()] = member.value();
        }
    }
    request.body = as_text(body);
    return request;
}

MockRequest with_header(MockRequest request, std::string_view name, std::string const& value) {
    std::erase_if(request.headers, [&](auto const& header) { return header.first == name; });
    if (!value.empty()) request.headers.emplace_back(name, value);
    return request;
}

}  // namespace otp::mocks::test
