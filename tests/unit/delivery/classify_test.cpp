#include "delivery/decide/classify.hpp"

#include <gtest/gtest.h>

namespace otp::delivery {
namespace {

HttpExchange failed(ErrorCategory category, std::uint64_t bytes, int status) {
    Error error(category, "failed");
    error.http_status = status;
    HttpExchange exchange{Result<HttpResponse>(std::move(error))};
    exchange.bytes_taken = bytes;
    return exchange;
}

TEST(Classify, NothingTakenIsNotSentWhateverFailed) {
    for (auto const category :
         {ErrorCategory::connect_failed,
          ErrorCategory::tls_failed,
          ErrorCategory::timeout,
          ErrorCategory::cancelled,
          ErrorCategory::connection_lost,
          ErrorCategory::invalid_request}) {
        EXPECT_EQ(classify_failure(failed(category, 0, 0)), Delivery::not_sent);
    }
}

TEST(Classify, AnyByteTakenIsUnknown) {
    for (auto const category :
         {ErrorCategory::tls_failed,
          ErrorCategory::timeout,
          ErrorCategory::cancelled,
          ErrorCategory::connection_lost,
          ErrorCategory::bad_response}) {
        EXPECT_EQ(classify_failure(failed(category, 1, 0)), Delivery::unknown);
    }
}

TEST(Classify, TheHeaderOfARefusalSpeaksForItsLostBody) {
    for (int const status : {307, 308, 400, 404, 422, 429}) {
        EXPECT_EQ(
            classify_failure(failed(ErrorCategory::connection_lost, 100, status)),
            Delivery::not_sent
        ) << status;
    }
    for (int const status : {200, 204, 300, 301, 302, 303, 304, 500, 502, 503, 504}) {
        EXPECT_EQ(
            classify_failure(failed(ErrorCategory::connection_lost, 100, status)), Delivery::unknown
        ) << status;
    }
}

TEST(Classify, AnErrorIsNeverAccepted) {
    EXPECT_EQ(
        classify_refusal(Error(ErrorCategory::bad_response, "", Delivery::accepted)),
        Delivery::unknown
    );
    for (auto const delivery : {Delivery::not_sent, Delivery::unknown}) {
        EXPECT_EQ(classify_refusal(Error(ErrorCategory::invalid_request, "", delivery)), delivery);
    }
}

TEST(Classify, ATokenIsRenewedOnceAndOnlyIfItWasKept) {
    Error refused(ErrorCategory::unauthenticated);
    refused.http_status = 401;
    EXPECT_TRUE(may_renew_token(refused, true, false));
    EXPECT_FALSE(may_renew_token(refused, true, true));
    EXPECT_FALSE(may_renew_token(refused, false, false));
    refused.http_status = 403;
    EXPECT_FALSE(may_renew_token(refused, true, false));
    // A gateway's page under 401 is no word about the token.
    Error page(ErrorCategory::bad_response);
    page.http_status = 401;
    EXPECT_FALSE(may_renew_token(page, true, false));
    // Nor does a refusal that may have been acted on lead to a second request.
    Error acted_on(ErrorCategory::unauthenticated, "", Delivery::unknown);
    acted_on.http_status = 401;
    EXPECT_FALSE(may_renew_token(acted_on, true, false));
}

}  // namespace
}  // namespace otp::delivery
