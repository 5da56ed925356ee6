#include "simulation/people.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace otp::simulation {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// What a person reads who got a code of that instance: the newest.
SentCode const* code_at(OperationRecord const& sent, std::size_t vendor) {
    SentCode const* newest = nullptr;
    for (auto const& code : sent.codes) {
        if (code.vendor == vendor) newest = &code;
    }
    return newest;
}

std::string another_code(std::string code) {
    code.back() = code.back() == '9' ? '1' : static_cast<char>(code.back() + 1);
    return code;
}

bool was_mixed_up(OperationRecord const& sent) {
    return std::any_of(
        sent.exchanges.begin(),
        sent.exchanges.end(),
        [](ExchangeRecord const& exchange) {
            return exchange.answered_well && !exchange.answered_truly;
        }
    );
}

}  // namespace

void People::send() {
    if (client_ == nullptr) return;
    auto& operation = world_.operations.begin(OperationKind::send);
    ++sends_;
    auto request = make_request(dice_, operation.id);
    prepare(operation, request);
    auto on_done = [this, &operation](Result<SendReceipt> sent) {
        on_sent(operation, std::move(sent));
    };
    if (world_.operations.under_way() > 10) world_.rare.saw(RareState::many_operations_at_once);
    client_->async_send(
        SendTarget(operation.target),
        std::move(request),
        asio::bind_cancellation_slot(patience(operation), std::move(on_done))
    );
}

void People::prepare(OperationRecord& operation, SendOtp& request) {
    operation.target = route_name;
    operation.begun = world_.timeline.now();
    operation.deadline = time_after(operation.begun, *request.deadline);
    operation.on_unknown = scenario_.route.on_unknown;
    operation.max_attempts = scenario_.most_attempts();
    request.traceparent = traceparent_of(operation.id);
    // On another thread's strand the client may know more by the time that it begins.
    if (threading_ == Threading::single) {
        auto explained = client_->explain(SendTarget(operation.target), request);
        if (explained) operation.explained = std::move(*explained);
    }
    world_.note("send", operation.id);
}

asio::cancellation_slot People::patience(OperationRecord& operation) {
    auto& signal = signals_.emplace_back();
    if (!dice_.percent(6)) return signal.slot();
    auto const lose = [this, &operation, &signal](bool in_place) {
        if (operation.is_over()) return;
        world_.note("cancelled by its person", operation.id);
        operation.cancelled_at = world_.timeline.now();
        operation.cancelled_in_place = in_place && threading_ == Threading::single;
        signal.emit(asio::cancellation_type::terminal);
    };
    if (dice_.percent(50)) {
        world_.timeline.after(dice_.between(0ms, 1500ms), [lose] { lose(true); });
    } else {
        world_.timeline.after_steps(dice_.below(12), [lose] { lose(false); });
    }
    return signal.slot();
}

void People::on_sent(OperationRecord& operation, Result<SendReceipt> sent) {
    if (sent) {
        operation.receipt.emplace(std::move(*sent));
    } else {
        operation.failure.emplace(std::move(sent).error());
    }
    complete(operation);
    think_about(operation);
}

void People::think_about(OperationRecord const& sent) {
    if (client_ == nullptr || !dice_.percent(60)) return;
    auto const* const error = sent.error();
    if (error != nullptr && !error->handle) return;
    bool const right = dice_.percent(75);
    world_.timeline.after(dice_.between(0ms, 4000ms), [this, &sent, right] {
        auto const* const failed = sent.error();
        auto const& handle = failed != nullptr ? *failed->handle : sent.receipt->handle;
        type_code(sent, handle, right);
    });
}

