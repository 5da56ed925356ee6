#pragma once

#include <string_view>

enum class Colour { red, green, blue };

// Each function's mutants meet a fate of their own: see mutation_test.py.
int at_most(int value, int limit);
bool of_age(int years);
int halvings(int number);
int first_of_one();
int never_called(int value);
Colour colour_of(std::string_view name);
