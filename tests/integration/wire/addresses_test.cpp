// Where a client connects to, and what it says there, for addresses of the configuration and of the
// environment. How they are read is tested in tests/unit/model and tests/unit/config.

#include "integration/wire/recording_resolver.hpp"
#include "support/scripted_server.hpp"

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view sent_body =
    R"({"status_code":200,"request_id":"request-id-test-1","user_id":"user-test-1",)"
    R"("phone_id":"phone-number-test-1","user_created":false})";

/// One server for all: a vendor that is spoken to in clear text, a proxy that refuses every tunnel,
/// and, to whoever begins a TLS handshake, a peer that hangs up.
class Listener {
public:
    [[nodiscard]] std::string port() const { return std::to_string(server_.port()); }

    /// What was said first on each connection.
    [[nodiscard]] std::vector<std::string> openings() const {
        std::lock_guard const lock(mutex_);
        return openings_;
    }
    [[nodiscard]] bool was_asked_for_a_tunnel() const { return begins("CONNECT "); }
    [[nodiscard]] bool saw_a_handshake() const { return begins("\x16\x03"); }

private:
    [[nodiscard]] bool begins(std::string_view text) const {
        for (auto const& opening : openings()) {
            if (opening.starts_with(text)) return true;
        }
        return false;
    }

    void serve(Peer& peer) {
        auto const opening = peer.read_some();
        {
            std::lock_guard const lock(mutex_);
            openings_.push_back(opening);
        }
        if (opening.starts_with("CONNECT ")) {
            peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        } else if (opening.starts_with("POST ")) {
            peer.write(ok_response(sent_body));
        }
        peer.finish();
    }

    mutable std::mutex mutex_;
    std::vector<std::string> openings_;
    ScriptedServer server_{[this](Peer& peer, std::size_t) { serve(peer); }};
};

using Variables = std::map<std::string, std::string>;

class Addresses : public testing::Test {
protected:
    static InstanceConfig stytch(std::string base_url) {
        InstanceConfig instance;
        instance.name = "main";
        instance.vendor = "stytch";
        instance.base_url = std::move(base_url);
        instance.credentials.emplace("project_id", Secret("project-test-fake"));
        instance.credentials.emplace("secret", Secret("fake-secret"));
        return instance;
    }

    [[nodiscard]] Result<SendReceipt> send(InstanceConfig instance, Variables variables = {}) {
        ClientConfig config;
        instance.delivery.retry.attempts = 1;
        config.instances.push_back(std::move(instance));
        ClientOptions options;
        options.resolver = resolver;
        options.environment = [variables](std::string const& name) -> std::optional<std::string> {
            auto const found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        };
        asio::thread_pool pool(1);
        OtpClient client(pool.get_executor(), std::move(config), std::move(options));
        Recipient person(PhoneNumber::parse("+12025550162").value());
        person.user_ids["10npay"] = "2077";
        return client
            .async_send(SendTarget::instance("main"), SendOtp(std::move(person)), asio::use_future)
            .get();
    }

    /// Why there is no client.
    [[nodiscard]] std::string refusal(InstanceConfig instance, Variables variables = {}) {
        try {
            (void)send(std::move(instance), std::move(variables));
        } catch (ErrorException const& refused) {
            EXPECT_EQ(refused.error().category, ErrorCategory::config_invalid);
            std::string text = refused.what();
            text += refused.error().message;
            for (auto const& violation : refused.error().violations) text += violation.message;
            return text;
        }
        ADD_FAILURE() << "it was taken";
        return {};
    }

    std::shared_ptr<RecordingResolver> resolver{std::make_shared<RecordingResolver>()};
    Listener listener;
};

TEST_F(Addresses, AProxyWhoseNameBeginsLikeAnAddressIsThatName) {
    auto const sent = send(
        stytch("https://api.example.com"),
        {{"HTTPS_PROXY", "http://corp:secret@127.0.0.1.proxy.example:" + listener.port()}}
    );
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().delivery, Delivery::not_sent);
    EXPECT_THAT(resolver->names(), ElementsAre("127.0.0.1.proxy.example"));
    EXPECT_THAT(listener.openings(), ElementsAre(StartsWith("CONNECT api.example.com:443 ")));
    // "corp:secret"
    EXPECT_THAT(
        listener.openings(),
        ElementsAre(HasSubstr("Proxy-Authorization: Basic Y29ycDpzZWNyZXQ=\r\n"))
    );
    EXPECT_THAT(sent.error().message, HasSubstr("403"));
}

