#pragma once

#include "inbox/fault_rules.hpp"
#include "inbox/mock_clock.hpp"
#include "vendor/id_source.hpp"
#include "vendor/vendor.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// The vendors, the clock and the faults that those share who name it.
struct Session {
    std::string name;
    std::vector<std::unique_ptr<Vendor>> vendors;
    MockClock clock;
    IdSource ids;
    FaultRules faults;
    /// Counts uses of all sessions.
    std::uint64_t last_used{0};

    /// Precondition: it is one of them.
    [[nodiscard]] Vendor& vendor(std::string_view vendor_name);
    /// Makes the vendors forget everything but their accounts.
    void forget();
    void revoke_tokens();
};

/// The session without a name, and those with one, which are made when they are first used. Not
/// thread-safe.
class Sessions {
public:
    /// Vendors that know nothing yet.
    using MakeVendors = std::function<std::vector<std::unique_ptr<Vendor>>()>;

    /// Each session begins with `clock`. `seed`: the same gives each session the same codes and
    /// ids, in order, others than those of another session.
    Sessions(MakeVendors vendors, MockClock clock, std::optional<std::uint32_t> seed);

    /// The session of that name, which is made if there is none. `gone`: what had to go for it, as
    /// there are 1,000 with a name at most: the one that was used longest ago.
    [[nodiscard]] Session& use(std::string_view name, std::optional<std::string>& gone);
    /// Null if there is none. It counts as a use.
    [[nodiscard]] Session* find(std::string_view name);
    [[nodiscard]] Session const* find(std::string_view name) const;
    /// The clock of a session; of one that is not there the one that it would begin with.
    [[nodiscard]] MockClock const& clock_of(std::string_view name) const;
    /// How many there are, that without a name among them.
    [[nodiscard]] std::size_t size() const noexcept { return by_name_.size(); }
    void for_each(std::function<void(Session&)> const& visit);

private:
    [[nodiscard]] std::string forget_unused();

    MakeVendors make_vendors_;
    MockClock clock_;
    std::optional<std::uint32_t> seed_;
    std::uint64_t uses_{0};
    std::map<std::string, Session, std::less<>> by_name_;
};

}  // namespace otp::mocks
