// What becomes of a request when the process has no descriptor left for it.

#include "http/connect/lookup_failure.hpp"
#include "support/certificate_authority.hpp"
#include "support/other_process.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <otp/client.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/name_resolver.hpp>
#include <otp/seam/transport.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace otp::test {
namespace {

using testing::HasSubstr;

/// Lets this process open no more than `left` further descriptors.
void leave_descriptors(rlim_t left) {
    // The limit is one of numbers, of which the lowest free ones are given first.
    rlim_t limit = 0;
    for (rlim_t free = 0; free <= left; ++limit) {
        if (::fcntl(static_cast<int>(limit), F_GETFD) < 0) ++free;
    }
    rlimit few{};
    ::getrlimit(RLIMIT_NOFILE, &few);
    few.rlim_cur = limit - 1;
    ::setrlimit(RLIMIT_NOFILE, &few);
}

std::string describe(Error const& error) {
    return std::string(to_string(error.category)) + ' ' + std::string(to_string(error.delivery)) +
           ' ' + error.message;
}

InstanceConfig instance_for(std::string const& base_url) {
    InstanceConfig instance;
    instance.name = "test";
    instance.vendor = "stytch";
    instance.base_url = base_url;
    instance.tls.ca_file = test_authority().ca_file();
    return instance;
}

void expect_named(std::string const& outcome) {
    EXPECT_TRUE(outcome.starts_with("connect_failed not_sent ")) << outcome;
    EXPECT_THAT(outcome, HasSubstr("Too many open files"));
    EXPECT_THAT(outcome, HasSubstr("ulimit -n"));
}

constexpr char const* answered = "answered";

/// Makes a transport and sends one request with it, having so many descriptors left.
std::string send_with(std::string const& base_url, rlim_t left) {
    auto const instance = instance_for(base_url);
    boost::asio::io_context context(1);
    leave_descriptors(left);
    TransportSettings const settings{
        context.get_executor(), base_url, instance, Clock::system(), NameResolver::system()};
    auto const made = make_http_transport(settings);
    if (!made) return describe(made.error());
    auto const& transport = *made;
    std::optional<HttpExchange> outcome;
    transport->async_exchange(
        send_request(),
        std::chrono::steady_clock::now() + std::chrono::seconds(5),
        [&](HttpExchange exchange) { outcome.emplace(std::move(exchange)); }
    );
    context.run();
    if (!outcome) return "no outcome";
    if (outcome->outcome) return answered;
    if (outcome->bytes_taken != 0) return "bytes were taken";
    return describe(outcome->outcome.error());
}

class Descriptors : public testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(OverBoth, Descriptors, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

TEST_P(Descriptors, AreNamedWhenTheyRunOutUntilASendSucceeds) {
    auto const certificate =
        ServerTls{test_authority().certificate(), test_authority().key(), {}, {}, 0, 0, 2, {}};
    ScriptedServer const server(
        [](Peer& peer, std::size_t) {
            while (peer.read_request()) peer.write(ok_response("{}"));
        },
        GetParam() ? std::optional(certificate) : std::nullopt
    );
    int named = 0;
    for (rlim_t left = 0; left < 40; ++left) {
        SCOPED_TRACE(left);
        auto const outcome = in_other_process([&] { return send_with(server.base_url(), left); });
        if (outcome == answered) {
            EXPECT_GT(named, 2);
            return;
        }
        expect_named(outcome);
        ++named;
    }
    FAIL() << "40 descriptors do not suffice";
}

TEST(Descriptors, AreNotBlamedForAnExpiredCertificate) {
    test_authority().run(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days -1"
        " -extfile server.ext -out expired.pem"
    );
    auto const certificate = ServerTls{
        test_authority().file("expired.pem"), test_authority().key(), {}, {}, 0, 0, 2, {}};
    ScriptedServer const server([](Peer&, std::size_t) {}, certificate);
    for (rlim_t left = 0; left < 40; ++left) {
        SCOPED_TRACE(left);
        auto const outcome = in_other_process([&] { return send_with(server.base_url(), left); });
        if (outcome.find("TLS handshake") == outcome.npos) continue;
        // The first to get so far: its socket was the last descriptor.
        EXPECT_TRUE(outcome.starts_with("tls_failed not_sent ")) << outcome;
        EXPECT_THAT(outcome, HasSubstr("expired"));
        return;
    }
    FAIL() << "40 descriptors do not suffice";
}

/// A resolver that finds nothing.
class EmptyResolver final : public NameResolver {
public:
    explicit EmptyResolver(boost::system::error_code error) : error_(error) {}
    void async_resolve(
        boost::asio::any_io_executor const& executor, std::string, std::uint16_t, Handler handler
    ) override {
        boost::asio::post(executor, [error = error_, handler = std::move(handler)]() mutable {
            std::move(handler)(error, Endpoints());
        });
    }

private:
    boost::system::error_code error_;
};

std::string resolve_without_descriptors(boost::system::error_code error) {
    return in_other_process([error] {
        TransportHarness harness(
            "https://vendor.example.com", {}, std::make_shared<EmptyResolver>(error)
        );
        leave_descriptors(0);
        return describe(harness.exchange(send_request()).outcome.error());
    });
}

TEST(Descriptors, AreNamedBesideWhatALookupSays) {
    for (auto const said :
         {boost::asio::error::host_not_found_try_again, boost::asio::error::host_not_found}) {
        boost::system::error_code const error(said);
        auto const outcome = resolve_without_descriptors(error);
        expect_named(outcome);
        EXPECT_THAT(outcome, HasSubstr(http::explain_lookup_failure(error)));
    }
}

/// A resolver that cannot have its thread, or its memory.
template <class Exception>
class FailingResolver final : public NameResolver {
public:
    explicit FailingResolver(Exception thrown) : thrown_(std::move(thrown)) {}
    void async_resolve(boost::asio::any_io_executor const&, std::string, std::uint16_t, Handler)
        override {
        throw thrown_;
    }

private:
    Exception thrown_;
};

template <class Exception>
Error error_of(Exception thrown) {
    TransportHarness harness(
        "https://vendor.example.com",
        {},
        std::make_shared<FailingResolver<Exception>>(std::move(thrown))
    );
    auto const exchange = harness.exchange(send_request());
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_EQ(exchange.phase, ExchangePhase::resolving);
    return exchange.outcome.has_error() ? exchange.outcome.error() : Error();
}

TEST(Threads, AreNamedWhenThereIsNoneForTheResolver) {
    auto const error =
        error_of(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again))
        );
    EXPECT_EQ(error.category, ErrorCategory::connect_failed);
    EXPECT_THAT(error.message, HasSubstr("looking up the name vendor.example.com failed: "));
    EXPECT_THAT(error.message, HasSubstr("temporarily unavailable"));
}

