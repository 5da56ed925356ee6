#include "recordings/exchange_probe.hpp"
#include "recordings/recording_parameter.hpp"
#include "recordings/spelled_canaries.hpp"
#include "support/temporary_directory.hpp"

#include <otp/adapter/access_token.hpp>
#include <otp/testing/recording_transport.hpp>
#include <otp/testing/request_match.hpp>
#include <otp/testing/scripted_transport.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Unique secrets, codes, numbers, addresses and ids through a recording transport: every
/// documented answer of every vendor, with the canaries wherever the vendor repeats what it was
/// sent. Nothing of them is in any file, in no spelling.
namespace otp::test {
namespace {

namespace json = boost::json;
using ::testing::IsEmpty;

constexpr auto never = Clock::TimePoint::max();

/// What a recording's texts are replaced with.
using Canaries = std::map<std::string, std::string>;

/// Where the recordings have the documents' own people.
void put(Canaries& canaries, json::value const& original, std::string canary) {
    canaries.emplace(json::value_to<std::string>(original), std::move(canary));
}

std::string id_for(std::string_view vendor) {
    if (vendor == "10npay") return "1914083";
    if (vendor == "stytch") return "user-test-ca9a47f0-3d1c-4e5b-9f60-7d2b8c4a1e93";
    return "customer_ca9a47f03d1c4e5b9f607d2b8c4a1e93";
}

Canaries canaries_for(std::string_view vendor, json::object const& input) {
    Canaries canaries;
    if (auto const* const phone = input.if_contains("phone")) {
        put(canaries, *phone, vendor == "eko" ? "+919876500173" : "+12025550173");
    }
    if (auto const* const email = input.if_contains("email")) {
        put(canaries, *email, "Canary.Person@example.com");
    }
    if (auto const* const code = input.if_contains("code")) put(canaries, *code, "739164");
    if (auto const* const ids = input.if_contains("user_ids")) {
        for (auto const& member : ids->as_object()) put(canaries, member.value(), id_for(vendor));
    }
    if (auto const* const references = input.if_contains("references")) {
        for (auto const& [name, value] : references->as_object()) {
            if (name == "user_id" || name == "customer_id") {
                put(canaries, value, id_for(vendor));
            } else if (name == "method_id" || name == "otp_ref_id") {
                put(canaries, value, "phone-number-test-ca9a4b11-0c2d-4f3e-8a5b-6c7d8e9f0a1b");
            } else if (name == "mobile") {
                put(canaries, value, "9876500173");
            } else if (name == "target") {
                bool const is_email = value.as_string().find('@') != json::string::npos;
                put(canaries, value, is_email ? "Canary.Person@example.com" : "+12025550173");
            }
        }
    }
    return canaries;
}

std::string replaced(std::string text, Canaries const& canaries) {
    for (auto const& [original, canary] : canaries) {
        for (auto at = text.find(original); at != text.npos;
             at = text.find(original, at + canary.size())) {
            text.replace(at, original.size(), canary);
        }
    }
    return text;
}

json::object replaced(json::object const& input, Canaries const& canaries) {
    return json::parse(replaced(json::serialize(input), canaries)).as_object();
}

InstanceConfig instance_with_canaries(std::string_view vendor, json::object const& input) {
    auto instance = instance_for(vendor, input);
    for (auto& [name, secret] : instance.credentials) {
        auto const kind = name == "project_id" ? "project-test-" : "";
        secret = Secret(kind + std::string("ca9a4y-") + name + "-Zq7+/x");
        if (name == "username") secret = Secret("Canary.Shop@example.com");
    }
    return instance;
}

/// What must be in no file.
std::vector<std::string> texts_of(InstanceConfig const& instance, Canaries const& canaries) {
    std::vector<std::string> texts;
    for (auto const& canary : canaries) texts.push_back(canary.second);
    for (auto const& credential : instance.credentials) {
        texts.emplace_back(credential.second.reveal());
    }
    return texts;
}

Result<HttpRequest> encode(
    ProviderAdapter const& adapter, std::string_view vendor, json::object const& input
) {
    auto const operation = json::value_to<std::string>(input.at("operation"));
    auto const context = recorded_context();
    if (operation == "token") return adapter.token_grant()->encode();
    if (operation == "send") return adapter.encode_send(send_from(input), context);
    if (operation == "verify") return adapter.encode_verify(verify_from(vendor, input), context);
    return *adapter.encode_confirmation(
        verify_from(vendor, input), HttpResponse(200, {}, ""), context
    );
}

HttpResponse replaced(HttpResponse const& response, Canaries const& canaries) {
    HttpHeaders headers;
    for (auto const& line : response.headers) {
        headers.append(line.first, replaced(std::string(line.second), canaries));
    }
    return {response.status, std::move(headers), replaced(response.body, canaries)};
}

class RecordedCanaries : public ::testing::TestWithParam<RecordingFile> {
protected:
    /// What the transport says of it.
    testing::RecordingNote record(
        InstanceConfig const& instance, HttpRequest request, HttpResponse answer
    ) {
        auto const script = std::make_shared<testing::Script>();
        script->add(testing::ScriptedStep(std::move(answer)));
        testing::RecordingNote noted;
        testing::RecordingOptions options;
        options.folder = folder_.path() / "made";
        options.sensitive = VendorRegistry::built_in().find(instance.vendor)->sensitive;
        options.report = [&noted](testing::RecordingNote const& note) { noted = note; };
        testing::RecordingTransport transport(
            std::make_shared<testing::ScriptedTransport>(
                context_.get_executor(), "https://vendor.example.com", Clock::system(), script
            ),
            instance,
            std::move(options)
        );
        ExchangeProbe probe;
        transport.async_exchange(std::move(request), never, probe.handler(context_.get_executor()));
        context_.run();
        EXPECT_EQ(probe.completions, 1);
        EXPECT_TRUE(probe.exchange && probe.exchange->outcome);
        return noted;
    }

    TemporaryDirectory folder_;
    boost::asio::io_context context_;
};

TEST_P(RecordedCanaries, are_in_no_file) {
    auto const& [vendor, file] = GetParam();
    auto const original = testing::load_recording(file);
    auto const canaries = canaries_for(vendor, original.input);
    auto const input = replaced(original.input, canaries);
    auto const instance = instance_with_canaries(vendor, input);
    auto const adapter = VendorRegistry::built_in().make_adapter(instance).value();
    auto request = encode(*adapter, vendor, input);
    ASSERT_TRUE(request) << request.error();
    auto repeated = *request;

    auto const note =
        record(instance, std::move(*request), replaced(original.response.to_response(), canaries));
    ASSERT_EQ(note.problem, "");
    EXPECT_EQ(files_of(folder_.path() / "made"), std::vector{note.file});
    EXPECT_THAT(found_in(note.file, texts_of(instance, canaries)), IsEmpty())
        << content_of(note.file);
    EXPECT_THAT(testing::compare(testing::load_recording(note.file), repeated), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    AllVendors, RecordedCanaries, ::testing::ValuesIn(all_recordings()), test_name
);

}  // namespace
}  // namespace otp::test
