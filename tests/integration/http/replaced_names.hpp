#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// The machine's names as a program that links this finds them: `getaddrinfo` is replaced. Each
/// name is this machine unless a test says otherwise, and one that is held is answered when the
/// test says so, as by a name server that does not answer. Thread-safe.
class ReplacedNames {
public:
    static ReplacedNames& all();
    /// In the child of a fork: as if nobody had asked yet. Nothing is held.
    static void begin_anew();

    void hold(std::string const& name);
    void release(std::string const& name);
    /// Where the name is from now on.
    void place(std::string const& name, std::vector<std::string> addresses);
    /// What `getaddrinfo` returns of it from now on.
    void fail(std::string const& name, int result);
    /// How often it was asked for.
    int asked(std::string const& name);

    struct Answer {
        int result{0};
        std::vector<std::string> addresses{"127.0.0.1"};
    };
    /// What `getaddrinfo` does. Blocks as long as the name is held.
    Answer ask(std::string const& name);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<std::string> held_;
    std::map<std::string, int> asked_;
    std::map<std::string, Answer> answers_;
};

/// Holds a name for its own lifetime.
class HeldName {
public:
    explicit HeldName(std::string name) : name_(std::move(name)) {
        ReplacedNames::all().hold(name_);
    }
    HeldName(HeldName const&) = delete;
    HeldName& operator=(HeldName const&) = delete;
    ~HeldName() { ReplacedNames::all().release(name_); }

private:
    std::string name_;
};

}  // namespace otp::test
