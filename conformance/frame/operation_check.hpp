#pragma once

#include "frame/observation.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/conformance/adapter_under_test.hpp>
#include <otp/error.hpp>
#include <otp/verification_handle.hpp>

#include <boost/json/value.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::conformance {

/// What an adapter made of one answer.
struct Seen {
    bool success{false};
    /// Nothing for a success, and for a verify that was answered with any outcome.
    std::optional<Error> error;
    /// Of a send that was accepted.
    std::optional<VerificationHandle> handle;
    /// Of a send that was accepted, if it says so.
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> expires_at;
    /// Of a success: the references of the handle, or the id of the verified person.
    std::vector<std::string> ids;
    /// Of a verify: the method of the question that settles the approval, if the adapter asks one.
    std::optional<HttpMethod> question;
    /// Nothing unless it threw.
    std::string exception;

    [[nodiscard]] std::string describe() const;
};

/// An answer of the vendor's documents whose body is a JSON object.
struct JsonAnswer {
    HttpResponse response;
    boost::json::value body;
};

/// A text by which a request names whom it is about.
struct Identity {
    /// The name of the handle's reference; empty if it comes from elsewhere.
    std::string name;
    std::string text;
};

/// What an adapter is asked to read answers to. The last is the question after an approval.
enum class OperationKind { send, verify, confirmation };

/// `send`, `verify`, `confirmation`.
[[nodiscard]] std::string_view to_string(OperationKind kind) noexcept;

/// One operation of the adapter under test as the checks see it.
class OperationCheck {
public:
    using Decode = std::function<Seen(HttpResponse const&)>;

    /// `identities`: all by which the request names whom it is about.
    OperationCheck(
        OperationKind kind,
        AdapterUnderTest const& subject,
        DocumentedAnswers const& answers,
        Decode decode,
        std::string request_body,
        std::vector<Identity> identities,
        Observations& observations
    );

    /// Whether its errors tell what was sent: the delivery of a question's is set by the client, as
    /// the check before it was counted.
    [[nodiscard]] bool decides_delivery() const noexcept {
        return kind_ != OperationKind::confirmation;
    }
    [[nodiscard]] AdapterUnderTest const& subject() const noexcept { return subject_; }
    [[nodiscard]] DocumentedAnswers const& answers() const noexcept { return answers_; }
    [[nodiscard]] std::vector<JsonAnswer> const& successes() const noexcept { return successes_; }
    [[nodiscard]] std::vector<JsonAnswer> const& refusals() const noexcept { return refusals_; }
    [[nodiscard]] std::string const& request_body() const noexcept { return request_body_; }
    [[nodiscard]] std::vector<Identity> const& identities() const noexcept { return identities_; }
    /// The names of all members in the documented answers to any operation, which an adapter may
    /// know and handle by itself; with each the JSON pointers of the objects that it stands in.
    [[nodiscard]] std::map<std::string, std::set<std::string>> const& documented_members(
    ) const noexcept {
        return documented_members_;
    }

    /// Adds an observation with the cause of the attack's check.
    void fail(Attack const& attack, std::string const& what);

    /// Decodes, and checks what must hold of every answer.
    Seen see(Attack const& attack, HttpResponse const& response);

    /// A 2xx that breaks the documents: an error that leaves open whether a code was sent.
    void expect_not_understood(Attack const& attack, HttpResponse const& response);

    /// A 2xx that says yes and no at once: no success, and not certain either. For a verify it may
    /// be any outcome but approved.
    void expect_doubt(Attack const& attack, HttpResponse const& response);

    void expect_no_success(Attack const& attack, HttpResponse const& response);

    [[nodiscard]] bool is_decisive(std::string const& pointer) const;
    /// Whether a success is documented with this status.
    [[nodiscard]] bool is_success_status(int status) const;
    /// Whether the place is in an object that tells of other things than this answer.
    [[nodiscard]] bool is_about_other_things(std::string_view pointer) const;

    /// Whether the place is in some success of the documents.
    [[nodiscard]] bool is_in_some_success(std::string const& pointer) const;

private:
    void fail(Attack const& attack, Cause cause, std::string const& what);
    void fail_as_success(Attack const& attack, int status, Seen const& seen);

    OperationKind kind_;
    AdapterUnderTest const& subject_;
    DocumentedAnswers const& answers_;
    Decode decode_;
    std::string request_body_;
    std::vector<Identity> identities_;
    Observations& observations_;
    std::vector<JsonAnswer> successes_;
    std::vector<JsonAnswer> refusals_;
    std::map<std::string, std::set<std::string>> documented_members_;
};

/// `body` as JSON with the status.
[[nodiscard]] HttpResponse json_answer(int status, std::string body);

/// Whether the category says that the caller or the configuration is at fault.
[[nodiscard]] bool is_callers_fault(ErrorCategory category);

/// The error as logs and JSON show it.
[[nodiscard]] std::string shown(Error const& error);

}  // namespace otp::conformance
