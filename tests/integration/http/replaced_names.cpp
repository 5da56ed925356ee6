#include "integration/http/replaced_names.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <netdb.h>
#include <netinet/in.h>
#include <utility>

namespace otp::test {

namespace {

// Threads may ask to the very end.
std::atomic<ReplacedNames*> current{new ReplacedNames};

}  // namespace

ReplacedNames& ReplacedNames::all() {
    return *current;
}

void ReplacedNames::begin_anew() {
    current = new ReplacedNames;
}

void ReplacedNames::hold(std::string const& name) {
    std::lock_guard const lock(mutex_);
    held_.insert(name);
}

void ReplacedNames::release(std::string const& name) {
    std::lock_guard const lock(mutex_);
    held_.erase(name);
    changed_.notify_all();
}

void ReplacedNames::place(std::string const& name, std::vector<std::string> addresses) {
    std::lock_guard const lock(mutex_);
    answers_[name] = {0, std::move(addresses)};
}

void ReplacedNames::fail(std::string const& name, int result) {
    std::lock_guard const lock(mutex_);
    answers_[name] = {result, {}};
}

int ReplacedNames::asked(std::string const& name) {
    std::lock_guard const lock(mutex_);
    return asked_[name];
}

ReplacedNames::Answer ReplacedNames::ask(std::string const& name) {
    std::unique_lock lock(mutex_);
    ++asked_[name];
    changed_.wait(lock, [&] { return !held_.contains(name); });
    auto const found = answers_.find(name);
    return found == answers_.end() ? Answer() : found->second;
}

}  // namespace otp::test

namespace {

/// One address of an answer, with what it points to.
struct Entry {
    addrinfo info{};
    sockaddr_in address{};
};

}  // namespace

// They take the place of the C library's in this program.

extern "C" int getaddrinfo(
    char const* host, char const* service, addrinfo const* hints, addrinfo** found
) {
    auto const answer = otp::test::ReplacedNames::all().ask(host);
    if (answer.result != 0) return answer.result;
    *found = nullptr;
    for (auto address = answer.addresses.rbegin(); address != answer.addresses.rend(); ++address) {
        auto* const entry = new Entry;
        entry->address.sin_family = AF_INET;
        entry->address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(service)));
        ::inet_pton(AF_INET, address->c_str(), &entry->address.sin_addr);
        entry->info.ai_family = AF_INET;
        entry->info.ai_socktype = hints->ai_socktype;
        entry->info.ai_addrlen = sizeof(sockaddr_in);
        entry->info.ai_addr = reinterpret_cast<sockaddr*>(&entry->address);
        entry->info.ai_next = std::exchange(*found, &entry->info);
    }
    return 0;
}

extern "C" void freeaddrinfo(addrinfo* found) noexcept {
    while (found != nullptr) {
        // The first member of it.
        auto* const entry = reinterpret_cast<Entry*>(found);
        found = found->ai_next;
        delete entry;
    }
}
