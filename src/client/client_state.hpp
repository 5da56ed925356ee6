#pragma once

#include "delivery/environment.hpp"
#include "delivery/instance.hpp"
#include "platform/block_pool.hpp"

#include <otp/client.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace otp {

/// What a client is behind its handle: the instances and the routes over them. All members but the
/// constructor and the executors run on `work_executor()`.
class ClientState : public std::enable_shared_from_this<ClientState> {
public:
    /// Throws `ErrorException`: `config_invalid`, or `connect_failed` if the process has no
    /// descriptor or memory left.
    ClientState(
        boost::asio::any_io_executor executor, ClientConfig config, ClientOptions const& options
    );

    [[nodiscard]] boost::asio::any_io_executor const& user_executor() const noexcept {
        return user_executor_;
    }
    /// The same, as completion handlers name their executors.
    [[nodiscard]] boost::asio::any_completion_executor const& user_completion_executor(
    ) const noexcept {
        return user_completion_executor_;
    }
    /// The user's executor, or a strand of it.
    [[nodiscard]] boost::asio::any_io_executor const& work_executor() const noexcept {
        return work_executor_;
    }
    [[nodiscard]] Threading threading() const noexcept { return threading_; }
    /// Memory for operations; null if more than one thread may meet them.
    [[nodiscard]] platform::BlockPool* operation_pool() const noexcept {
        return operation_pool_.get();
    }
    [[nodiscard]] delivery::Environment const& environment() const noexcept { return environment_; }
    /// How long an operation may take for which `requested` was asked.
    [[nodiscard]] std::chrono::milliseconds patience(
        std::optional<std::chrono::milliseconds> requested
    ) const {
        return requested.value_or(deadline_);
    }

    /// The instances that may serve `target`. Errors: `config_invalid` that names what there is.
    [[nodiscard]] Result<std::span<delivery::Instance* const>> candidates(SendTarget const& target
    ) const;
    /// The one instance that made `handle`. Errors: `config_invalid` if it is gone.
    [[nodiscard]] Result<std::span<delivery::Instance* const>> sender_of(
        VerificationHandle const& handle
    ) const;

    /// Where requests of an instance go.
    struct Way {
        delivery::Instance const* instance;
        Transport* transport;
        /// Whether only requests for tokens go there.
        bool is_token_endpoint;
    };
    /// Those of all instances, in the order of their names. A token endpoint that has the origin of
    /// its instance is no way of its own.
    [[nodiscard]] std::vector<Way> ways() const;

    /// Counts operations, for shutting down.
    class InFlight {
    public:
        explicit InFlight(std::shared_ptr<ClientState> state);
        InFlight(InFlight const&) = delete;
        InFlight& operator=(InFlight const&) = delete;
        ~InFlight();

    private:
        std::shared_ptr<ClientState> state_;
    };

    [[nodiscard]] bool closing() const noexcept { return closing_; }
    /// Takes no further operation.
    void begin_closing() noexcept { closing_ = true; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    /// Called once, when the last operation in flight is done.
    void when_idle(std::function<void()> callback) { when_idle_ = std::move(callback); }

    void warm_up(std::size_t connections);
    /// Completes what is in flight with `cancelled`.
    void close() noexcept;

private:
    void make_instance(InstanceConfig config, ClientOptions const& options);

    Threading threading_;
    boost::asio::any_io_executor user_executor_;
    boost::asio::any_completion_executor user_completion_executor_;
    boost::asio::any_io_executor work_executor_;
    platform::BlockPool::Owner operation_pool_;
    delivery::Environment environment_;
    std::chrono::milliseconds deadline_;
    // Operations hold pointers to instances: they stay where they are.
    std::map<std::string, delivery::Instance, std::less<>> instances_;
    std::map<std::string, std::vector<delivery::Instance*>, std::less<>> routes_;
    std::map<std::string, std::vector<delivery::Instance*>, std::less<>> single_instances_;
    std::size_t in_flight_{0};
    bool closing_{false};
    std::function<void()> when_idle_;
};

}  // namespace otp
