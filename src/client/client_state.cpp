#include "client/client_state.hpp"

#include "client/make_roster.hpp"
#include "config/settle_config.hpp"

#include <utility>

namespace otp {

ClientState::ClientState(
    boost::asio::any_io_executor executor, ClientConfig config, ClientOptions const& options
)
    : executor_(std::move(executor), options.threading),
      environment_{
          options.clock,
          std::make_shared<delivery::ReferenceSource>(options.random),
          executor_.work(),
          options.observer},
      deadline_(config.deadline),
      roster_(make_roster(
          config::settle_config(std::move(config), options.environment, options.environment_names)
              .value(),
          options,
          executor_.work()
      )) {}

void ClientState::close() noexcept {
    closing_ = true;
    roster_->close();
}

}  // namespace otp