void People::type_code(OperationRecord const& sent, VerificationHandle const& handle, bool right) {
    if (client_ == nullptr) return;
    auto const vendor = static_cast<std::size_t>(
        std::find_if(
            scenario_.instances.begin(),
            scenario_.instances.end(),
            [&](PlannedInstance const& instance) { return instance.name == handle.instance(); }
        ) -
        scenario_.instances.begin()
    );
    auto const* const code = code_at(sent, vendor);
    if (code == nullptr) return;
    auto& operation = world_.operations.begin(OperationKind::verify);
    ++checks_;
    operation.target = handle.instance();
    operation.sender = handle.instance();
    operation.of_send = sent.id;
    // Who got two codes, or a stranger's handle, may type the wrong one.
    operation.right_code = right;
    operation.expects_approval = right && sent.codes.size() == 1 && !was_mixed_up(sent);
    VerifyOtp request(
        handle, OtpCode::parse(right ? code->code : another_code(code->code)).value()
    );
    request.deadline = dice_.between(1000ms, 8000ms);
    request.traceparent = traceparent_of(operation.id);
    operation.begun = world_.timeline.now();
    operation.deadline = time_after(operation.begun, *request.deadline);
    world_.note("check", operation.id);
    auto on_done = [this, &operation](Result<Verification> checked) {
        on_checked(operation, std::move(checked));
    };
    client_->async_verify(
        std::move(request), asio::bind_cancellation_slot(patience(operation), std::move(on_done))
    );
}

void People::on_checked(OperationRecord& operation, Result<Verification> checked) {
    if (checked) {
        operation.verification.emplace(std::move(*checked));
    } else {
        operation.failure.emplace(std::move(checked).error());
    }
    complete(operation);
}

void People::complete(OperationRecord& operation) {
    if (++operation.completions > 1) return;
    operation.completed = world_.timeline.now();
    world_.operations.ended();
    auto const* const error = operation.error();
    world_.tell(operation.completions, [&] {
        std::string text = "operation " + std::to_string(operation.id) + " is over: ";
        if (error == nullptr) return text + "done";
        text += std::string(to_string(error->category)) + ' ';
        text += std::string(to_string(error->delivery));
        if (error->stop) text += ", " + std::string(to_string(*error->stop));
        return text + ", " + error->message;
    });
    error != nullptr ? note_failure(operation) : note_success(operation);
}

void People::note_failure(OperationRecord const& operation) {
    auto const& error = *operation.error();
    if (error.category == ErrorCategory::circuit_open) {
        world_.rare.saw(RareState::nobody_could_be_asked);
    }
    if (operation.exchanges.empty() && !error.attempts.empty() &&
        error.category != ErrorCategory::circuit_open) {
        world_.rare.saw(RareState::refused_before_any_byte);
    }
    if (error.delivery != Delivery::unknown) return;
    if (operation.kind == OperationKind::verify) {
        world_.rare.saw(RareState::check_left_open);
    } else if (!error.handle) {
        world_.rare.saw(RareState::unknown_without_a_handle);
    }
}

void People::note_success(OperationRecord const& operation) {
    if (operation.kind == OperationKind::verify) {
        bool const approved = operation.verification->approved();
        world_.rare.saw(approved ? RareState::code_approved : RareState::wrong_code_refused);
        auto const* const sent = world_.operations.find(operation.of_send);
        if (approved && sent->error() != nullptr) {
            world_.rare.saw(RareState::code_of_an_unknown_outcome_approved);
        }
        return;
    }
    auto const& attempts = operation.attempts;
    if (attempts.size() == 1) return world_.rare.saw(RareState::accepted_at_once);
    if (operation.receipt->may_have_sent_more) {
        world_.rare.saw(RareState::accepted_after_an_open_outcome);
        if (operation.codes.size() > 1) world_.rare.saw(RareState::two_codes_as_the_route_allows);
    }
    bool const same = attempts[attempts.size() - 2].instance == attempts.back().instance;
    world_.rare.saw(
        same ? RareState::accepted_by_the_same_instance_again
             : RareState::accepted_by_another_instance
    );
}

}  // namespace otp::simulation
