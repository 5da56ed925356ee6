#include "model/text_pairs.hpp"

#include <otp/named_texts.hpp>

namespace otp {

NamedTexts::Iterator::value_type NamedTexts::Iterator::operator*() const noexcept {
    return model::pair_at(at_);
}

NamedTexts::Iterator& NamedTexts::Iterator::operator++() noexcept {
    at_ = model::end_of(**this);
    return *this;
}

NamedTexts::Iterator NamedTexts::Iterator::operator++(int) noexcept {
    Iterator before = *this;
    ++*this;
    return before;
}

NamedTexts::Iterator NamedTexts::begin() const noexcept {
    return Iterator(packed_.data());
}

NamedTexts::Iterator NamedTexts::end() const noexcept {
    return Iterator(packed_.data() + packed_.size());
}

}  // namespace otp
