// Which refusals to encode a request go on to the route's next instance, and what the last one
// makes of them.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class OperationCandidates : public OperationTest {
protected:
    void refuse(std::string const& name, ErrorCategory category, std::string message) {
        script.refusals.emplace(name, said(category, std::move(message), Delivery::unknown));
    }
    [[nodiscard]] std::size_t requests() const {
        std::size_t sum = 0;
        for (auto const& candidate : candidates) sum += candidate.transport->requests.size();
        return sum;
    }
};

TEST_F(OperationCandidates, AreAskedInTheirOrderUntilOneCanServe) {
    add("first");
    add("second");
    auto& third = add("third");
    add("fourth");
    refuse("first", ErrorCategory::unsupported, "no such channel");
    refuse("second", ErrorCategory::invalid_recipient, "no such number");
    script.at[Seam::encode] = [this] { clock->manual.advance(3ms); };
    begin();
    EXPECT_EQ(requests(), 1U);
    third.transport->answer(200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip, Decision::skip, Decision::finish));
    EXPECT_EQ(attempts()[0].instance, "first");
    EXPECT_EQ(attempts()[0].vendor, "first-vendor");
    EXPECT_EQ(attempts()[0].failure, ErrorCategory::unsupported);
    EXPECT_EQ(attempts()[0].delivery, Delivery::not_sent);
    EXPECT_EQ(attempts()[0].hints.at(0).used, "first");
    EXPECT_EQ(attempts()[1].instance, "second");
    EXPECT_EQ(attempts()[1].failure, ErrorCategory::invalid_recipient);
    EXPECT_EQ(attempts()[2].instance, "third");
    EXPECT_EQ(attempts()[2].failure, std::nullopt);
    EXPECT_EQ(attempts()[2].hints.at(0).used, "third");
}

TEST_F(OperationCandidates, HaveAttemptsOfTheirOwn) {
    add("first");
    auto& second = add("second");
    refuse("first", ErrorCategory::unsupported, "no such channel");
    auto const begun = clock->utc_now();
    auto const deadline = clock->now() + 10s;
    script.at[Seam::encode] = [this] { clock->manual.advance(3ms); };
    begin();
    ASSERT_EQ(script.encoded.size(), 2U);
    EXPECT_EQ(script.encoded[0].now, begun);
    EXPECT_EQ(script.encoded[0].reference, std::string(20, 'a'));
    EXPECT_EQ(script.encoded[1].adapter, "second");
    EXPECT_EQ(script.encoded[1].instance, "second");
    EXPECT_EQ(script.encoded[1].now, begun + 3ms);
    EXPECT_EQ(script.encoded[1].reference, std::string(20, 'b'));
    EXPECT_TRUE(script.encoded[1].hints_are_fitted);
    // The time is that of the whole operation.
    EXPECT_EQ(second.transport->requests.at(0).deadline, deadline);
    clock->manual.advance(10ms);
    second.transport->answer(200);
    EXPECT_EQ(attempts().at(0).latency, 3ms);
    EXPECT_EQ(attempts().at(1).latency, 13ms);
}

TEST_F(OperationCandidates, EndInNoRouteWithTheLastOnesWords) {
    add("first");
    add("second");
    add("third");
    refuse("first", ErrorCategory::unsupported, "one");
    refuse("second", ErrorCategory::unsupported, "two");
    refuse("third", ErrorCategory::invalid_recipient, "three");
    begin();
    EXPECT_EQ(requests(), 0U);
    EXPECT_EQ(script.encoded.size(), 3U);
    EXPECT_EQ(error().category, ErrorCategory::no_route);
    EXPECT_EQ(
        error().message, "no instance of the route can serve this request; the last one says: three"
    );
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().instance, "third");
    EXPECT_EQ(error().vendor, "third-vendor");
    EXPECT_EQ(error().handle, std::nullopt);
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip, Decision::skip, Decision::finish));
    EXPECT_EQ(attempts()[2].instance, "third");
    EXPECT_EQ(attempts()[2].failure, ErrorCategory::invalid_recipient);
}

TEST_F(OperationCandidates, KeepTheOnlyOnesOwnError) {
    for (auto const category : {ErrorCategory::unsupported, ErrorCategory::invalid_recipient}) {
        script = {};
        candidates.clear();
        add("first");
        refuse("first", category, "no such channel");
        begin();
        EXPECT_EQ(error().category, category);
        EXPECT_EQ(error().message, "no such channel");
        EXPECT_EQ(error().delivery, Delivery::not_sent);
        EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
        EXPECT_EQ(requests(), 0U);
    }
}

TEST_F(OperationCandidates, AreNotAskedWhatNoneCanTake) {
    for (auto const category :
         {ErrorCategory::invalid_request,
          ErrorCategory::config_invalid,
          ErrorCategory::destination_blocked}) {
        script = {};
        candidates.clear();
        add("first");
        add("second");
        refuse("first", category, "no");
        begin();
        EXPECT_EQ(error().category, category);
        EXPECT_EQ(error().message, "no");
        EXPECT_EQ(error().delivery, Delivery::not_sent);
        EXPECT_EQ(error().instance, "first");
        EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
        EXPECT_EQ(script.encoded.size(), 1U);
        EXPECT_EQ(requests(), 0U);
    }
}

TEST_F(OperationCandidates, TakeNoTokenFromOneAnother) {
    auto& first = add_with_token("first");
    auto& second = add("second");
    keep_token(first, "fake-token");
    script.refusals.emplace("first", said(ErrorCategory::unsupported, "no"));
    begin();
    EXPECT_TRUE(first.transport->requests.empty());
    ASSERT_EQ(second.transport->requests.size(), 1U);
    // The token is the first one's.
    EXPECT_EQ(token_of(second.transport->requests[0]), "");
}

}  // namespace
}  // namespace otp::test
