#include <otp/conformance/adapter_under_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace otp::conformance {
namespace {

/// Shorter ones stand in a text by chance.
constexpr std::size_t least_secret = 8;

AttemptContext default_context() {
    AttemptContext context;
    context.instance = "main";
    context.now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
    context.unique_reference = "abcdefghij0123456789";
    return context;
}

std::vector<std::string> texts_to_hide(
    SendOtp const& send, VerifyOtp const& verify, InstanceConfig const* instance
) {
    std::vector<std::string> texts;
    if (send.to.phone) texts.emplace_back(send.to.phone->reveal());
    if (send.to.email) texts.emplace_back(send.to.email->reveal());
    texts.emplace_back(verify.code.reveal());
    if (instance == nullptr) return texts;
    for (auto const& [name, secret] : instance->credentials) {
        if (secret.reveal().size() >= least_secret) texts.emplace_back(secret.reveal());
    }
    return texts;
}

}  // namespace

AdapterUnderTest::AdapterUnderTest(
    VendorRegistry const& vendors, InstanceConfig configured, SendOtp send_otp, VerifyOtp verify_otp
)
    : own_instance_(std::make_unique<InstanceConfig const>(std::move(configured))),
      own_adapter_(vendors.make_adapter(*own_instance_).value()),
      adapter(*own_adapter_),
      instance(own_instance_.get()),
      send(std::move(send_otp)),
      verify(std::move(verify_otp)),
      context(default_context()),
      canaries(texts_to_hide(send, verify, instance)) {
    context.instance = instance->name;
}

AdapterUnderTest::AdapterUnderTest(
    ProviderAdapter const& provider_adapter, SendOtp send_otp, VerifyOtp verify_otp
)
    : adapter(provider_adapter),
      send(std::move(send_otp)),
      verify(std::move(verify_otp)),
      context(default_context()),
      canaries(texts_to_hide(send, verify, nullptr)) {}

}  // namespace otp::conformance
