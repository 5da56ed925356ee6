#include "config/settings_digest.hpp"

#include "http/tls/trusted_file.hpp"
#include "model/reference_digest.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace otp::config {

namespace {

/// Joins values so that no two lists of them make the same text.
class Joined {
public:
    Joined() = default;
    Joined(Joined const&) = delete;
    Joined& operator=(Joined const&) = delete;
    /// Wipes the text: secrets are in it.
    ~Joined() { wipe_memory(text_.data(), text_.size()); }

    void add(std::string_view value) {
        make_room(value.size());
        text_ += std::to_string(value.size());
        text_ += ':';
        text_ += value;
    }
    template <class Number>
    requires std::is_arithmetic_v<Number>
    void add(Number value) { add(std::string_view(std::to_string(value))); }
    template <class Rep, class Period>
    void add(std::chrono::duration<Rep, Period> value) {
        add(value.count());
    }
    void add(std::optional<ProxyConfig> const& proxy) {
        add(proxy.has_value());
        if (!proxy) return;
        add(proxy->host);
        add(proxy->port);
        add(proxy->username);
        add(proxy->password.reveal());
    }
    /// Its name and what is in it now.
    void add_file(std::optional<std::filesystem::path> const& file) {
        add(file.has_value());
        if (!file) return;
        add(file->native());
        auto content = http::read_trusted_file(*file);
        // Whoever makes the instance says what is wrong with it.
        add(content.has_value());
        if (!content) return;
        add(*content);
        wipe_memory(content->data(), content->size());
    }

    [[nodiscard]] std::string digest() const {
        constexpr std::size_t all_characters = 52;
        return model::reference_digest(text_, all_characters);
    }

private:
    /// A string that grows leaves a copy of itself behind.
    void make_room(std::size_t size) {
        constexpr std::size_t longest_number = 24;
        auto const needed = text_.size() + size + longest_number;
        if (needed <= text_.capacity()) return;
        std::string larger;
        larger.reserve(2 * needed);
        larger = text_;
        wipe_memory(text_.data(), text_.size());
        text_.swap(larger);
    }

    std::string text_;
};

void add_limits(Joined& joined, HttpLimits const& limits) {
    joined.add(limits.connect_timeout);
    joined.add(limits.handshake_timeout);
    joined.add(limits.first_byte_timeout);
    joined.add(limits.attempt_timeout);
    joined.add(limits.idle_timeout);
    joined.add(limits.max_connection_age);
    joined.add(limits.max_connections);
    joined.add(limits.max_in_flight);
    joined.add(limits.max_header_bytes);
    joined.add(limits.max_header_fields);
    joined.add(limits.max_body_bytes);
}

void add_tls(Joined& joined, TlsConfig const& tls) {
    joined.add_file(tls.ca_file);
    joined.add_file(tls.client_certificate);
    joined.add_file(tls.client_key);
    joined.add(tls.pinned_public_key.value_or(""));
    joined.add_file(tls.crl_file);
}

void add_delivery(Joined& joined, DeliveryConfig const& delivery) {
    auto const& retry = delivery.retry;
    joined.add(retry.attempts);
    joined.add(retry.base_delay);
    joined.add(retry.factor);
    joined.add(retry.max_delay);
    joined.add(retry.rest);
    joined.add(retry.max_rest);
    joined.add(retry.max_retry_after);
    joined.add(retry.budget);
    joined.add(retry.retry_cost);
    joined.add(retry.throttle_cost);
    joined.add(retry.success_gain);
    auto const& breaker = delivery.breaker;
    joined.add(breaker.failure_ratio);
    joined.add(breaker.minimum_calls);
    joined.add(breaker.window);
    joined.add(breaker.connection_failures);
    joined.add(breaker.open);
    joined.add(breaker.max_open);
    joined.add(breaker.good_probes);
    joined.add(delivery.commit_timeout);
}

}  // namespace

std::string settings_digest(InstanceConfig const& instance, ProxiesOfInstance const& proxies) {
    Joined joined;
    joined.add(instance.name);
    joined.add(instance.vendor);
    joined.add(instance.environment);
    joined.add(instance.base_url.has_value());
    joined.add(instance.base_url.value_or(""));
    joined.add(instance.credentials.size());
    for (auto const& [name, secret] : instance.credentials) {
        joined.add(name);
        joined.add(secret.reveal());
    }
    joined.add(instance.options.size());
    for (auto const& [name, value] : instance.options) {
        joined.add(name);
        joined.add(value);
    }
    add_tls(joined, instance.tls);
    add_limits(joined, instance.limits);
    joined.add(proxies.to_vendor);
    joined.add(proxies.to_tokens);
    add_delivery(joined, instance.delivery);
    return joined.digest();
}

}  // namespace otp::config