TEST(Memory, IsNamedWhenThereIsNoneForAConnection) {
    auto const error = error_of(std::bad_alloc());
    EXPECT_EQ(error.category, ErrorCategory::connect_failed);
    EXPECT_THAT(error.message, HasSubstr("out of memory"));
}

/// The system's, until there is no memory for a timer.
class FailingClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override { return Clock::system()->now(); }
    [[nodiscard]] UtcTime utc_now() const noexcept override { return Clock::system()->utc_now(); }
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        if (fails) throw std::bad_alloc();
        return Clock::system()->make_timer(executor);
    }

    bool fails{false};
};

TEST(Memory, IsNamedToEachOfManyThatWaitForAConnection) {
#ifdef OTP_SANITIZED_TESTS
    constexpr std::size_t waiting = 5'000;
#else
    constexpr std::size_t waiting = 50'000;
#endif
    auto const clock = std::make_shared<FailingClock>();
    TransportHarness harness(
        "https://vendor.example.com",
        [](InstanceConfig& instance) {
            instance.limits.max_connections = 1;
            instance.limits.max_in_flight = waiting;
        },
        std::make_shared<EmptyResolver>(boost::asio::error::host_not_found),
        clock
    );
    std::size_t named = 0;
    std::size_t completed = 0;
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    for (std::size_t i = 0; i < waiting; ++i) {
        harness.transport->async_exchange(send_request(), deadline, [&](HttpExchange exchange) {
            ++completed;
            if (exchange.outcome.error().message.find("out of memory") != std::string::npos) {
                ++named;
            }
        });
    }
    clock->fails = true;
    while (completed < waiting && harness.context.run_one_for(std::chrono::seconds(60)) > 0) {
    }
    // The first had a connection on its way, which met something else.
    EXPECT_EQ(named, waiting - 1);
}

TEST(Defects, AreToldFromALackOfSomething) {
    auto const error = error_of(std::logic_error("secret text"));
    EXPECT_EQ(error.category, ErrorCategory::internal);
    EXPECT_THAT(error.message, testing::Not(HasSubstr("secret")));
}

/// Makes a client, having so many descriptors left.
std::string construct_with(rlim_t left) {
    ClientConfig config;
    auto instance = instance_for("https://localhost:1");
    instance.credentials.emplace("project_id", Secret("project-test-0123456789abcdef"));
    instance.credentials.emplace("secret", Secret("secret-test-0123456789abcdef"));
    config.instances.push_back(std::move(instance));
    boost::asio::io_context context(1);
    leave_descriptors(left);
    try {
        OtpClient const client(context.get_executor(), std::move(config));
        return "made";
    } catch (ErrorException const& exception) {
        return describe(exception.error());
    } catch (std::exception const& exception) {
        return std::string("a bare exception: ") + exception.what();
    }
}

