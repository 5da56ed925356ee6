#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>

namespace otp::mocks {

/// What a vendor remembers by a text: of very many those that came last, so that memory stays
/// bounded however long a mock vendor serves. Whoever came first goes first; a new value does not
/// make an old text younger. Not thread-safe.
template <class Value>
class RecentMap {
    using Values = std::map<std::string, Value>;

public:
    static constexpr std::size_t most = 20000;

    [[nodiscard]] auto find(std::string const& key) const { return values_.find(key); }
    [[nodiscard]] auto end() const { return values_.end(); }
    [[nodiscard]] bool contains(std::string const& key) const { return values_.contains(key); }
    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
    /// Throws `std::out_of_range` for a text that is not there.
    [[nodiscard]] Value& at(std::string const& key) { return values_.at(key); }

    /// The value, which is made if the text is new.
    Value& operator[](std::string const& key) {
        auto const [place, is_new] = values_.try_emplace(key);
        if (is_new) remember(place);
        return place->second;
    }
    void insert_or_assign(std::string const& key, Value value) { (*this)[key] = std::move(value); }
    /// Whether the text is new.
    bool insert(std::string const& key) {
        auto const [place, is_new] = values_.try_emplace(key);
        if (is_new) remember(place);
        return is_new;
    }

    void clear() {
        order_.clear();
        values_.clear();
    }

private:
    void remember(typename Values::iterator place) {
        order_.push_back(place);
        if (order_.size() <= most) return;
        values_.erase(order_.front());
        order_.pop_front();
    }

    Values values_;
    /// Oldest first; the map's iterators stay good.
    std::deque<typename Values::iterator> order_;
};

}  // namespace otp::mocks
