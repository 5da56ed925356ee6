#include "recordings/recorded_call.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/testing/recording.hpp>

#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What is no vendor's answer is called by its name, whichever adapter reads it: a redirect, a
/// page, compressed bytes.
namespace otp::test {
namespace {

using ::testing::HasSubstr;

/// One operation of a vendor, as its adapter reads an answer to it; nothing if it is approved or
/// accepted.
class Reader {
public:
    Reader(std::string_view vendor, testing::Recording const& recording)
        : adapter_(adapter_for(vendor, recording.input)), operation_(operation_of(recording)) {
        if (operation_ == "send") {
            send_.emplace(send_from(recording.input));
        } else {
            verify_.emplace(verify_from(vendor, recording.input));
        }
    }

    [[nodiscard]] std::optional<Error> error_of(HttpResponse const& response) const {
        auto const context = recorded_context();
        if (send_) return error_in(adapter_->decode_send(*send_, response, context));
        if (operation_ == "confirm") {
            return error_in(adapter_->decode_confirmation(*verify_, response, context));
        }
        return error_in(adapter_->decode_verify(*verify_, response, context));
    }

private:
    template <class Value>
    static std::optional<Error> error_in(Result<Value> const& result) {
        return result ? std::nullopt : std::optional(result.error());
    }

    std::unique_ptr<ProviderAdapter> adapter_;
    std::string operation_;
    std::optional<SendOtp> send_;
    std::optional<VerifyOtp> verify_;
};

/// One reader for each kind of request that is recorded, by the recording's name.
std::vector<std::pair<std::string, Reader>> readers_of(std::string const& vendor) {
    std::vector<std::pair<std::string, Reader>> readers;
    for (auto const& recording : testing::load_recordings(recordings_folder(vendor))) {
        auto const operation = operation_of(recording);
        bool const is_read = operation == "send" || operation == "verify" || operation == "confirm";
        if (is_read && recording.response.status == 200) {
            readers.emplace_back(recording.name, Reader(vendor, recording));
        }
    }
    EXPECT_GE(readers.size(), 2U);
    return readers;
}

class ForeignAnswers : public ::testing::TestWithParam<std::string> {
protected:
    void expect_called(HttpResponse const& response, std::string const& name) {
        for (auto const& [recording, reader] : readers_of(GetParam())) {
            SCOPED_TRACE(recording + ": " + response.body);
            auto const error = reader.error_of(response);
            ASSERT_TRUE(error);
            EXPECT_EQ(error->category, ErrorCategory::bad_response);
            EXPECT_THAT(error->message, HasSubstr(name));
            EXPECT_THAT(error->message, HasSubstr("base_url"));
        }
    }
};

TEST_P(ForeignAnswers, ARedirectIsCalledOneWithItsOrigin) {
    for (int const status : {301, 302, 303, 307, 308}) {
        for (std::string const body : {"", "<html>Moved</html>", "{}"}) {
            expect_called(
                HttpResponse(status, {{"Location", "https://login.example.com/sso?x=1"}}, body),
                "with a redirect to https://login.example.com, and redirects are not followed"
            );
        }
    }
}

TEST_P(ForeignAnswers, UnderASuccessAreCalledByTheirFormat) {
    for (auto const& [body, name] :
         {std::pair("<html><body>Sign in</body></html>", "is HTML, not JSON"),
          std::pair("<?xml version=\"1.0\"?><Error/>", "is XML, not JSON"),
          std::pair("upstream connect error", "is text, not JSON"),
          std::pair("\x1F\x8B\x08", "is compressed bytes, not JSON")}) {
        expect_called(HttpResponse(200, {}, body), name);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Vendors,
    ForeignAnswers,
    ::testing::ValuesIn(recorded_vendors()),
    [](auto const& instance) { return "vendor_" + instance.param; }
);

}  // namespace
}  // namespace otp::test
