#include "config/settings_digest.hpp"

#include "http/tls/trusted_file.hpp"
#include "model/reference_digest.hpp"

#include <array>
#include <charconv>
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
    void add(bool value) { add(std::string_view(value ? "1" : "0")); }
    /// Exactly: fractions that differ at all are not the same.
    template <class Number>
    requires std::is_arithmetic_v<Number>
    void add(Number value) {
        std::array<char, longest_number> digits{};
        auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
    }
    template <class Rep, class Period>
    void add(std::chrono::duration<Rep, Period> value) {
        add(value.count());
    }
    template <class... Values>
    void add_all(Values const&... values) {
        (add(values), ...);
    }
    void add_text(std::optional<std::string> const& text) {
        add(text.has_value());
        if (text) add(*text);
    }
    void add(std::optional<ProxyConfig> const& proxy) {
        add(proxy.has_value());
        if (!proxy) return;
        auto const& [host, port, username, password] = *proxy;
        add_all(host, port, username, password.reveal());
    }
    void add_path(std::optional<std::filesystem::path> const& path) {
        add(path.has_value());
        if (path) add(path->native());
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
    /// 20 digits, or 17 with sign, point and exponent.
    static constexpr std::size_t longest_number = 24;

    /// A string that grows leaves a copy of itself behind.
    void make_room(std::size_t size) {
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

// Each of these names all members, so that one that is added later does not compile until somebody
// has thought of it here.

void add_limits(Joined& joined, HttpLimits const& limits) {
    auto const& [
        connect, handshake, first_byte, attempt, idle, age,                // times
        connections, in_flight, header_bytes, header_fields, body_bytes    // sizes
    ] = limits;
    joined.add_all(connect, handshake, first_byte, attempt, idle, age);
    joined.add_all(connections, in_flight, header_bytes, header_fields, body_bytes);
}

void add_tls(Joined& joined, TlsConfig const& tls) {
    auto const& [ca_file, client_certificate, client_key, pinned_public_key, crl_file] = tls;
    joined.add_file(ca_file);
    joined.add_file(client_certificate);
    joined.add_file(client_key);
    joined.add_text(pinned_public_key);
    joined.add_file(crl_file);
}

void add_retry(Joined& joined, RetryConfig const& config) {
    auto const& [
        attempts, base_delay, factor, max_delay,          // of one operation
        rest, max_rest, max_retry_after,                  // of all
        budget, retry_cost, throttle_cost, success_gain   // the bucket
    ] = config;
    joined.add_all(attempts, base_delay, factor, max_delay, rest, max_rest, max_retry_after);
    joined.add_all(budget, retry_cost, throttle_cost, success_gain);
}

void add_breaker(Joined& joined, BreakerConfig const& config) {
    auto const& [ratio, minimum_calls, window, connection_failures, open, max_open, good_probes] =
        config;
    joined.add_all(ratio, minimum_calls, window, connection_failures, open, max_open, good_probes);
}

void add_delivery(Joined& joined, DeliveryConfig const& delivery) {
    auto const& [retry, breaker, commit_timeout] = delivery;
    add_retry(joined, retry);
    add_breaker(joined, breaker);
    joined.add(commit_timeout);
}

}  // namespace

std::string settings_digest(
    InstanceConfig const& instance,
    ProxiesOfInstance const& proxies,
    std::span<SettingDescription const> known_options
) {
    auto const& [
        name, vendor, environment, base_url, credentials, options, tls, limits,  //
        proxy, ignore_proxy_environment,  // what came of them counts: `proxies`
        delivery, record, replay
    ] = instance;
    Joined joined;
    joined.add_all(name, vendor, environment);
    joined.add_text(base_url);
    joined.add(credentials.size());
    for (auto const& [key, secret] : credentials) joined.add_all(key, secret.reveal());
    joined.add(options.size());
    for (auto const& [key, value] : options) joined.add_all(key, value);
    for (auto const& option : known_options) {
        auto const given = option.is_file ? options.find(option.name) : options.end();
        if (given != options.end()) joined.add_file(std::filesystem::path(given->second));
    }
    add_tls(joined, tls);
    add_limits(joined, limits);
    auto const& [to_vendor, to_tokens] = proxies;
    joined.add_all(to_vendor, to_tokens);
    add_delivery(joined, delivery);
    joined.add_path(record);
    joined.add_path(replay);
    return joined.digest();
}

}  // namespace otp::config
