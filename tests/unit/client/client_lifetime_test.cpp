// What becomes of operations when their client is moved, replaced or destroyed.

#include "unit/client/watched_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

#include <utility>

namespace otp::test {
namespace {

/// A completion token that begins nothing, and tells the executor of what it would begin.
struct ExecutorOfInitiation {};

}  // namespace
}  // namespace otp::test

template <class Signature>
class boost::asio::async_result<otp::test::ExecutorOfInitiation, Signature> {
public:
    template <class Initiation, class... Arguments>
    static any_io_executor initiate(
        [[maybe_unused]] Initiation const& initiation,
        otp::test::ExecutorOfInitiation,
        Arguments&&... /*arguments*/
    ) {
        // Asio also tries this with an initiation of its own.
        if constexpr (requires { initiation.get_executor(); }) return initiation.get_executor();
        return {};
    }
};

namespace otp::test {
namespace {

namespace asio = boost::asio;

class ClientLifetime : public WatchedClient, public ::testing::WithParamInterface<Threading> {
protected:
    ClientLifetime() { threading = GetParam(); }

    /// A further client like the first.
    [[nodiscard]] OtpClient another() {
        config = plain_config({"main"});
        return make_client();
    }
    void begin_send(OtpClient& asked, Sent& outcome) {
        asked.async_send("login", request(), keep_in(outcome));
        settle();
    }
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    ClientLifetime,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(ClientLifetime, EndsWhatIsInFlight) {
    Sent outcome;
    begin_send(client(), outcome);
    destroy_client();
    settle();
    EXPECT_EQ(say(outcome), "cancelled unknown");
    EXPECT_TRUE(transport().closed);
}

TEST_P(ClientLifetime, EndsTheFetchOfAToken) {
    conduct->needs_token = true;
    Sent outcome;
    begin_send(client(), outcome);
    ASSERT_EQ(transport(1).targets.size(), 1U);
    destroy_client();
    settle();
    EXPECT_EQ(say(outcome), "cancelled not_sent");
    EXPECT_TRUE(transport(0).closed);
    EXPECT_TRUE(transport(1).closed);
}

TEST_P(ClientLifetime, EndsWhatItIsAskedForAtTheLastMoment) {
    Sent outcome;
    client().async_send("login", request(), keep_in(outcome));
    destroy_client();
    settle();
    EXPECT_EQ(say(outcome), "cancelled unknown");
}

TEST_P(ClientLifetime, ThatHasEndedRefusesWhatWasPutOff) {
    Sent outcome;
    auto put_off = client().async_send("login", request());
    destroy_client();
    settle();
    std::move(put_off)(keep_in(outcome));
    settle();
    ASSERT_EQ(say(outcome), "cancelled not_sent");
    EXPECT_EQ(outcome->error().message, "the client has been shut down");
    EXPECT_TRUE(transport().targets.empty());
}

TEST_P(ClientLifetime, BeginsNothingThatIsPutOff) {
    auto put_off = client().async_send("login", request());
    settle();
    EXPECT_TRUE(transport().targets.empty());
    Sent outcome;
    std::move(put_off)(keep_in(outcome));
    settle();
    EXPECT_EQ(transport().targets.size(), 1U);
}

TEST_P(ClientLifetime, GoesOnInTheClientThatItIsMovedTo) {
    Sent before;
    Sent after;
    auto first = another();
    begin_send(first, before);
    OtpClient second(std::move(first));
    begin_send(second, after);
    EXPECT_FALSE(transport().closed);
    transport().answer(0, 200, "accepted");
    transport().answer(1, 200, "accepted");
    settle();
    EXPECT_EQ(say(before), "success");
    EXPECT_EQ(say(after), "success");
}

TEST_P(ClientLifetime, IsNotEndedByWhatWasMovedFrom) {
    Sent outcome;
    std::optional<OtpClient> first(another());
    OtpClient second(std::move(*first));
    first.reset();
    settle();
    EXPECT_FALSE(transport().closed);
    begin_send(second, outcome);
    transport().answer(0, 200, "accepted");
    settle();
    EXPECT_EQ(say(outcome), "success");
}

TEST_P(ClientLifetime, EndsWhenAnotherClientIsAssigned) {
    auto replaced = another();
    auto other = another();
    Sent of_replaced;
    Sent of_other;
    begin_send(replaced, of_replaced);
    begin_send(other, of_other);
    replaced = std::move(other);
    settle();
    EXPECT_EQ(say(of_replaced), "cancelled unknown");
    EXPECT_TRUE(transport(0).closed);
    EXPECT_EQ(say(of_other), "none");
    Sent further;
    begin_send(replaced, further);
    transport(1).answer(0, 200, "accepted");
    transport(1).answer(1, 200, "accepted");
    settle();
    EXPECT_EQ(say(of_other), "success");
    EXPECT_EQ(say(further), "success");
}

TEST_P(ClientLifetime, CanBeginAgainInAClientThatWasMovedFrom) {
    auto first = another();
    auto const second = std::move(first);
    first = another();
    Sent outcome;
    begin_send(first, outcome);
    EXPECT_FALSE(transport(0).closed);
    EXPECT_EQ(transport(1).targets.size(), 1U);
}

TEST_P(ClientLifetime, KeepsTheExecutorThatItWasMadeWith) {
    asio::any_io_executor const given = context.get_executor();
    EXPECT_EQ(client().get_executor(), given);
    EXPECT_EQ(client().async_send("login", request(), ExecutorOfInitiation()), given);
    EXPECT_EQ(client().async_shutdown({}, ExecutorOfInitiation()), given);
    EXPECT_EQ(client().async_check_connections(ExecutorOfInitiation()), given);
}

}  // namespace
}  // namespace otp::test
