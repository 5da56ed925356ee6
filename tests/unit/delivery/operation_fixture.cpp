#include "unit/delivery/operation_fixture.hpp"

#include <boost/asio/co_spawn.hpp>

#include <cstddef>
#include <exception>
#include <span>
#include <utility>

namespace otp::test {

namespace {

/// Knows only whose adapter it is: what is asked stands in the script.
class NamedAdapter final : public ProviderAdapter {
public:
    explicit NamedAdapter(std::string name) : name_(std::move(name)) {}

    [[nodiscard]] VendorDescription const& vendor() const noexcept override {
        static VendorDescription const plain;
        static VendorDescription const repeating = [] {
            VendorDescription description;
            description.repetitions = {{500, 503, "Please retry.", "https://vendor.test"}};
            return description;
        }();
        return name_.starts_with("repeating") ? repeating : plain;
    }
    [[nodiscard]] std::string const& base_url() const noexcept override { return name_; }
    [[nodiscard]] Result<HttpRequest> encode_send(SendOtp const&, AttemptContext const&)
        const override {
        throw std::logic_error("not asked");
    }
    [[nodiscard]] Result<SendReceipt>
    decode_send(SendOtp const&, HttpResponse const&, AttemptContext const&) const override {
        throw std::logic_error("not asked");
    }
    [[nodiscard]] Result<HttpRequest> encode_verify(VerifyOtp const&, AttemptContext const&)
        const override {
        throw std::logic_error("not asked");
    }
    [[nodiscard]] Result<Verification>
    decode_verify(VerifyOtp const&, HttpResponse const&, AttemptContext const&) const override {
        throw std::logic_error("not asked");
    }

private:
    std::string name_;
};

/// Other bytes each time.
class CountingRandom final : public RandomSource {
public:
    explicit CountingRandom(std::function<void()> at_fill) : at_fill_(std::move(at_fill)) {}
    void fill(std::span<std::byte> bytes) override {
        at_fill_();
        for (auto& byte : bytes) byte = static_cast<std::byte>(next_++ / 20);
    }

private:
    std::function<void()> at_fill_;
    unsigned next_{0};
};

void reach(OperationScript const& script, Seam seam) {
    auto const found = script.at.find(seam);
    if (found != script.at.end()) found->second();
}

Error const* find_in(auto const& errors, auto const& key) {
    auto const found = errors.find(key);
    return found == errors.end() ? nullptr : &found->second;
}

class ScriptedCall final : public delivery::Call {
public:
    ScriptedCall(SendOtp const& request, VerifyOtp const& check, OperationScript& script)
        : request_(request), check_(check), script_(script) {}

    Result<HttpRequest> encode(ProviderAdapter const& adapter, AttemptContext const& context)
        override {
        auto const& name = adapter.base_url();
        asked_ = name;
        script_.encoded.push_back(
            {name,
             std::string(context.instance),
             context.now,
             std::string(context.unique_reference),
             context.hints_are_fitted}
        );
        reach(script_, Seam::encode);
        if (auto const* refusal = find_in(script_.refusals, name)) return *refusal;
        return request_to("/send", script_.method);
    }

    std::optional<Error>
    decode(ProviderAdapter const&, HttpResponse const& response, AttemptContext const&) override {
        reach(script_, Seam::decode);
        auto const* error = find_in(script_.errors, response.status);
        return error ? std::optional(*error) : std::nullopt;
    }

    std::optional<HttpRequest>
    encode_confirmation(ProviderAdapter const&, HttpResponse const&, AttemptContext const&)
        override {
        ++script_.questions;
        reach(script_, Seam::question);
        if (!script_.question) return std::nullopt;
        return request_to("/state", *script_.question);
    }

    [[nodiscard]] std::optional<VerificationHandle> handle_before_answer(
        ProviderAdapter const&, AttemptContext const& context
    ) const override {
        reach(script_, Seam::handle);
        if (!script_.has_handle) return std::nullopt;
        VerificationHandle handle(std::string(context.instance), "vendor", Channel::sms);
        handle.set_reference("reference", context.unique_reference);
        return handle;
    }

    [[nodiscard]] OperationKind kind() const noexcept override { return script_.kind; }
    [[nodiscard]] delivery::Guard::Request guard_request(std::string_view target
    ) const noexcept override {
        if (script_.kind == OperationKind::verify) return {target, &check_};
        return {target, &request_};
    }
    [[nodiscard]] std::string_view traceparent() const noexcept override {
        return script_.traceparent;
    }
    void may_have_sent_more() override { script_.may_have_sent_more = true; }

    [[nodiscard]] SentTexts sent_texts(InstanceConfig const& instance) const override {
        reach(script_, Seam::sent_texts);
        return SentTexts(request_, &instance);
    }

    [[nodiscard]] std::vector<AppliedHint> take_applied_hints() override {
        reach(script_, Seam::hints);
        return {{"locale", "en", asked_}};
    }

