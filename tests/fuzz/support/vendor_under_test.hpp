#pragma once

#include "fuzz/oracles/oracle.hpp"
#include "fuzz/support/canary.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/testing/recording.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace otp::fuzz {

/// The request of one recording, and who answers for it.
struct RecordedRequest {
    InstanceConfig instance;
    std::unique_ptr<ProviderAdapter> adapter;
    /// One of the two, or none for a token.
    std::optional<SendOtp> send;
    std::optional<VerifyOtp> verify;
    /// The answer is one to the question that settles an approval.
    bool is_confirmation{false};
    /// What went out with it and may not come back.
    std::vector<Canary> canaries;

    [[nodiscard]] AttemptContext context() const;
};

/// One vendor's adapter, its oracle and its recordings, which are the requests under test and the
/// seeds of their answers.
class VendorUnderTest {
public:
    explicit VendorUnderTest(Oracle oracle);

    [[nodiscard]] Oracle const& oracle() const noexcept { return oracle_; }
    /// By name.
    [[nodiscard]] std::map<std::string, testing::Recording> const& recordings() const noexcept {
        return recordings_;
    }
    /// Null if there is no such recording. Made when it is first asked for.
    [[nodiscard]] RecordedRequest const* request_of(std::string const& recording);

private:
    Oracle oracle_;
    std::map<std::string, testing::Recording> recordings_;
    std::map<std::string, std::unique_ptr<RecordedRequest>> requests_;
};

}  // namespace otp::fuzz
