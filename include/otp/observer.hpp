#pragma once

#include <otp/export.hpp>

#include <string>

namespace OTP_EXPORT otp {

/// Something that an operator should know, although the operation went on. Safe to log.
struct Warning {
    std::string instance;
    std::string vendor;
    /// What was seen and what the SDK did about it.
    std::string message;
};

/// Hears what happens inside a client. An extension point: derive from it, override what is of
/// interest, and hand it over in `ClientOptions::observer`.
///
/// - Executor: called where the client does its work (a strand, unless `Threading::single`), so a
///   member must not block.
/// - Exceptions: none may leave a member; one that does ends the program.
/// - Lifetime: shared with the client and its last operation.
class Observer {
public:
    Observer() = default;
    Observer(Observer const&) = delete;
    Observer& operator=(Observer const&) = delete;
    virtual ~Observer() = default;

    virtual void on_warning(Warning const& /*warning*/) noexcept {}
};

}  // namespace otp