TEST_F(Addresses, APasswordThatIsNotEscapedGoesNowhere) {
    for (std::string const tail :
         {"sec@ret@127.0.0.1:", "sec#ret@127.0.0.1:", "sec/ret@127.0.0.1:", "1#ret@127.0.0.1:"}) {
        for (std::string const scheme : {"http://", ""}) {
            auto const why = refusal(
                stytch("https://api.example.com"),
                {{"HTTPS_PROXY", scheme + "corp:" + tail + listener.port()}}
            );
            EXPECT_THAT(why, HasSubstr("HTTPS_PROXY"));
            EXPECT_THAT(why, HasSubstr("main"));
            for (auto const* const part : {"sec", "ret", "corp", "127.0.0.1"}) {
                EXPECT_THAT(why, Not(HasSubstr(part))) << tail;
            }
        }
    }
    EXPECT_THAT(resolver->names(), IsEmpty());
    EXPECT_THAT(listener.openings(), IsEmpty());
}

TEST_F(Addresses, AnEscapedPasswordReachesItsProxy) {
    (void)send(
        stytch("https://api.example.com"),
        {{"HTTPS_PROXY", "http://corp:s%40%23t@127.0.0.1:" + listener.port()}}
    );
    // "corp:s@#t"
    EXPECT_THAT(
        listener.openings(), ElementsAre(HasSubstr("Proxy-Authorization: Basic Y29ycDpzQCN0\r\n"))
    );
}

TEST_F(Addresses, AProxyInBracketsIsAnAddressAndNotAName) {
    auto const mapped = "[::ffff:127.0.0.1]:" + listener.port();
    (void)send(stytch("https://api.example.com"), {{"HTTPS_PROXY", "http://" + mapped}});
    EXPECT_THAT(listener.openings(), ElementsAre(StartsWith("CONNECT api.example.com:443 ")));

    auto const instance = [&] {
        auto made = stytch("https://api.example.com");
        made.proxy.emplace();
        made.proxy->host = "[::ffff:127.0.0.1]";
        made.proxy->port = static_cast<std::uint16_t>(std::stoul(listener.port()));
        return made;
    };
    (void)send(instance());
    EXPECT_EQ(listener.openings().size(), 2U);

    // Whoever listens there, or nobody: it is no name.
    auto const sent = send(stytch("https://api.example.com"), {{"HTTPS_PROXY", "http://[::1]:9"}});
    ASSERT_FALSE(sent);
    EXPECT_THAT(sent.error().message, HasSubstr("proxy [::1]:9"));
    EXPECT_THAT(resolver->names(), IsEmpty());
}

TEST_F(Addresses, AVendorInBracketsIsAnAddressAndNotAName) {
    auto const sent = send(stytch("http://[::ffff:127.0.0.1]:" + listener.port()));
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_THAT(
        listener.openings(),
        ElementsAre(HasSubstr("\r\nHost: [::ffff:127.0.0.1]:" + listener.port()))
    );
    EXPECT_THAT(resolver->names(), IsEmpty());
}

