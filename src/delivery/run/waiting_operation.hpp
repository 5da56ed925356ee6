#pragma once

#include <boost/intrusive/list.hpp>

namespace otp::delivery {

/// An operation that waits before an attempt, where whoever closes the client finds it. It leaves
/// its list when it is destroyed.
class WaitingOperation : public boost::intrusive::list_base_hook<
                             boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    WaitingOperation() = default;
    WaitingOperation(WaitingOperation const&) = delete;
    WaitingOperation& operator=(WaitingOperation const&) = delete;

    /// The operation ends with `cancelled`, later.
    virtual void end_wait() noexcept = 0;

protected:
    ~WaitingOperation() = default;
};

using WaitingOperations =
    boost::intrusive::list<WaitingOperation, boost::intrusive::constant_time_size<false>>;

}  // namespace otp::delivery
