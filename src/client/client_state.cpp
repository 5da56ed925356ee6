#include "client/client_state.hpp"

#include "client/make_roster.hpp"
#include "client/reports.hpp"
#include "config/settle_config.hpp"

#include <utility>

namespace otp {

namespace {

ClientConfig settled(ClientConfig config, ClientOptions const& options) {
    return config::settle_config(
               std::move(config), options.vendors, options.environment, options.environment_names
    )
        .value();
}

}  // namespace

ClientState::ClientState(
    boost::asio::any_io_executor executor, ClientConfig config, ClientOptions const& options
)
    : executor_(std::move(executor), options.threading),
      environment_{
          options.clock,
          options.random,
          std::make_shared<delivery::ReferenceSource>(options.random),
          executor_.work(),
          options.observers},
      options_(options),
      deadline_(config.deadline),
      roster_(make_roster(settled(std::move(config), options), options, executor_.work(), nullptr)
      ) {}

ReloadReport ClientState::reload(ClientConfig config) {
    auto const deadline = config.deadline;
    auto before = roster();
    auto after =
        make_roster(settled(std::move(config), options_), options_, executor_.work(), before.get());
    auto report = report_reload(*before, *after);
    std::erase_if(earlier_rosters_, [](auto const& earlier) { return earlier.expired(); });
    earlier_rosters_.push_back(before);
    // From here on nothing fails.
    deadline_ = deadline;
    std::lock_guard const lock(roster_mutex_);
    roster_ = std::move(after);
    return report;
}

void ClientState::close() noexcept {
    closing_ = true;
    environment_.closed = true;
    roster()->close();
    for (auto const& earlier : earlier_rosters_) {
        if (auto const held = earlier.lock()) held->close();
    }
    for (auto& operation : environment_.waits) operation.end_wait();
}

}  // namespace otp
