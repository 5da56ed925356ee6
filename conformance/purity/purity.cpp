#include "purity/purity.hpp"

#include "frame/outcome_text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace otp::conformance {
namespace {

constexpr int rounds = 20;

/// What was thrown is the business of another check; here it is an answer like others.
std::string answer_of(std::function<std::string()> const& ask) {
    try {
        return ask();
    } catch (std::exception const& exception) {
        return exception.what();
    } catch (...) {
        return "something that is no std::exception";
    }
}

void add_fields(std::string& text, VendorFields const& vendors) {
    for (auto const& [vendor, fields] : vendors) {
        for (auto const& [name, value] : fields) text += vendor + name + value;
    }
}

void add_client(std::string& text, ClientAttributes const& client) {
    text += client.ip_address.value_or("") + client.user_agent.value_or("");
}

/// All that the adapter is given, and what it says of itself.
std::string text_of_input(AdapterUnderTest const& subject) {
    auto const& send = subject.send;
    std::string text;
    if (send.to.phone) text += send.to.phone->reveal();
    if (send.to.email) text += send.to.email->reveal();
    for (auto const& [vendor, id] : send.to.user_ids) text += vendor + id;
    text += send.reference.value_or("") + send.locale.value_or("");
    if (send.expires_in) text += std::to_string(send.expires_in->count());
    if (send.channel) text += to_string(*send.channel);
    add_client(text, send.client);
    add_fields(text, send.vendor_fields);
    text += boost::json::serialize(subject.verify.handle.to_json());
    text += subject.verify.code.reveal();
    add_client(text, subject.verify.client);
    add_fields(text, subject.verify.vendor_fields);
    auto const& vendor = subject.adapter.vendor();
    text += vendor.name + vendor.title + vendor.expiry + subject.adapter.base_url();
    for (auto const channel : vendor.channels) text += to_string(channel);
    return text;
}

/// A time that follows the machine's clock, although the attempt takes place at another time, is
/// not the attempt's. `send_answers` may name absolute times: a documented one of today is unlucky.
void look_for_a_clock(AdapterUnderTest const& subject, Observations& observations) {
    auto context = subject.context;
    context.now = std::chrono::sys_days(std::chrono::year(2001) / 1 / 1);
    for (auto const& success : subject.send_answers.successes) {
        try {
            auto const receipt = subject.adapter.decode_send(subject.send, success, context);
            if (!receipt || !receipt->expires_at) continue;
            auto const distance = *receipt->expires_at - std::chrono::system_clock::now();
            if (std::chrono::abs(distance) > std::chrono::hours(24)) continue;
            observations.push_back(
                {"send",
                 "purity",
                 Cause::reads_a_clock,
                 "SendReceipt::expires_at",
                 "an attempt of 2001: expires today"}
            );
        } catch (std::exception const&) {
            // The business of another check.
            continue;
        }
    }
}

/// The first question that a thread got another answer to.
class ThreadResult {
public:
    std::optional<std::size_t> different;
};

}  // namespace

Purity::Purity(AdapterUnderTest const& subject)
    : subject_(subject), input_(text_of_input(subject)) {
    add_requests();
    add_answers();
}

bool Purity::requests_repeat() const {
    return std::all_of(questions_.begin(), questions_.end(), [](Question const& question) {
        return question.is_repeated || question.input != "the request";
    });
}

void Purity::check(Observations& observations) const {
    for (auto const& question : questions_) {
        if (question.is_repeated) continue;
        observations.push_back(
            {std::string(question.operation),
             "purity",
             Cause::not_repeatable,
             "",
             question.input + " twice: another output"}
        );
    }
    if (all_repeat()) {
        ask_again(observations);
        ask_from_threads(observations);
    }
    look_for_a_clock(subject_, observations);
    if (text_of_input(subject_) == input_) return;
    for (std::string const operation : {"send", "verify"}) {
        observations.push_back(
            {operation, "purity", Cause::modifies_input, "", "after all calls: another input"}
        );
    }
}

void Purity::add(std::string_view operation, std::string input, std::function<std::string()> ask) {
    auto first = answer_of(ask);
    bool const is_repeated = answer_of(ask) == first;
    questions_.push_back(
        {operation, std::move(input), std::move(ask), std::move(first), is_repeated}
    );
}

void Purity::add_requests() {
    auto const* const subject = &subject_;
    add("send", "the request", [subject] {
        return text_of(subject->adapter.encode_send(subject->send, subject->context));
    });
    add("verify", "the request", [subject] {
        return text_of(subject->adapter.encode_verify(subject->verify, subject->context));
    });
    if (auto const* const grant = subject->adapter.token_grant()) {
        add("token", "the request", [grant] { return text_of(grant->encode()); });
    }
}

void Purity::add_answers() {
    auto const add_all = [this](
                             std::string_view operation,
                             DocumentedAnswers const& answers,
                             std::function<std::string(HttpResponse const&)> const& decode
                         ) {
        auto const add_list = [&](std::string const& kind,
                                  std::vector<HttpResponse> const& responses) {
            for (std::size_t index = 0; index < responses.size(); ++index) {
                auto const& response = responses[index];
                add(operation, kind + std::to_string(index), [decode, &response] {
                    return decode(response);
                });
            }
        };
        add_list("success ", answers.successes);
        add_list("refusal ", answers.refusals);
    };
    auto const* const subject = &subject_;
    add_all("send", subject->send_answers, [subject](HttpResponse const& response) {
        return text_of(subject->adapter.decode_send(subject->send, response, subject->context));
    });
    add_all("verify", subject->verify_answers, [subject](HttpResponse const& response) {
        auto const& adapter = subject->adapter;
        auto const& verify = subject->verify;
        auto const question = adapter.encode_confirmation(verify, response, subject->context);
        return text_of(adapter.decode_verify(verify, response, subject->context)) +
               (question ? text_of(*question) : "");
    });
    add_all("confirmation", subject->confirmation_answers, [subject](HttpResponse const& response) {
        return text_of(
            subject->adapter.decode_confirmation(subject->verify, response, subject->context)
        );
    });
}

bool Purity::all_repeat() const {
    return std::all_of(questions_.begin(), questions_.end(), [](Question const& question) {
        return question.is_repeated;
    });
}

void Purity::ask_again(Observations& observations) const {
    for (auto question = questions_.rbegin(); question != questions_.rend(); ++question) {
        if (answer_of(question->ask) == question->answer) continue;
        observations.push_back(
            {std::string(question->operation),
             "purity",
             Cause::keeps_state,
             "",
             question->input + " after other calls: another output"}
        );
    }
}

void Purity::ask_from_threads(Observations& observations) const {
    std::array<ThreadResult, 2> results;
    auto const run = [this](ThreadResult& result) {
        for (int round = 0; round < rounds && !result.different; ++round) {
            for (std::size_t index = 0; index < questions_.size(); ++index) {
                auto const& question = questions_[index];
                if (answer_of(question.ask) != question.answer) result.different = index;
            }
        }
    };
    std::thread other(run, std::ref(results[0]));
    run(results[1]);
    other.join();
    for (auto const& result : results) {
        if (!result.different) continue;
        auto const& question = questions_[*result.different];
        observations.push_back(
            {std::string(question.operation),
             "purity",
             Cause::not_thread_safe,
             "",
             question.input + " from two threads: another output"}
        );
    }
}

}  // namespace otp::conformance
