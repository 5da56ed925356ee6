#include "example.hpp"

#include <array>

#define TWICE(value) ((value) + (value))

static_assert(1 + 1 == 2);

namespace {

struct Named {
    std::string_view name;
    Colour colour;
};

constexpr std::array colours{
    Named{"grass", Colour::green},
    Named{"sky", Colour::blue},
};

}  // namespace

int at_most(int value, int limit) {
    if (value > limit) value = limit;
    return value;
}

// `1 < 0` in a comment is none.
bool of_age(int years) {
    return years >= 18;
}

int halvings(int number) {
    int count = 0;
    while (number > 1) {
        number /= 2;
        ++count;
    }
    return count;
}

int first_of_one() {
    int const values[1] = {7};
    return values[0];
}

int never_called(int value) {
    return TWICE(value) - 4;
}

Colour colour_of(std::string_view name) {
    for (Named const& candidate : colours) {
        if (candidate.name == name) return candidate.colour;
    }
    return Colour::red;
}
