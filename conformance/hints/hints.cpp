#include "hints/hints.hpp"

#include "frame/outcome_text.hpp"

#include <otp/adapter/hints.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace otp::conformance {
namespace {

using std::chrono::minutes;

/// One hint, as an application might pass it on.
struct Wish {
    std::string hint;
    std::string text;
    Hints hints;
};

std::vector<Wish> device_wishes() {
    std::vector<Wish> wishes;
    for (std::string const address :
         {"203.0.113.5",
          "198.51.100.7:51234",
          "203.0.113.9, 10.0.0.1",
          "[2001:db8::1]:443",
          "::ffff:192.0.2.4",
          "[203.0.113.6]:80",
          "10.0.0.1",
          "fe80::1%eth0",
          "unknown",
          "_hidden",
          "localhost",
          ""}) {
        Hints hints;
        hints.client.ip_address = address;
        wishes.push_back({"client.ip_address", address, std::move(hints)});
    }
    for (std::string const& agent :
         {std::string("Mozilla/5.0 (X11; Linux x86_64)"),
          std::string(1100, 'a'),
          std::string("b\xFCro/1"),
          std::string("tab\tline\r\nX-Evil: 1"),
          std::string("\x01"),
          std::string("\u200B"),
          std::string()}) {
        Hints hints;
        hints.client.user_agent = agent;
        wishes.push_back({"client.user_agent", agent.substr(0, 40), std::move(hints)});
    }
    return wishes;
}

std::vector<Wish> send_wishes(HonouredHints const& honoured) {
    auto wishes = device_wishes();
    std::vector<std::string> locales{
        "en-US",
        "en_US",
        "de",
        "fr-FR",
        "sv",
        "pt-PT",
        "zh-CN",
        "zh-TW",
        "xx",
        "x-private",
        "en_US.UTF-8",
        "de_DE@euro",
        "C",
        "*",
        "\u200Ben-US",
        "de-CH,de;q=0.9,en;q=0.8"};
    for (auto const& known : honoured.locales) {
        locales.insert(locales.end(), known.tags.begin(), known.tags.end());
    }
    for (auto const& locale : locales) {
        Hints hints;
        hints.locale = locale;
        wishes.push_back({"locale", locale, std::move(hints)});
    }
    std::vector<minutes> expiries{minutes(1), minutes(15), minutes(60 * 24 * 365), minutes::max()};
    if (auto const& range = honoured.expires_in) {
        expiries.push_back(range->shortest);
        expiries.push_back(range->longest);
    }
    for (auto const expiry : expiries) {
        Hints hints;
        hints.expires_in = expiry;
        wishes.push_back({"expires_in", std::to_string(expiry.count()) + 'm', std::move(hints)});
    }
    for (std::string const& reference :
         {std::string("order-1"),
          std::string("123e4567-e89b-12d3-a456-426614174000"),
          std::string(300, 'r'),
          std::string("a\nb"),
          std::string("caf\u00E9"),
          std::string(" ")}) {
        Hints hints;
        hints.reference = reference;
        wishes.push_back({"reference", reference.substr(0, 40), std::move(hints)});
    }
    return wishes;
}

/// What the request must show of a hint that is used: one of these; nothing if the hint is left
/// out.
std::optional<std::vector<std::string>> wire_values(std::string_view hint, Hints const& used) {
    auto const of_text = [](std::optional<std::string> const& text) {
        return text ? std::optional(std::vector{*text, encode_path_segment(*text)}) : std::nullopt;
    };
    if (hint == "locale") return of_text(used.locale);
    if (hint == "reference") return of_text(used.reference);
    if (hint == "client.ip_address") return of_text(used.client.ip_address);
    if (hint == "client.user_agent") return of_text(used.client.user_agent);
    if (!used.expires_in) return std::nullopt;
    auto const expiry = *used.expires_in;
    return std::vector{
        std::to_string(expiry.count()), std::to_string(std::chrono::seconds(expiry).count())};
}

/// Beyond ASCII, and in quotes, JSON has several spellings.
bool has_one_spelling(std::string_view text) {
    return text.find_first_of("\"\\") == text.npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// One operation of the adapter, for a send on one channel.
template <class Request>
class HintCheck {
public:
    using Encode =
        Result<HttpRequest> (ProviderAdapter::*)(Request const&, AttemptContext const&) const;

    /// `request` is the one under test; its hints are replaced again and again.
    HintCheck(
        std::string name,
        AdapterUnderTest const& subject,
        Request& request,
        Encode encode_request,
        Observations& observations
    )
        : name_(std::move(name)),
          subject_(subject),
          request_(request),
          encode_(encode_request),
          observations_(observations) {}

    void run(std::vector<Wish> const& wishes) {
        set_hints(request_, {});
        auto const plain = encoded();
        // A channel that the recipient has no address for.
        if (!plain) return;
        plain_ = text_of(*plain);
        for (auto const& wish : wishes) try_wish(wish);
        for (auto const& [hint, requests] : requests_) expect_a_difference(hint, requests);
        for (auto const& wish : wishes) {
            if (!requests_.contains(wish.hint)) expect_nothing_of(wish);
        }
        expect_all_together();
    }

private:
    /// Requests by the value that they were asked to hold.
    using Requests = std::map<std::string, std::string>;

    [[nodiscard]] Result<HttpRequest> encoded() const {
        return (subject_.adapter.*encode_)(request_, subject_.context);
    }

    void try_wish(Wish const& wish) {
        set_hints(request_, wish.hints);
        auto const fitted = fit_hints(request_, subject_.adapter.vendor());
        set_hints(request_, fitted.used);
        auto const request = encoded();
        if (!request) {
            return fail(wish, Cause::fails_for_hint, "makes it fail: " + request.error().message);
        }
        auto const text = text_of(*request);
        auto const values = wire_values(wish.hint, fitted.used);
        if (!values) return;
        auto const is_in_text = [&text](std::string const& value) {
            return text.find(value) != text.npos;
        };
        if (has_one_spelling(values->front()) &&
            std::none_of(values->begin(), values->end(), is_in_text)) {
            fail(wish, Cause::drops_hint, "is not in the request as " + values->front());
        }
        requests_[wish.hint].emplace(values->front(), text);
        // A value that the instance asks for anyway would make no difference.
        if (text != plain_) add_to_all(wish.hint, fitted.used);
    }

    /// Takes the hint over from `used`.
    void add_to_all(std::string const& hint, Hints const& used) {
        together_.insert(hint);
        if (hint == "locale") all_.locale = used.locale;
        if (hint == "expires_in") all_.expires_in = used.expires_in;
        if (hint == "reference") all_.reference = used.reference;
        if (hint == "client.ip_address") all_.client.ip_address = used.client.ip_address;
        if (hint == "client.user_agent") all_.client.user_agent = used.client.user_agent;
    }

    [[nodiscard]] Hints all_without(std::string const& hint) const {
        Hints hints = all_;
        if (hint == "locale") hints.locale.reset();
        if (hint == "expires_in") hints.expires_in.reset();
        if (hint == "reference") hints.reference.reset();
        if (hint == "client.ip_address") hints.client.ip_address.reset();
        if (hint == "client.user_agent") hints.client.user_agent.reset();
        return hints;
    }

    /// One must not push another out of the request.
    void expect_all_together() {
        set_hints(request_, all_);
        auto const all = encoded();
        for (auto const& hint : together_) {
            if (!all) {
                fail(hint, Cause::fails_for_hint, "beside the others: " + all.error().message);
                continue;
            }
            set_hints(request_, all_without(hint));
            auto const others = encoded();
            if (others && text_of(*others) == text_of(*all)) {
                fail(hint, Cause::drops_hint, "makes no difference beside the other hints");
            }
        }
    }

    /// A hint that the description does not name never comes from a client, so an adapter that
    /// could use it loses it.
    void expect_nothing_of(Wish const& wish) {
        set_hints(request_, wish.hints);
        auto const request = encoded();
        if (!request || text_of(*request) != plain_) {
            fail(
                wish,
                Cause::conceals_hint,
                "makes a difference, and the description does not name the hint"
            );
        }
    }

    /// What is dropped leaves the request as it was, or the same for two values. A single value may
    /// be what the instance asks for anyway.
    void expect_a_difference(std::string const& hint, Requests const& requests) {
        std::map<std::string_view, std::string_view> value_of;
        for (auto const& [value, text] : requests) {
            auto const [other, is_new] = value_of.emplace(text, value);
            if (!is_new) {
                fail(
                    hint,
                    Cause::drops_hint,
                    "makes no difference: " + value + " and " + std::string(other->second)
                );
            }
        }
        if (requests.size() == 1 && requests.begin()->second == plain_) {
            fail(hint, Cause::drops_hint, "makes no difference: " + requests.begin()->first);
        }
    }

    void fail(Wish const& wish, Cause cause, std::string const& what) {
        fail(wish.hint, cause, wish.text + ' ' + what);
    }

    void fail(std::string const& hint, Cause cause, std::string what) {
        observations_.push_back({name_, "hint " + hint, cause, hint, std::move(what)});
    }

    std::string name_;
    AdapterUnderTest const& subject_;
    Request& request_;
    Encode encode_;
    Observations& observations_;
    /// The request without hints.
    std::string plain_;
    std::map<std::string, Requests> requests_;
    /// One value of each hint that made a difference, and their names.
    Hints all_;
    std::set<std::string> together_;
};

VerifyOtp copy_of(VerifyOtp const& verify) {
    VerifyOtp copy(verify.handle, verify.code.clone());
    copy.vendor_fields = verify.vendor_fields;
    return copy;
}

/// The request under test on the channel, with an address for it if it has none.
SendOtp send_on(Channel channel, AdapterUnderTest const& subject) {
    auto send = subject.send;
    send.channel = channel;
    if (subject.adapter.encode_send(send, subject.context)) return send;
    if (!send.to.phone) send.to.phone = PhoneNumber::parse("+12025550162").value();
    if (!send.to.email) send.to.email = EmailAddress::parse("user@example.com").value();
    return send;
}

}  // namespace

void check_hints(AdapterUnderTest const& subject, Observations& observations) {
    auto const& vendor = subject.adapter.vendor();
    auto channels = vendor.channels;
    if (channels.empty()) channels.push_back(channel_of(subject.send, vendor));
    for (auto const channel : channels) {
        auto send = send_on(channel, subject);
        HintCheck<SendOtp>("send", subject, send, &ProviderAdapter::encode_send, observations)
            .run(send_wishes(vendor.hints));
    }
    auto verify = copy_of(subject.verify);
    HintCheck<VerifyOtp>("verify", subject, verify, &ProviderAdapter::encode_verify, observations)
        .run(device_wishes());
}

}  // namespace otp::conformance