TEST(Descriptors, AreNamedByTheClientsConstructor) {
    int named = 0;
    for (rlim_t left = 0; left < 12; ++left) {
        SCOPED_TRACE(left);
        auto const outcome = in_other_process([left] { return construct_with(left); });
        if (outcome == "made") {
            EXPECT_GT(named, 0);
            return;
        }
        expect_named(outcome);
        ++named;
    }
    FAIL() << "12 descriptors do not suffice";
}

std::size_t open_descriptors() {
    auto const all = std::filesystem::directory_iterator("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// Five instances, and seven origins: two of them fetch tokens elsewhere.
ClientConfig config_of_all_vendors(std::filesystem::path const& ca_file) {
    ConfigSources sources;
    sources.environment = nullptr;
    auto const text = R"({
        "version": 1,
        "allow_inline_secrets": true,
        "defaults": { "ignore_proxy_environment": true, "tls": { "ca_file": ")" +
                      ca_file.string() + R"(" } },
        "instances": {
            "stytch": { "vendor": "stytch", "environment": "test", "credentials": {
                "project_id": "project-test-00000000-0000-0000-0000-000000000000",
                "secret": "secret-test-0123456789abcdef" } },
            "eko": { "vendor": "eko", "environment": "sandbox",
                "credentials": {
                    "developer_key": "becbbce45f79c6f5109f848acd540567",
                    "access_key": "d2fe1d99-6298-4af2-8cc5-d97dcf46df30" },
                "options": { "initiator_id": "9962981729" } },
            "spherepay": { "vendor": "spherepay", "credentials": {
                "api_key": "api-key-0123456789" } },
            "10npay": { "vendor": "10npay", "environment": "production",
                "base_url": "https://gateway.example.com/10npay",
                "credentials": {
                    "client_id": "client-1", "client_secret": "client-secret-1" },
                "options": { "token_url": "https://login.example.com/token" } },
            "loyaltydog": { "vendor": "loyaltydog", "credentials": {
                "username": "user@example.com", "password": "password-1" } }
        },
        "routes": { "login": { "use": ["stytch"] } }
    })";
    return parse_config(text, VendorRegistry::built_in(), sources).value();
}

TEST(Descriptors, AreNotTakenByAClientThatHasNotSent) {
    boost::asio::io_context context(1);
    // The context's own, of which it has none before its first timer.
    boost::asio::steady_timer const timer(context);
    auto const before = open_descriptors();
    std::vector<OtpClient> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back(
            context.get_executor(), config_of_all_vendors(test_authority().ca_file())
        );
    }
    EXPECT_EQ(open_descriptors(), before);
}

TEST(Descriptors, OfAConnectionAreGivenBackWithIt) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url());
    auto const before = open_descriptors();
    for (std::size_t sent = 1; sent <= 3; ++sent) {
        ASSERT_TRUE(harness.exchange(send_request()).outcome);
        // The server's own descriptor, which is counted here, too, goes a little later.
        ASSERT_TRUE(harness.run_until([&] {
            return server.finished_connections() == sent && open_descriptors() == before;
        })) << open_descriptors()
            << " in place of " << before;
    }
}

std::atomic<int> certificates_made{0};

void count_certificate(void*, void*, CRYPTO_EX_DATA*, int, long, void*) {
    ++certificates_made;
}

using CertificatePointer = std::unique_ptr<X509, decltype(&X509_free)>;

CertificatePointer read_certificate(std::filesystem::path const& file) {
    std::unique_ptr<BIO, decltype(&BIO_free)> const bio(BIO_new_file(file.c_str(), "r"), &BIO_free);
    return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free};
}

TEST(Authorities, AreParsedOnceForAllTransportsOfAllClients) {
    // OpenSSL tells of each certificate that it makes.
    CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_X509, 0, nullptr, &count_certificate, nullptr, nullptr);
    TemporaryDirectory const folder;
    auto const file = folder.path() / "several.pem";
    std::ofstream bundle(file);
    constexpr int count = 3;
    for (int i = 0; i < count; ++i) {
        test_authority().run(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" +
            std::to_string(i) + " -keyout counted.key -out counted.pem"
        );
        bundle << std::ifstream(test_authority().file("counted.pem")).rdbuf();
    }
    bundle.close();
    // It tells of some more than once.
    ASSERT_NE(read_certificate(test_authority().file("counted.pem")), nullptr);
    int const told_of_each = certificates_made.exchange(0);
    ASSERT_GT(told_of_each, 0);
    boost::asio::io_context context(1);
    std::vector<OtpClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(context.get_executor(), config_of_all_vendors(file));
    }
    EXPECT_EQ(certificates_made, count * told_of_each);
}

}  // namespace
}  // namespace otp::test
