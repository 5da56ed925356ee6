#include "vendor/issued_codes.hpp"

namespace otp::mocks {
namespace {

constexpr std::size_t max_messages = 20000;

}  // namespace

void IssuedCodes::add(SentMessage const& message) {
    by_key_.insert_or_assign(
        message.key, Entry{next_number_, message.code, message.expires_at, message.max_attempts}
    );
    order_.emplace_back(next_number_, message.key);
    ++next_number_;
    if (order_.size() > max_messages) forget_oldest();
}

IssuedCodes::Checked IssuedCodes::check(
    std::string const& key, std::string_view code, MockTime now
) {
    auto const found = by_key_.find(key);
    if (found == by_key_.end()) return {CodeCheck::unknown};
    Entry& newest = found->second;
    if (newest.state == State::locked) return {CodeCheck::locked};
    if (newest.state == State::verified) return {CodeCheck::used};
    if (newest.expires_at <= now) return {CodeCheck::expired};
    auto const report = [&](SettledCode::End end) {
        return SettledCode{key, end, newest.wrong_attempts};
    };
    if (newest.code == code) {
        newest.state = State::verified;
        return {CodeCheck::approved, report(SettledCode::End::verified)};
    }
    ++newest.wrong_attempts;
    if (!newest.max_attempts || newest.wrong_attempts < *newest.max_attempts) {
        return {CodeCheck::wrong, report(SettledCode::End::wrong)};
    }
    newest.state = State::locked;
    return {CodeCheck::wrong, report(SettledCode::End::locked)};
}

void IssuedCodes::clear() {
    by_key_.clear();
    order_.clear();
}

void IssuedCodes::forget_oldest() {
    auto const [number, key] = std::move(order_.front());
    order_.pop_front();
    auto const found = by_key_.find(key);
    // A newer message of the same key has its code there.
    if (found->second.number == number) by_key_.erase(found);
}

}  // namespace otp::mocks
