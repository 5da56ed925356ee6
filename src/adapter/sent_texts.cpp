#include "adapter/client_address.hpp"
#include "model/ascii.hpp"
#include "model/ip_address.hpp"
#include "model/known_texts.hpp"
#include "model/plain_identifier.hpp"
#include "model/scrub.hpp"
#include "model/text_masks.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/config.hpp>
#include <otp/send_otp.hpp>
#include <otp/verify_otp.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace otp {

namespace {

using model::KnownTexts;
using model::PlainIdentifier;

/// Takes every text to be looked for.
class Collector {
public:
    void number(std::string_view text) { known_.add_number(text); }
    void code(std::string_view text) { known_.add_code(text); }
    void text(std::string_view text) { known_.add_text(text); }
    void client_address(std::string_view text) {
        known_.add_text(text);
        auto const found = adapter::find_client_address(text);
        if (auto const address = model::read_ip_address(found.value_or(""))) {
            known_.add_ip_address(*address);
        }
    }

    [[nodiscard]] KnownTexts take() && { return std::move(known_); }
    [[nodiscard]] KnownTexts& known() noexcept { return known_; }

private:
    KnownTexts known_;
};

/// Asks of every text whether it may be in an identifier.
class Question {
public:
    explicit Question(PlainIdentifier const& identifier) noexcept : identifier_(identifier) {}

    void number(std::string_view number) noexcept {
        found_ = found_ || identifier_.may_hold_number(number);
    }
    void code(std::string_view) noexcept { found_ = true; }
    void text(std::string_view text) noexcept {
        found_ = found_ || (!text.empty() && identifier_.may_hold(text));
    }
    /// It is written in too many forms.
    void client_address(std::string_view) noexcept { found_ = true; }

    [[nodiscard]] bool answer() const noexcept { return found_; }

private:
    PlainIdentifier const& identifier_;
    bool found_{false};
};

/// Masks every text that stands by itself, as it was sent.
class MaskAsSent {
public:
    explicit MaskAsSent(std::string& text) noexcept : text_(text) {}

    void number(std::string_view number) {
        mask(number.substr(number.starts_with('+') ? 1 : 0), least_octets);
    }
    void code(std::string_view code) { mask(code, least_octets_of_code); }
    void text(std::string_view text) {
        bool const is_no_word = std::any_of(text.begin(), text.end(), [](char c) {
            return model::is_digit(c) || c == '@';
        });
        if (is_no_word) mask(text, least_octets);
    }
    void client_address(std::string_view text) { this->text(text); }

private:
    static constexpr std::size_t least_octets = 6;
    static constexpr std::size_t least_octets_of_code = 4;

    void mask(std::string_view sent, std::size_t least) {
        if (sent.size() < least) return;
        for (auto at = text_.find(sent); at != std::string::npos; at = text_.find(sent, at)) {
            auto const end = at + sent.size();
            bool const is_part = (at > 0 && model::is_alphanumeric(text_[at - 1])) ||
                                 (end < text_.size() && model::is_alphanumeric(text_[end]));
            if (is_part) {
                ++at;
                continue;
            }
            text_.replace(at, sent.size(), model::mask);
            at += model::mask.size();
        }
    }

    std::string& text_;
};

template <class Visitor>
void visit_fields(VendorFields const& vendors, Visitor& visitor) {
    for (auto const& vendor : vendors) {
        for (auto const& field : vendor.second) visitor.text(field.second);
    }
}

template <class Visitor>
void visit_client(ClientAttributes const& client, Visitor& visitor) {
    if (client.ip_address) visitor.client_address(*client.ip_address);
    if (client.user_agent) visitor.text(*client.user_agent);
}

/// The credentials; of the options those that are numbers of people or accounts.
template <class Visitor>
void visit_instance(InstanceConfig const& instance, Visitor& visitor) {
    for (auto const& credential : instance.credentials) visitor.text(credential.second.reveal());
    for (auto const& option : instance.options) {
        auto const& value = option.second;
        if (!value.empty() && (model::is_digit(value.front()) || value.front() == '+')) {
            visitor.text(value);
        }
    }
    if (instance.proxy) visitor.text(instance.proxy->password.reveal());
}

/// What `Authorization: Basic` makes of two credentials.
void add_basic_authorizations(InstanceConfig const& instance, KnownTexts& known) {
    constexpr std::string_view scheme = "Basic ";
    for (auto const& user : instance.credentials) {
        for (auto const& password : instance.credentials) {
            if (&user == &password) continue;
            auto header = basic_authorization(user.second.reveal(), password.second.reveal());
            known.add_text(std::string_view(header).substr(scheme.size()));
            wipe_memory(header.data(), header.size());
        }
    }
}

}  // namespace

template <class Visitor>
void SentTexts::visit(Visitor&& visitor) const {
    if (send_ != nullptr) {
        if (send_->to.phone) visitor.number(send_->to.phone->reveal());
        if (send_->to.email) visitor.text(send_->to.email->reveal());
        for (auto const& id : send_->to.user_ids) visitor.text(id.second);
        if (send_->reference) visitor.text(*send_->reference);
        visit_client(send_->client, visitor);
        visit_fields(send_->vendor_fields, visitor);
    }
    if (verify_ != nullptr) {
        visitor.code(verify_->code.reveal());
        for (auto const& reference : verify_->handle.references()) visitor.text(reference.second);
        visit_client(verify_->client, visitor);
        visit_fields(verify_->vendor_fields, visitor);
    }
    if (instance_ != nullptr) visit_instance(*instance_, visitor);
    visitor.text(access_token_);
}

KnownTexts SentTexts::known() const {
    Collector collector;
    visit(collector);
    if (instance_ != nullptr) add_basic_authorizations(*instance_, collector.known());
    return std::move(collector).take();
}

bool SentTexts::may_be_in(std::string_view text) const {
    if (is_cleared(text)) return false;
    auto const identifier = PlainIdentifier::read(text);
    if (!identifier) return true;
    Question question(*identifier);
    visit(question);
    if (!question.answer()) clear(text);
    return question.answer();
}

bool SentTexts::is_cleared(std::string_view text) const noexcept {
    return text == std::string_view(cleared_.data(), cleared_size_);
}

void SentTexts::clear(std::string_view text) const noexcept {
    if (text.size() > cleared_.size()) return;
    text.copy(cleared_.data(), text.size());
    cleared_size_ = text.size();
}

std::string SentTexts::scrub_text(std::string_view text) const {
    return text.empty() ? std::string() : model::scrub_text(text, known());
}

std::string SentTexts::scrub_identifier(std::string_view text) const {
    if (text.empty() || !may_be_in(text)) return std::string(text);
    return model::scrub_identifier(text, known());
}

std::string SentTexts::scrub_code(std::string_view text) const {
    return text.empty() ? std::string() : model::scrub_code(text, known());
}

void SentTexts::mask_known(std::string& text) const {
    if (!text.empty() && may_be_in(text)) model::mask_known(text, known());
}

void SentTexts::mask_as_sent(std::string& text) const {
    visit(MaskAsSent(text));
}

}  // namespace otp
