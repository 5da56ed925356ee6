#pragma once

#include "support/scripted_server.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace otp::test {

/// When a `ClosingServer` ends a connection that served one request and was kept open.
enum class Moment {
    idle,             ///< After a pause, whatever the client does meanwhile.
    partial_request,  ///< When it has read some bytes of the next request.
    before_answer,    ///< When it has processed the next request.
    partial_answer,   ///< When it has sent some bytes of the answer.
    after_answer,     ///< When it has answered.
};

enum class Ending {
    finish,  ///< close_notify and FIN; it goes on reading.
    cut,     ///< FIN, and the connection is closed.
    reset,   ///< RST.
};

/// What happens in one run.
struct Closing {
    Moment moment;
    Ending ending;
    std::size_t bytes;
    std::chrono::microseconds pause;
};

/// The same closings for the same seed.
[[nodiscard]] std::vector<Closing> random_closings(std::uint64_t seed, std::size_t count);

/// The seed of this process's random tests: `OTP_TEST_SEED`, or a fixed one. Printed.
[[nodiscard]] std::uint64_t announced_seed();

/// The bodies of the two requests of a run. The first one is always answered, and its connection is
/// the one that the server then closes; the second one is what must not be processed twice.
[[nodiscard]] std::string first_body(std::size_t run);
[[nodiscard]] std::string second_body(std::size_t run);
/// The body of a request that is never answered, on a connection that the server keeps.
[[nodiscard]] std::string companion_body();

/// A server that follows a schedule of closings, and knows what it saw of each run's second
/// request.
class ClosingServer {
public:
    /// What the server knows of a run.
    struct Seen {
        /// Bytes of the second request that were read, over all connections.
        std::size_t bytes{0};
        int processed{0};
    };

    ClosingServer(std::vector<Closing> closings, std::optional<ServerTls> tls);

    [[nodiscard]] std::string base_url() const { return server_->base_url(); }
    [[nodiscard]] std::size_t connections() const { return server_->connections(); }

    /// Ends the server; its knowledge is complete then.
    std::vector<Seen> stop();

private:
    void serve(Peer& peer);
    void close_connection(Peer& peer, std::size_t run);
    void end(Peer& peer, std::size_t run);
    void saw(std::size_t run, std::size_t bytes, bool processed);

    std::vector<Closing> closings_;
    std::mutex mutex_;
    std::vector<Seen> seen_;
    std::unique_ptr<ScriptedServer> server_;
};

/// Waits without giving up the processor: a pause of microseconds, from which a sleep would make
/// tens.
void spin_for(std::chrono::microseconds pause);

}  // namespace otp::test
