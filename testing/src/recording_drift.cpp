#include "filled_request.hpp"

#include <otp/adapter/access_token.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/error.hpp>
#include <otp/http_url.hpp>
#include <otp/seam/transport.hpp>
#include <otp/testing/recording_drift.hpp>

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace otp::testing {
namespace {

/// What a recorded request is for, in the order in which they are sent.
enum class Operation { token, send, verify, confirm };

constexpr Operation operations[]{
    Operation::token, Operation::send, Operation::verify, Operation::confirm};

std::string random_reference() {
    constexpr std::size_t size = 20;
    constexpr std::string_view characters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> any(0, characters.size() - 1);
    std::string reference;
    while (reference.size() < size) reference += characters[any(device)];
    return reference;
}

template <class Value>
Value value_of(Result<Value>&& result) {
    if (!result) throw ErrorException(std::move(result).error());
    return std::move(*result);
}

/// A request of the adapter, and of a send what it was made from.
struct Example {
    HttpRequest request;
    std::optional<Channel> channel;
};

/// Sends requests one after the other.
class Questioner {
public:
    Questioner(std::vector<Recording> const& recordings, DriftQuestion&& question)
        : recordings_(recordings),
          question_(std::move(question)),
          adapter_(value_of(question_.vendors.make_adapter(question_.instance))),
          reference_(random_reference()),
          is_settled_(recordings.size(), false) {
        question_.instance.record.reset();
        question_.instance.replay.reset();
    }

    [[nodiscard]] DriftReport ask() {
        vendor_ = transport_to(adapter_->base_url());
        if (auto const* const grant = adapter_->token_grant()) {
            tokens_ = transport_to(grant->base_url());
            fetch_token(*grant);
        }
        for (auto const operation : operations) ask_all(operation);
        for (std::size_t index = 0; index < recordings_.size(); ++index) {
            if (!is_settled_[index]) report_unsent(recordings_[index]);
        }
        return std::move(report_);
    }

private:
    [[nodiscard]] std::shared_ptr<Transport> transport_to(std::string const& base_url) {
        auto choice = value_of(choose_proxy(question_.instance, base_url, question_.environment));
        auto configured = std::exchange(question_.instance.proxy, std::move(choice.proxy));
        TransportSettings const settings{
            context_.get_executor(),
            base_url,
            question_.instance,
            Clock::system(),
            NameResolver::system()};
        auto const* own = question_.vendors.transport_of(question_.instance.vendor);
        auto made = question_.transport ? question_.transport(settings)
                    : own != nullptr    ? (*own)(settings)
                                        : make_http_transport(settings);
        question_.instance.proxy = std::move(configured);
        return value_of(std::move(made));
    }

    [[nodiscard]] Result<HttpResponse> exchange(Transport& transport, HttpRequest request) {
        constexpr std::chrono::seconds longest{30};
        std::optional<HttpExchange> done;
        transport.async_exchange(
            std::move(request),
            Clock::system()->now() + longest,
            [&done](HttpExchange exchange) { done.emplace(std::move(exchange)); }
        );
        context_.restart();
        context_.run();
        if (!done) return Error(ErrorCategory::internal, "the exchange did not complete");
        return std::move(done->outcome);
    }

    void fetch_token(TokenGrant const& grant) {
        auto const response = exchange(*tokens_, grant.encode());
        if (!response) throw ErrorException(response.error());
        token_response_ = *response;
        auto token = grant.decode(*response);
        if (token) token_ = "Bearer " + std::string(token->token.reveal());
    }

    [[nodiscard]] AttemptContext context() const {
        AttemptContext context;
        context.instance = question_.instance.name;
        context.now = Clock::system()->utc_now();
        context.unique_reference = reference_;
        return context;
    }

    [[nodiscard]] SendOtp send_on(Channel channel) const {
        SendOtp send(question_.to);
        send.channel = channel;
        send.vendor_fields = question_.vendor_fields;
        return send;
    }

    [[nodiscard]] std::optional<VerifyOtp> check() const {
        if (!handle_) return std::nullopt;
        VerifyOtp verify(*handle_, question_.code.clone());
        verify.vendor_fields = question_.vendor_fields;
        return verify;
    }

    [[nodiscard]] std::vector<Example> examples(Operation operation) const {
        std::vector<Example> made;
        auto const add = [&made](Result<HttpRequest> request, std::optional<Channel> channel = {}) {
            if (request) made.push_back({std::move(*request), channel});
        };
        auto const verify = check();
        auto const* const grant = adapter_->token_grant();
        switch (operation) {
            case Operation::token:
                if (grant != nullptr) add(grant->encode());
                break;
            case Operation::send:
                for (auto const channel : adapter_->vendor().channels) {
                    add(adapter_->encode_send(send_on(channel), context()), channel);
                }
                break;
            case Operation::verify:
                if (verify) add(adapter_->encode_verify(*verify, context()));
                break;
            case Operation::confirm:
                if (!verify) break;
                if (auto question = adapter_->encode_confirmation(
                        *verify, HttpResponse(200, {}, ""), context()
                    )) {
                    add(std::move(*question));
                }
                break;
        }
        return made;
    }

    /// A request to send, with the recordings of it.
    struct Group {
        HttpRequest request;
        std::optional<Channel> channel;
        std::vector<Recording const*> recordings;
    };

    void ask_all(Operation operation) {
        auto const made = examples(operation);
        std::vector<Group> groups;
        for (std::size_t index = 0; index < recordings_.size(); ++index) {
            if (is_settled_[index]) continue;
            is_settled_[index] = join_group(groups, recordings_[index], made);
        }
        for (auto& group : groups) ask(operation, std::move(group));
    }

    [[nodiscard]] bool join_group(
        std::vector<Group>& groups, Recording const& recording, std::vector<Example> const& made
    ) {
        for (auto const& example : made) {
            auto filled = fill_request(recording, example.request, adapter_->vendor().sensitive);
            if (!filled) {
                problems_[recording.name] = filled.error().message;
                continue;
            }
            auto const same =
                std::find_if(groups.begin(), groups.end(), [&filled](Group const& group) {
                    return group.request.method == filled->method &&
                           group.request.target() == filled->target() &&
                           group.request.body == filled->body;
                });
            if (same != groups.end()) {
                same->recordings.push_back(&recording);
            } else {
                groups.push_back({std::move(*filled), example.channel, {&recording}});
            }
            return true;
        }
        return false;
    }

    void ask(Operation operation, Group group) {
        DriftFinding finding;
        finding.request =
            std::string(to_string(group.request.method)) + ' ' + std::string(group.request.route);
        for (auto const* const recording : group.recordings) {
            finding.recordings.push_back(recording->name);
        }
        auto const response = answer_to(operation, std::move(group.request));
        if (response) {
            compare_with(group.recordings, *response, finding);
            if (group.channel) keep_handle(*group.channel, *response);
        } else {
            finding.nearest = group.recordings.front()->name;
            finding.differences = {"there is no answer: " + response.error().message};
        }
        report_.findings.push_back(std::move(finding));
    }

    /// The token was asked for already.
    [[nodiscard]] Result<HttpResponse> answer_to(Operation operation, HttpRequest request) {
        if (operation == Operation::token) return *token_response_;
        if (!token_.empty()) request.headers.push_back({"authorization", token_});
        return exchange(*vendor_, std::move(request));
    }

    static void compare_with(
        std::vector<Recording const*> const& recordings,
        HttpResponse const& response,
        DriftFinding& finding
    ) {
        // Another status is farther away than any number of members.
        constexpr std::size_t other_status = 1000;
        finding.http_status = response.status;
        auto nearest = std::numeric_limits<std::size_t>::max();
        for (auto const* const recording : recordings) {
            auto differences = compare_shapes(recording->response, response);
            auto const distance =
                differences.size() +
                (recording->response.status == response.status ? 0 : other_status);
            if (distance >= nearest) continue;
            nearest = distance;
            finding.nearest = recording->name;
            finding.differences = std::move(differences);
        }
    }

    void keep_handle(Channel channel, HttpResponse const& response) {
        auto const send = send_on(channel);
        if (auto const receipt = adapter_->decode_send(send, response, context())) {
            handle_ = receipt->handle;
        } else if (!handle_) {
            handle_ = adapter_->handle_before_answer(send, context());
        }
    }

    void report_unsent(Recording const& recording) {
        DriftFinding finding;
        finding.request = to_string(recording.request.method);
        finding.recordings = {recording.name};
        auto const problem = problems_.find(recording.name);
        finding.not_sent = problem != problems_.end()
                               ? problem->second
                               : "the adapter makes no such request of this recipient";
        report_.findings.push_back(std::move(finding));
    }

    std::vector<Recording> const& recordings_;
    DriftQuestion question_;
    std::unique_ptr<ProviderAdapter> adapter_;
    std::string reference_;
    std::vector<bool> is_settled_;
    boost::asio::io_context context_{1};
    std::shared_ptr<Transport> vendor_;
    std::shared_ptr<Transport> tokens_;
    std::optional<HttpResponse> token_response_;
    std::string token_;
    std::optional<VerificationHandle> handle_;
    std::map<std::string, std::string> problems_;
    DriftReport report_;
};

}  // namespace

bool DriftReport::has_drift() const noexcept {
    return std::any_of(findings.begin(), findings.end(), [](DriftFinding const& finding) {
        return !finding.differences.empty();
    });
}

bool DriftReport::has_compared() const noexcept {
    return std::any_of(findings.begin(), findings.end(), [](DriftFinding const& finding) {
        return finding.not_sent.empty();
    });
}

DriftReport find_drift(std::vector<Recording> const& recordings, DriftQuestion question) {
    return Questioner(recordings, std::move(question)).ask();
}

bool may_be_live(InstanceConfig const& instance, VendorRegistry const& vendors) {
    if (instance.environment == "test" || instance.environment == "sandbox") return false;
    auto const adapter = value_of(vendors.make_adapter(instance));
    auto const url = HttpUrl::parse(adapter->base_url());
    return !url || !url->host().is_loopback();
}

}  // namespace otp::testing
