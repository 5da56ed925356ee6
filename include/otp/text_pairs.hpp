#pragma once

#include <otp/export.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace OTP_EXPORT otp {

/// A few names with a value each, in their order and in one block of memory: what every request
/// brings along is not worth an allocation for each text. Any octets are allowed in both. Names may
/// repeat. Const members may be called from several threads.
class TextPairs {
    struct Sizes {
        std::uint32_t name;
        std::uint32_t value;
    };

public:
    using Pair = std::pair<std::string_view, std::string_view>;

    /// Goes through the pairs. Its views are valid until the object is changed or destroyed.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Pair;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Pair;

        Iterator() = default;
        explicit Iterator(char const* at) noexcept : at_(at) {}

        [[nodiscard]] Pair operator*() const noexcept {
            Sizes sizes{};
            std::memcpy(&sizes, at_, sizeof sizes);
            char const* const name = at_ + sizeof sizes;
            return {{name, sizes.name}, {name + sizes.name, sizes.value}};
        }
        Iterator& operator++() noexcept {
            std::string_view const value = (**this).second;
            at_ = value.data() + value.size();
            return *this;
        }
        Iterator operator++(int) noexcept {
            Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(Iterator const&, Iterator const&) = default;

    private:
        char const* at_{nullptr};
    };

    using value_type = Pair;
    using const_iterator = Iterator;

    /// Adds a pair behind the others. The texts are copied, must not be parts of this object, and
    /// have less than 4 GiB each.
    void append(std::string_view name, std::string_view value) {
        Sizes const sizes{
            static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
        std::array<char, sizeof sizes> prefix{};
        std::memcpy(prefix.data(), &sizes, sizeof sizes);
        texts_.reserve(texts_.size() + prefix.size() + name.size() + value.size());
        texts_.append(prefix.data(), prefix.size()).append(name).append(value);
        ++count_;
    }

    [[nodiscard]] Iterator begin() const noexcept { return Iterator(texts_.data()); }
    [[nodiscard]] Iterator end() const noexcept { return Iterator(texts_.data() + texts_.size()); }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }

    /// Room for that many pairs with that many octets altogether, so that `append` need not
    /// allocate.
    void reserve(std::size_t pairs, std::size_t octets) {
        texts_.reserve(pairs * sizeof(Sizes) + octets);
    }

    friend bool operator==(TextPairs const&, TextPairs const&) = default;

private:
    /// Each pair: the sizes, the name, the value.
    std::string texts_;
    std::size_t count_{0};
};

}  // namespace otp
