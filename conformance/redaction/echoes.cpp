#include "redaction/echoes.hpp"

#include "frame/spoilt_bodies.hpp"
#include "redaction/spellings.hpp"

#include <otp/error.hpp>
#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::conformance {
namespace {

namespace json = boost::json;

/// A text that a request takes to the vendor.
struct SentText {
    std::string name;
    std::string text;
    /// So many letters and digits in a row of it are as good as the whole.
    std::size_t window;
};

/// Fewer letters and digits stand in an answer by chance.
constexpr std::size_t least_characters = 6;
constexpr std::size_t number_window = 7;
constexpr std::size_t code_window = 4;

bool is_number(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The texts of a request, by what they are.
class SentTextList {
public:
    void add(std::string name, std::string_view text) {
        auto const plain = unspelled(text);
        bool const number = is_number(plain);
        if (plain.size() < least_characters) return;
        texts_.push_back(
            {std::move(name),
             std::string(text),
             number ? std::min(number_window, plain.size()) : plain.size()}
        );
    }
    void add_code(std::string_view text) {
        texts_.push_back({"the code", std::string(text), std::min(code_window, text.size())});
    }
    void add_fields(VendorFields const& vendors) {
        for (auto const& [vendor, fields] : vendors) {
            for (auto const& [name, value] : fields) add("field " + name, value);
        }
    }
    void add_client(ClientAttributes const& client) {
        if (client.ip_address) add("the client's address", *client.ip_address);
        if (client.user_agent) add("the user agent", *client.user_agent);
    }
    void add_instance(AdapterUnderTest const& subject) {
        add("the access token", subject.access_token);
        if (subject.instance == nullptr) return;
        for (auto const& [name, value] : subject.instance->credentials) {
            add("credential " + name, value.reveal());
        }
    }
    [[nodiscard]] std::vector<SentText> take() && { return std::move(texts_); }

private:
    std::vector<SentText> texts_;
};

std::vector<SentText> sent_texts(AdapterUnderTest const& subject, SendOtp const& send) {
    SentTextList list;
    if (send.to.phone) list.add("the phone number", send.to.phone->reveal());
    if (send.to.email) list.add("the email address", send.to.email->reveal());
    for (auto const& [vendor, id] : send.to.user_ids) list.add("the id at " + vendor, id);
    if (send.reference) list.add("the reference", *send.reference);
    list.add_client(send.client);
    list.add_fields(send.vendor_fields);
    list.add_instance(subject);
    return std::move(list).take();
}

std::vector<SentText> sent_texts(AdapterUnderTest const& subject, VerifyOtp const& verify) {
    SentTextList list;
    list.add_code(verify.code.reveal());
    for (auto const& [name, value] : verify.handle.references()) {
        list.add("reference " + std::string(name), value);
    }
    list.add_client(verify.client);
    list.add_fields(verify.vendor_fields);
    list.add_instance(subject);
    return std::move(list).take();
}

/// What an application may print of an outcome: the texts, each with the name of its place.
class Printed {
public:
    void add(std::string_view place, std::string_view text) {
        if (!text.empty()) parts_.push_back({place, std::string(text)});
    }
    void add(Error const& error) {
        add("Error::message", error.message);
        for (auto const& violation : error.violations) {
            add("FieldViolation::pointer", violation.pointer);
            add("FieldViolation::message", violation.message);
        }
        add("Error::vendor_code", error.vendor_code);
        add("Error::request_id", error.request_id);
        add("Error::documentation_url", error.documentation_url);
    }
    /// All of it, with the spellings undone.
    [[nodiscard]] std::string plain_text() const {
        std::string text;
        for (auto const& part : parts_) text += part.text + '\n';
        return unspelled(text);
    }
    /// The place that shows the text, which is some letters and digits.
    [[nodiscard]] std::string place_of(std::string_view text) const {
        for (auto const& part : parts_) {
            if (unspelled(part.text).find(text) != std::string::npos) {
                return std::string(part.place);
            }
        }
        return "the outcome";
    }

private:
    struct Part {
        std::string_view place;
        std::string text;
    };
    std::vector<Part> parts_;
};

/// The checks of one operation.
class EchoCheck {
public:
    using Decode = std::function<Printed(HttpResponse const&)>;

    EchoCheck(
        std::string operation,
        std::vector<SentText> texts,
        Decode decode,
        Observations& observations
    )
        : operation_(std::move(operation)),
          texts_(std::move(texts)),
          decode_(std::move(decode)),
          observations_(observations) {}

    void run(std::vector<HttpResponse> const& answers) {
        for (auto const& response : answers) echo_in(response);
    }

private:
    void echo_in(HttpResponse const& response) {
        unspoilt_ = print(response).plain_text();
        for (auto const& sent : texts_) {
            auto spellings = spellings_of(sent.text);
            // All windows are tried where they are few: those of a code.
            if (sent.window == code_window) {
                for (std::size_t at = 0; at + code_window <= sent.text.size(); ++at) {
                    spellings.push_back(sent.text.substr(at, code_window));
                }
            }
            for (auto const& spelling : spellings) echo_in(response, sent, spelling);
        }
    }

    void echo_in(HttpResponse const& response, SentText const& sent, std::string const& spelling) {
        auto const quoted = json::serialize(json::value(spelling));
        in_headers(response, sent, spelling);
        auto const body = parse_json_body(response.body);
        if (!body || !body->is_object()) {
            for (auto const& text : spoilt_texts({}, spelling)) {
                expect_hidden("the body", sent, with_body(response, text));
            }
            return;
        }
        auto pointers = all_pointers(*body);
        pointers.emplace_back();
        for (auto const& pointer : pointers) {
            boost::system::error_code failure;
            auto const* const value = body->find_pointer(pointer, failure);
            if (value == nullptr) continue;
            if (value->is_object()) {
                for (std::string_view const message : {"\"Required\"", "[\"Required\"]"}) {
                    auto raw = json::serialize(*value);
                    raw.pop_back();
                    raw += (raw.size() > 1 ? "," : "") + quoted + ':' + std::string(message) + '}';
                    auto const spoilt = pointer.empty() ? raw : with_value(*body, pointer, raw);
                    expect_hidden("a name in " + pointer, sent, with_body(response, spoilt));
                }
            } else if (auto const* const text = value->if_string()) {
                std::string_view const original(text->data(), text->size());
                for (auto const& spoilt : spoilt_texts(original, spelling)) {
                    auto const raw = json::serialize(json::value(spoilt));
                    expect_hidden(
                        pointer, sent, with_body(response, with_value(*body, pointer, raw))
                    );
                }
            }
        }
    }

    /// What may stand in place of a text: the spelling alone, in a sentence, in an id, in a link.
    static std::vector<std::string> spoilt_texts(
        std::string_view original, std::string const& spelling
    ) {
        std::vector<std::string> texts{
            spelling, "refused for " + spelling + " today", "id-" + spelling + "-7"};
        if (original.substr(0, 8) == "https://") {
            for (std::string_view const part : {"/", "?to=", "#"}) {
                texts.push_back(std::string(original) + std::string(part) + spelling);
            }
        }
        return texts;
    }

    void in_headers(
        HttpResponse const& response, SentText const& sent, std::string const& spelling
    ) {
        // What the transport hands on is visible ASCII.
        auto const is_visible = [](char c) { return c > ' ' && c <= '~'; };
        if (!std::all_of(spelling.begin(), spelling.end(), is_visible)) return;
        HttpHeaders const headers{
            {"Content-Type", "application/json"},
            {"Retry-After", spelling},
            {"Location", "https://vendor.example/?to=" + spelling},
            {"X-Request-Id", spelling}};
        expect_hidden("the headers", sent, HttpResponse(response.status, headers, response.body));
        expect_hidden("the headers of a redirect", sent, HttpResponse(302, headers, ""));
        for (auto const& [changed, value] : response.headers) {
            HttpHeaders with_spelling;
            for (auto const& [name, old] : response.headers) {
                with_spelling.append(name, name == changed ? std::string_view(spelling) : old);
            }
            expect_hidden(
                "the header " + std::string(changed),
                sent,
                HttpResponse(response.status, with_spelling, response.body)
            );
        }
    }

    /// What is printed of the outcome. Whether the adapter throws is another check.
    [[nodiscard]] Printed print(HttpResponse const& response) const {
        try {
            return decode_(response);
        } catch (std::exception const&) {
            return {};
        }
    }

    static HttpResponse with_body(HttpResponse const& response, std::string body) {
        return HttpResponse(response.status, response.headers, std::move(body));
    }

    void expect_hidden(std::string_view place, SentText const& sent, HttpResponse const& response) {
        auto const printed = print(response);
        auto const shown = printed.plain_text();
        auto const known = unspelled(sent.text);
        for (std::size_t at = 0; at + sent.window <= known.size(); ++at) {
            auto const part = known.substr(at, sent.window);
            if (shown.find(part) == std::string::npos ||
                unspoilt_.find(part) != std::string::npos) {
                continue;
            }
            // Not the text itself: a failure is printed, too.
            observations_.push_back(
                {operation_,
                 "echo",
                 Cause::shows_what_was_sent,
                 printed.place_of(part),
                 "shows " + sent.name + " that was put into " + std::string(place) + ", status " +
                     std::to_string(response.status)}
            );
            return;
        }
    }

    std::string operation_;
    std::vector<SentText> texts_;
    Decode decode_;
    Observations& observations_;
    /// What is printed of the answer itself, which may hold a part of what was sent by chance.
    std::string unspoilt_;
};

using AnswerList = std::vector<HttpResponse> DocumentedAnswers::*;

void check_echoes_in(AdapterUnderTest const& subject, AnswerList list, Observations& observations) {
    auto const context_of = [&subject](SentTexts sent) {
        AttemptContext context = subject.context;
        context.sent = sent;
        context.sent.set_access_token(subject.access_token);
        return context;
    };
    auto const send_context = context_of(SentTexts(subject.send, subject.instance));
    auto const verify_context = context_of(SentTexts(subject.verify, subject.instance));

    auto const print_send = [&](HttpResponse const& response) {
        Printed printed;
        auto const result = subject.adapter.decode_send(subject.send, response, send_context);
        if (!result) {
            printed.add(result.error());
            return printed;
        }
        printed.add("SendReceipt::request_id", result->request_id);
        for (auto const& warning : result->warnings) printed.add("SendReceipt::warnings", warning);
        return printed;
    };
    auto const print = [](Result<Verification> const& result) {
        Printed printed;
        if (!result) {
            printed.add(result.error());
            return printed;
        }
        printed.add("Verification::request_id", result->request_id);
        printed.add("Verification::vendor_code", result->vendor_code);
        return printed;
    };
    auto const print_verify = [&](HttpResponse const& response) {
        return print(subject.adapter.decode_verify(subject.verify, response, verify_context));
    };
    auto const print_confirmation = [&](HttpResponse const& response) {
        return print(subject.adapter.decode_confirmation(subject.verify, response, verify_context));
    };
    auto const verify_texts = sent_texts(subject, subject.verify);
    EchoCheck("send", sent_texts(subject, subject.send), print_send, observations)
        .run(subject.send_answers.*list);
    EchoCheck("verify", verify_texts, print_verify, observations).run(subject.verify_answers.*list);
    EchoCheck("confirmation", verify_texts, print_confirmation, observations)
        .run(subject.confirmation_answers.*list);
}

}  // namespace

void check_echoes_of_successes(AdapterUnderTest const& subject, Observations& observations) {
    check_echoes_in(subject, &DocumentedAnswers::successes, observations);
}

void check_echoes(AdapterUnderTest const& subject, Observations& observations) {
    check_echoes_of_successes(subject, observations);
    check_echoes_in(subject, &DocumentedAnswers::refusals, observations);
}

}  // namespace otp::conformance
