#pragma once

#include <otp/export.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace OTP_EXPORT otp {

/// Pairs of a name and a text, in their order: what the header of a response says, or what a handle
/// refers to. It only looks at them, so it is valid until their owner is changed or destroyed.
class NamedTexts {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = std::pair<std::string_view, std::string_view>;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = value_type;

        Iterator() = default;

        /// Name and text.
        [[nodiscard]] value_type operator*() const noexcept;
        Iterator& operator++() noexcept;
        Iterator operator++(int) noexcept;
        friend bool operator==(Iterator const&, Iterator const&) = default;

    private:
        friend class NamedTexts;
        explicit Iterator(char const* at) noexcept : at_(at) {}

        char const* at_{nullptr};
    };

    using value_type = Iterator::value_type;
    using const_iterator = Iterator;

    NamedTexts() = default;

    [[nodiscard]] Iterator begin() const noexcept;
    [[nodiscard]] Iterator end() const noexcept;

private:
    friend class HttpHeaders;
    friend class VerificationHandle;
    explicit NamedTexts(std::string const& packed) noexcept : packed_(packed) {}

    std::string_view packed_;
};

}  // namespace otp
