#include "simulation/certainty_rules.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

namespace otp::simulation {

namespace {

using std::chrono::milliseconds;

class CertaintyCheck {
public:
    CertaintyCheck(World& world, OperationRecord const& operation)
        : world_(world), operation_(operation) {}

    void run() {
        if (operation_.completions != 1) {
            return fail(
                "completed " + std::to_string(operation_.completions) + " times and not once"
            );
        }
        check_end();
        check_attempts();
        if (operation_.kind == OperationKind::send) {
            operation_.error() != nullptr ? check_failed_send() : check_accepted_send();
        } else {
            check_verify();
        }
    }

private:
    void fail(std::string const& rule) { world_.fail(rule, operation_.id); }

    void check_end() {
        auto const latest = operation_.deadline + world_.timeline.slept() + milliseconds(1);
        if (operation_.completed > latest) fail("completed after its deadline");
        if (!operation_.attempts.empty() && operation_.ends_told != 1) {
            fail("its end was told " + std::to_string(operation_.ends_told) + " times");
        }
    }

    void check_attempts() {
        auto const* const error = operation_.error();
        auto const& listed = error != nullptr     ? error->attempts
                             : operation_.receipt ? operation_.receipt->attempts
                                                  : operation_.verification->attempts;
        std::size_t made = 0;
        for (auto const& attempt : operation_.attempts) {
            if (!attempt.ended) fail("an attempt has no end");
            ++made;
        }
        if (listed.size() != made + operation_.passed_over.size()) {
            fail("the outcome lists other attempts than were told");
        }
    }

    /// An answer was not about what the vendor did.
    [[nodiscard]] bool was_misled() const {
        return std::any_of(
            operation_.exchanges.begin(),
            operation_.exchanges.end(),
            [](ExchangeRecord const& exchange) {
                return exchange.answered && !exchange.answered_truly;
            }
        );
    }

    /// Stytch's checks need what only its answer says.
    [[nodiscard]] bool may_have_no_handle() const {
        return std::any_of(
            operation_.attempts.begin(),
            operation_.attempts.end(),
            [](AttemptRecord const& attempt) {
                return attempt.ended && attempt.ended->vendor == "stytch" &&
                       attempt.ended->delivery == Delivery::unknown;
            }
        );
    }

    void check_failed_send() {
        auto const& error = *operation_.error();
        auto const codes = operation_.codes.size();
        if (error.delivery == Delivery::accepted) fail("failed and accepted");
        if (error.delivery == Delivery::not_sent && codes > 0) {
            fail("said not_sent although a code was sent");
        }
        bool const one_only = operation_.on_unknown == OnUnknown::stop;
        if (one_only && codes > 1) fail("sent more than one code");
        if (error.handle && error.delivery != Delivery::unknown) fail("a handle for no code");
        if (error.delivery == Delivery::unknown && !error.handle && !may_have_no_handle()) {
            fail("an open outcome without a handle");
        }
    }

    void check_accepted_send() {
        auto const& receipt = *operation_.receipt;
        auto const codes = operation_.codes.size();
        auto const last = operation_.exchanges.size() - 1;
        auto const& exchange = operation_.exchanges[last];
        if (codes == 0 && !was_misled()) fail("said accepted although no code was sent");
        if (codes > 1 && !receipt.may_have_sent_more) fail("sent more than one code unsaid");
        if (receipt.may_have_sent_more && operation_.on_unknown == OnUnknown::stop) {
            fail("may have sent more although the route does not allow it");
        }
        if (!exchange.answered_well) fail("accepted by no answer");
        if (exchange.answered_truly && !has_code_of(last)) {
            fail("accepted by another than the last attempt");
        }
        if (operation_.attempts.empty()) return fail("accepted without an attempt");
        if (receipt.handle.instance() != operation_.attempts.back().instance) {
            fail("the handle is of another instance");
        }
    }

    [[nodiscard]] bool has_code_of(std::size_t exchange) const {
        return std::any_of(
            operation_.codes.begin(),
            operation_.codes.end(),
            [exchange](SentCode const& code) { return code.exchange == exchange; }
        );
    }

    void check_verify() {
        std::size_t counted = 0;
        for (auto const& exchange : operation_.exchanges) {
            if (exchange.carried_out && !exchange.is_question && !exchange.token_unknown) ++counted;
        }
        if (counted > 1) fail("the vendor counted more than one check");
        auto const* const error = operation_.error();
        if (error != nullptr) {
            if (error->delivery == Delivery::not_sent && operation_.approved_by_vendor) {
                fail("said not_sent although the vendor approved");
            }
            return;
        }
        if (was_misled()) return;
        bool const approved = operation_.verification->approved();
        if (approved && !operation_.approved_by_vendor) fail("approved by no vendor");
        if (!approved && operation_.approved_by_vendor) fail("an approval was lost");
        if (approved && !operation_.right_code) fail("a wrong code was approved");
        if (!approved && operation_.expects_approval) fail("the right code was refused");
    }

    World& world_;
    OperationRecord const& operation_;
};

}  // namespace

void check_certainty(World& world, OperationRecord const& operation) {
    CertaintyCheck(world, operation).run();
}

}  // namespace otp::simulation
