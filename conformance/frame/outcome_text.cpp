#include "frame/outcome_text.hpp"

#include <otp/error.hpp>

#include <boost/json/serialize.hpp>

#include <initializer_list>
#include <string_view>

namespace otp::conformance {
namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (auto const part : parts) text.append(part).append("\n");
    return text;
}

std::string text_of_error(Error const& error) {
    auto text = "refused: " + boost::json::serialize(to_json(error));
    if (error.handle) text += boost::json::serialize(error.handle->to_json());
    return text;
}

}  // namespace

std::string text_of(HttpRequest const& request) {
    std::string text(request.target());
    for (auto const& header : request.headers) {
        text.append("\n").append(header.name).append(": ").append(header.value);
    }
    return text + "\n\n" + request.body;
}

std::string text_of(Result<HttpRequest> const& request) {
    if (!request) return text_of_error(request.error());
    return joined({to_string(request->method), request->route, request->content_type}) +
           text_of(*request);
}

std::string text_of(Result<SendReceipt> const& outcome) {
    if (!outcome) return text_of_error(outcome.error());
    auto text = joined({boost::json::serialize(outcome->handle.to_json()), outcome->request_id});
    if (outcome->expires_at) {
        text += std::to_string(outcome->expires_at->time_since_epoch().count());
    }
    if (outcome->test_code) text.append("\n").append(outcome->test_code->reveal());
    for (auto const& warning : outcome->warnings) text.append("\n").append(warning);
    return text;
}

std::string text_of(Result<Verification> const& outcome) {
    if (!outcome) return text_of_error(outcome.error());
    auto text = joined(
        {to_string(outcome->outcome), outcome->request_id, outcome->vendor_code, outcome->user_id}
    );
    text += std::to_string(outcome->http_status);
    if (outcome->session) {
        text += joined({outcome->session->token.reveal(), outcome->session->jwt.reveal()});
    }
    return text;
}

}  // namespace otp::conformance