    void describe_success(Attempt& attempt) override {
        reach(script_, Seam::describe);
        attempt.request_id = "described";
        attempt.outcome = script_.judgement;
    }

private:
    static HttpRequest request_to(std::string target, HttpMethod method) {
        HttpRequest request(method, std::move(target), "/{target}");
        // That is not for an adapter to say.
        request.repeatable = true;
        return request;
    }

    SendOtp const& request_;
    VerifyOtp const& check_;
    OperationScript& script_;
    std::string asked_;
};

class ScriptedCompletion final : public delivery::Completion {
public:
    explicit ScriptedCompletion(OperationScript& script) : script_(script) {}

    void succeed(std::vector<Attempt> attempts) override {
        ++script_.ends;
        script_.attempts = std::move(attempts);
        reach(script_, Seam::completion);
    }
    void fail(Error error) override {
        ++script_.ends;
        script_.error = std::move(error);
        reach(script_, Seam::completion);
    }

private:
    OperationScript& script_;
};

}  // namespace

/// A loop with what it is given.
class OperationTest::Operation {
public:
    Operation(
        delivery::Environment& environment,
        delivery::Plan plan,
        std::chrono::milliseconds time_limit,
        SendOtp const& request,
        VerifyOtp const& check,
        OperationScript& script
    )
        : call_(request, check, script),
          completion_(script),
          loop(environment, nullptr, std::move(plan), time_limit, call_, completion_) {}

private:
    ScriptedCall call_;
    ScriptedCompletion completion_;

public:
    delivery::Loop loop;
};

Candidate::Candidate(std::string const& name) {
    instance.config.name = name;
    instance.config.vendor = name;
    instance.config.vendor.append("-vendor");
    instance.config.delivery.retry.attempts = 1;
    instance.config.credentials.emplace("key", Secret("fake-credential-of-an-instance"));
    instance.adapter = std::make_unique<NamedAdapter>(name);
    instance.transport = transport;
}

OperationTest::OperationTest()
    : environment_{
          clock,
          std::make_shared<CountingRandom>([] {}),
          std::make_shared<delivery::ReferenceSource>(std::make_shared<CountingRandom>([this] {
              reach(script, Seam::random);
          })),
          context.get_executor(),
          {}},
      request_(PhoneNumber::parse("+12025550162").value()),
      check_(VerificationHandle("first", "first-vendor", Channel::sms), OtpCode::parse("123456").value()) {}

OperationTest::~OperationTest() = default;

// What waits holds what it waits for.
void OperationTest::TearDown() {
    EXPECT_LE(script.ends, 1) << "ended more than once";
    script.at.clear();
    for (auto& candidate : candidates) {
        for (auto const& transport : {candidate.token_endpoint, candidate.transport}) {
            transport->at_request = nullptr;
            while (transport->waits()) {
                transport->fail(Error(ErrorCategory::cancelled), ExchangePhase::queued, 0);
                settle();
            }
        }
    }
    clock->manual.advance(std::chrono::hours(24));
    settle();
}

Candidate& OperationTest::add(std::string const& name) {
    return candidates.emplace_back(name);
}

Candidate& OperationTest::add_with_token(std::string const& name) {
    auto& added = add(name);
    added.instance.tokens = std::make_shared<delivery::TokenSource>(
        added.grant, added.token_endpoint, clock, context.get_executor()
    );
    return added;
}

void OperationTest::keep_token(Candidate& candidate, std::string const& token) {
    auto& tokens = *candidate.instance.tokens;
    if (auto const before = tokens.cached()) tokens.invalidate(before->generation);
    auto const done = [](std::exception_ptr const&, auto const& /*lease*/) {};
    boost::asio::co_spawn(context, tokens.get(Clock::TimePoint::max()), done);
    settle();
    candidate.token_endpoint->answer(200, token);
    settle();
}

void OperationTest::make(std::chrono::milliseconds time_limit) {
    asked_.clear();
    for (auto& candidate : candidates) {
        auto& instance = candidate.instance;
        if (!instance.condition) {
            instance.condition = std::make_shared<delivery::Condition>(instance.config.delivery);
        }
        asked_.push_back(candidate.shared);
    }
    delivery::Plan plan("route", asked_);
    plan.on_unknown = on_unknown;
    plan.max_attempts = max_attempts;
    operation_ = std::make_shared<Operation>(
        environment_, std::move(plan), time_limit, request_, check_, script
    );
}

void OperationTest::start() {
    operation_->loop.start(operation_);
}

void OperationTest::cancel() {
    operation_->loop.cancel();
}

void OperationTest::settle() {
    context.restart();
    context.poll();
}

Error const& OperationTest::error() const {
    if (!script.error) throw std::logic_error("the operation has not failed");
    return *script.error;
}

std::vector<Attempt> const& OperationTest::attempts() const {
    return script.attempts ? *script.attempts : error().attempts;
}

std::vector<Decision> OperationTest::decisions() const {
    std::vector<Decision> all;
    for (auto const& attempt : attempts()) all.push_back(attempt.decision);
    return all;
}

std::vector<DecisionReason> OperationTest::reasons() const {
    std::vector<DecisionReason> all;
    for (auto const& attempt : attempts()) all.push_back(attempt.reason);
    return all;
}

}  // namespace otp::test
