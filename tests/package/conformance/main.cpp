#include "pigeon_adapter.hpp"

#include <otp/conformance/conformance.hpp>

#include <iostream>
#include <utility>

int main() {
    otp::VendorRegistry vendors;
    vendors.add(pigeon::description(), pigeon::make_adapter);
    otp::InstanceConfig instance;
    instance.name = "birds";
    instance.vendor = "pigeon";
    instance.credentials.emplace("ring", otp::Secret("fake-pigeon-ring-000"));
    otp::SendOtp send(otp::PhoneNumber::parse("+12025550162").value());
    otp::VerificationHandle handle("birds", "pigeon", otp::Channel::sms);
    handle.set_reference("message", "feather-17");
    otp::VerifyOtp verify(handle, otp::OtpCode::parse("481592").value());

    otp::conformance::AdapterUnderTest subject(
        vendors, std::move(instance), std::move(send), std::move(verify)
    );
    subject.send_answers.successes = {{201, {}, R"({"message":"feather-17"})"}};
    subject.verify_answers.successes = {{200, {}, R"({"message":"feather-17","valid":true})"}};
    auto const failures = otp::conformance::check_conformance(subject);
    for (auto const& failure : failures) std::cout << failure << '\n';
    std::cout << failures.size() << " failures\n";
}