TEST_F(Addresses, WhatNoProxyCoversIsReachedDirectly) {
    struct Row {
        std::string host;
        std::string no_proxy;
    };
    std::string const port = ':' + listener.port();
    for (auto const& row : std::vector<Row>{
             {"api.corp.example.com", "*.corp.example.com"},
             {"host", "host" + port},
             {"api.corp.example.com", "foo .corp.example.com"},
             {"foo", "foo .corp.example.com"},
             {"api.corp.example.com", "foo\t.corp.example.com"},
             {"127.0.0.1.example.com", "example.com"},
             {"api.example.com.", "API.example.com"},
             {"api.example.com", "*"},
         }) {
        Listener const proxy;
        auto const sent = send(
            stytch("https://" + row.host + port),
            {{"HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()}, {"NO_PROXY", row.no_proxy}}
        );
        ASSERT_FALSE(sent) << "a handshake without a certificate";
        EXPECT_THAT(proxy.openings(), IsEmpty()) << row.no_proxy;
        EXPECT_THAT(resolver->names(), Contains(row.host));
    }
    EXPECT_TRUE(listener.saw_a_handshake());
    EXPECT_FALSE(listener.was_asked_for_a_tunnel());
}

TEST_F(Addresses, WhatNoProxyDoesNotCoverGoesThroughTheProxy) {
    for (std::string const no_proxy :
         {".api.corp.example.com",
          "*.api.corp.example.com",
          "host:1",
          "api.corp.example.com:1",
          "192.0.2.0/24",
          "[2001:db8::7]",
          "corp.example.co"}) {
        Listener const proxy;
        (void)send(
            stytch("https://api.corp.example.com:" + listener.port()),
            {{"HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()}, {"NO_PROXY", no_proxy}}
        );
        EXPECT_TRUE(proxy.was_asked_for_a_tunnel()) << no_proxy;
    }
    EXPECT_THAT(listener.openings(), IsEmpty());
    EXPECT_THAT(resolver->names(), IsEmpty());
}

TEST_F(Addresses, WhatNoProxyMeansIsSaidWhereItCannotBeUnderstood) {
    auto const why = refusal(
        stytch("https://api.example.com"),
        {{"HTTPS_PROXY", "http://127.0.0.1:" + listener.port()}, {"NO_PROXY", "foo,http://secret"}}
    );
    EXPECT_THAT(why, HasSubstr("NO_PROXY has an entry that cannot be understood, the 2."));
    EXPECT_THAT(why, HasSubstr("main"));
    EXPECT_THAT(why, Not(HasSubstr("secret")));
}

/// 10nPay fetches its token from a host of its own.
InstanceConfig ten_n_pay(std::string base_url, std::string token_url) {
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "10npay";
    instance.environment = "test";
    instance.base_url = std::move(base_url);
    instance.options["token_url"] = std::move(token_url);
    instance.credentials.emplace("client_id", Secret("fake-client"));
    instance.credentials.emplace("client_secret", Secret("fake-client-secret"));
    return instance;
}

TEST_F(Addresses, ATokenEndpointHasItsOwnWay) {
    std::string const port = ':' + listener.port();
    Listener const proxy;
    Variables variables{{"HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()}};

    // The vendor directly, the token endpoint through the proxy.
    variables["NO_PROXY"] = "api.example.com";
    auto instance = [&] {
        return ten_n_pay("https://api.example.com" + port, "https://auth.example.com/connect");
    };
    (void)send(instance(), variables);
    EXPECT_THAT(proxy.openings(), ElementsAre(StartsWith("CONNECT auth.example.com:443 ")));
    EXPECT_THAT(listener.openings(), IsEmpty());

    // The other way round.
    variables["NO_PROXY"] = "auth.example.com";
    (void)send(
        ten_n_pay("https://api.example.com", "https://auth.example.com" + port + "/connect"),
        variables
    );
    EXPECT_EQ(proxy.openings().size(), 1U);
    EXPECT_TRUE(listener.saw_a_handshake());
}

TEST_F(Addresses, ATokenEndpointIsReadAsABaseUrlIs) {
    for (std::string const url :
         {"https://a..secret",
          "http://secret.example",
          "https://secret@host",
          "https://host/secret?x",
          "https://2130706433/secret",
          "https://127.1",
          "http://foo.localhost/secret"}) {
        auto const why = refusal(ten_n_pay("https://api.example.com", url));
        EXPECT_THAT(why, Not(HasSubstr("secret"))) << url;
        EXPECT_THAT(refusal(stytch(url)), Not(HasSubstr("secret"))) << url;
    }
    EXPECT_THAT(resolver->names(), IsEmpty());
}

TEST_F(Addresses, OfThisMachineAreTakenInEverySpelling) {
    for (std::string const start :
         {"http://LOCALHOST:", "HTTP://localhost:", "http://LocalHost.:", "Http://127.0.0.1:"}) {
        // A proxy that nobody may ask.
        auto const sent =
            send(stytch(start + listener.port()), {{"HTTPS_PROXY", "http://127.0.0.1:1"}});
        ASSERT_TRUE(sent) << start << ' ' << sent.error();
        EXPECT_EQ(sent->request_id, "request-id-test-1");
    }
    EXPECT_THAT(resolver->names(), ElementsAre("localhost", "localhost", "localhost"));
    EXPECT_THAT(
        listener.openings(), Contains(HasSubstr("\r\nHost: localhost:" + listener.port())).Times(3)
    );

    // Nobody answers in TLS, so that it ends where it should begin.
    auto const sent = send(stytch("HTTPS://localhost:" + listener.port()));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().phase, ExchangePhase::handshaking) << sent.error();
    EXPECT_TRUE(listener.saw_a_handshake());
}

TEST_F(Addresses, OfThisMachineAreNotBelievedWhereTheResolverSaysOtherwise) {
    // Reserved for documentation (RFC 5737), and nothing is to be sent there.
    resolver = std::make_shared<RecordingResolver>("192.0.2.1");
    auto const sent = send(stytch("http://localhost:" + listener.port()));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(sent.error().delivery, Delivery::not_sent);
    EXPECT_EQ(sent.error().phase, ExchangePhase::resolving);
    EXPECT_THAT(sent.error().message, HasSubstr("localhost leads to another machine"));
}

TEST_F(Addresses, InClearTextAreNotTakenToAProxy) {
    Listener const proxy;
    auto instance = stytch("http://127.0.0.1:" + listener.port());
    instance.proxy.emplace();
    instance.proxy->host = "127.0.0.1";
    instance.proxy->port = static_cast<std::uint16_t>(std::stoul(proxy.port()));
    auto const sent = send(std::move(instance));
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_THAT(proxy.openings(), IsEmpty());
}

}  // namespace
}  // namespace otp::test
