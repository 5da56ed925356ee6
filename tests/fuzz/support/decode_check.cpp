#include "fuzz/support/decode_check.hpp"

#include "fuzz/support/printable.hpp"
#include "fuzz/support/require.hpp"

#include <string>
#include <string_view>

namespace otp::fuzz {
namespace {

constexpr std::size_t longest_printed_error = 16 * 1024;

void check_printable(PrintableTexts const& texts, RecordedRequest const& request) {
    for (auto const& [place, text] : texts) {
        auto const* const shown = shown_canary(text, request.canaries);
        require(
            shown == nullptr,
            "nothing printable shows what was sent",
            place,
            text,
            shown ? shown->text : ""
        );
        for (char const c : text) {
            require(
                static_cast<unsigned char>(c) >= 0x20 && c != 0x7f,
                "nothing printable holds a control character",
                place,
                text
            );
        }
        require(text.size() <= longest_printed_error, "nothing printable is endless", place);
    }
}

void check_error(Error const& error, RecordedRequest const& request, int status) {
    require(error.delivery != Delivery::accepted, "an error's delivery is never accepted", error);
    require(
        !error.retry_after ||
            (error.retry_after->count() >= 0 && *error.retry_after <= std::chrono::hours(24)),
        "retry_after is between 0 and a day",
        error
    );
    if (status >= 500) {
        require(error.delivery != Delivery::not_sent, "a failing server proves nothing", error);
    }
    check_printable(printable_texts(error), request);
}

/// From 500 up, what the server says about the request counts for nothing.
void check_same_category(Error const& error, Error const& without_body) {
    require(
        error.category == without_body.category,
        "from 500 up the status alone decides",
        error,
        without_body
    );
}

HttpResponse without_body(Answer const& answer) {
    auto response = answer.to_response();
    response.body.clear();
    return response;
}

template <class Outcome>
void check_success(Judgement const& judgement, bool succeeded, Result<Outcome> const& outcome) {
    using Success = Judgement::Success;
    require(
        !(succeeded && judgement.success == Success::forbidden),
        "no success that the documents forbid",
        judgement.reason
    );
    if (judgement.success != Success::required || succeeded) return;
    if (outcome) require(false, "a documented success is one");
    require(false, "a documented success is one", outcome.error());
}

void check_send(RecordedRequest const& request, Oracle const& oracle, Answer const& answer) {
    auto const context = request.context();
    auto const response = answer.to_response();
    auto const outcome = request.adapter->decode_send(*request.send, response, context);
    auto const judgement = oracle.judge_send(*request.send, response);
    check_success(judgement, outcome.has_value(), outcome);
    if (outcome) {
        for (auto const& [name, value] : judgement.references) {
            require(
                outcome->handle.reference(std::string_view(name)) == value,
                "a reference is kept exactly",
                name,
                value
            );
        }
        return check_printable(printable_texts(*outcome), request);
    }
    check_error(outcome.error(), request, answer.status);
    if (answer.status < 500) return;
    auto const bare = request.adapter->decode_send(*request.send, without_body(answer), context);
    require(bare.has_error(), "a failing server accepts nothing");
    check_same_category(outcome.error(), bare.error());
}

Result<Verification> decode_check_of_code(
    RecordedRequest const& request, HttpResponse const& response
) {
    auto const& adapter = *request.adapter;
    return request.is_confirmation
               ? adapter.decode_confirmation(*request.verify, response, request.context())
               : adapter.decode_verify(*request.verify, response, request.context());
}

void check_verification(Verification const& verification, Judgement const& judgement) {
    require(
        verification.user_id.empty() || verification.user_id == judgement.user_id,
        "an id is kept exactly or not at all",
        verification.user_id,
        judgement.user_id
    );
    require(
        verification.approved() || (!verification.session && verification.user_id.empty()),
        "whoever is not approved gets no session and no id"
    );
}

void check_verify(RecordedRequest const& request, Oracle const& oracle, Answer const& answer) {
    auto const response = answer.to_response();
    auto const outcome = decode_check_of_code(request, response);
    auto const judge = request.is_confirmation ? oracle.judge_confirmation : oracle.judge_verify;
    auto const judgement = judge(*request.verify, response);
    check_success(judgement, outcome && outcome->approved(), outcome);
    if (outcome) {
        require(answer.status < 500, "a failing server has no verdict");
        check_verification(*outcome, judgement);
        return check_printable(printable_texts(*outcome), request);
    }
    check_error(outcome.error(), request, answer.status);
    if (answer.status < 500) return;
    auto const bare = decode_check_of_code(request, without_body(answer));
    require(bare.has_error(), "a failing server has no verdict");
    check_same_category(outcome.error(), bare.error());
}

void check_token(RecordedRequest const& request, Answer const& answer) {
    auto const* const grant = request.adapter->token_grant();
    if (!grant) return;
    auto const token = grant->decode(answer.to_response());
    if (!token) return check_error(token.error(), request, 0);
    require(answer.status == 200, "a token comes with 200 only");
    require(!token->token.empty(), "a token is a text");
    require(
        !token->expires_in || token->expires_in->count() >= 0, "a token's life is not negative"
    );
}

}  // namespace

void check_decoding(RecordedRequest const& request, Oracle const& oracle, Answer const& answer) {
    if (request.send) {
        check_send(request, oracle, answer);
    } else if (request.verify) {
        check_verify(request, oracle, answer);
    } else {
        check_token(request, answer);
    }
}

}  // namespace otp::fuzz
