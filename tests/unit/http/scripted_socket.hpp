#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace otp::http {

/// A socket that exists only in a script: a program that links this has `recv` and `send` replaced,
/// which ask the script about descriptors of scripted sockets and the kernel about all others.
class ScriptedSocket {
public:
    ScriptedSocket();
    ~ScriptedSocket();
    ScriptedSocket(ScriptedSocket const&) = delete;
    ScriptedSocket& operator=(ScriptedSocket const&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    /// What the calls do, in this order: move that many bytes at most, or fail with that `errno`.
    /// When nothing is left of it, they would block.
    void next_receives(std::string text) { receives_.push_back({0, std::move(text)}); }
    void next_ends() { receives_.push_back({0, {}}); }
    void next_receive_fails(int code) { receives_.push_back({code, {}}); }
    void next_sends(std::size_t limit) { sends_.push_back({0, limit}); }
    void next_send_fails(int code) { sends_.push_back({code, 0}); }

    /// All that was sent.
    [[nodiscard]] std::string const& sent() const noexcept { return sent_; }
    /// The flags of the last call.
    [[nodiscard]] int flags() const noexcept { return flags_; }

    /// The one with that descriptor; null if it is a real one.
    [[nodiscard]] static ScriptedSocket* find(int descriptor) noexcept;
    [[nodiscard]] ssize_t receive(char* into, std::size_t capacity, int flags);
    [[nodiscard]] ssize_t send(std::string_view bytes, int flags);

private:
    struct Receive {
        int error;
        std::string text;
    };
    struct Send {
        int error;
        std::size_t limit;
    };

    int descriptor_;
    std::deque<Receive> receives_{};
    std::deque<Send> sends_{};
    std::string sent_{};
    int flags_{0};
};

}  // namespace otp::http
