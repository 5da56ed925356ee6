#!/usr/bin/env perl
# Writes the tables of Unicode characters that src/model needs, from the character database that
# comes with Perl. Prints the file that is named:
#
#   src/model/unicode_tables.pl unicode_digits.cpp > src/model/unicode_digits.cpp
#
# With --check it compares the files that are there with what this Perl would write; one of another
# Unicode version says so and compares nothing (exit status 77).
use strict;
use warnings;
use charnames ();
use File::Basename qw(dirname);
use Unicode::Normalize qw(NFKC);
use Unicode::UCD ();

my $version = Unicode::UCD::UnicodeVersion();
my $folder = dirname(__FILE__);

# The ranges of the characters for which the function is true.
sub ranges {
    my ($has) = @_;
    my @ranges;
    for my $c (0 .. 0x10FFFF) {
        next if $c >= 0xD800 && $c <= 0xDFFF;
        next unless $has->(chr $c);
        if (@ranges && $ranges[-1][1] == $c - 1) { $ranges[-1][1] = $c }
        else { push @ranges, [$c, $c] }
    }
    return @ranges;
}

sub rows {
    my ($per_row, @cells) = @_;
    my $text = '';
    while (my @row = splice @cells, 0, $per_row) { $text .= '    ' . join(' ', @row) . "\n" }
    return $text;
}

sub table {
    my ($name, $per_row, $type, @cells) = @_;
    my $size = @cells;
    return "// clang-format off\nconstexpr std::array<$type, $size> ${name}{{\n" .
        rows($per_row, @cells) . "}};\n// clang-format on\n";
}

sub range_table {
    my ($name, $has) = @_;
    return table($name, 4, 'Range', map { sprintf 'Range{0x%04X, 0x%04X},', @$_ } ranges($has));
}

sub digits {
    my $is_zero = sub { $_[0] =~ /\A\p{Nd}\z/ && Unicode::UCD::num($_[0]) == 0 };
    my @zeros = map { $_->[0] } ranges($is_zero);
    # The function in the file relies on it: after each zero come its nine others.
    for my $zero (@zeros) {
        for my $value (0 .. 9) {
            die "digits after $zero" unless Unicode::UCD::num(chr($zero + $value)) == $value;
        }
    }
    my $table = table('zeros', 8, 'char32_t', map { sprintf '0x%04X,', $_ } @zeros);
    return <<"END";
// Made by unicode_tables.pl from Unicode $version (General_Category=Nd). Do not edit.

#include "model/unicode_digits.hpp"

#include <algorithm>
#include <array>

namespace otp::model {

namespace {

/// The zeros of all scripts; each is followed by its digits 1 to 9.
$table
}  // namespace

int decimal_digit(char32_t c) noexcept {
    auto const next = std::upper_bound(zeros.begin(), zeros.end(), c);
    if (next == zeros.begin()) return -1;
    auto const value = c - *(next - 1);
    return value <= 9 ? static_cast<int>(value) : -1;
}

}  // namespace otp::model
END
}

# The ASCII letter, digit or sign that a character is a shape of; undefined if there is none. Some
# shapes have punctuation of their own, which their compatibility form tells: `(4)`, `4.`, `4,`.
# White ones on black have no such form, but a value or a name.
sub ascii_of {
    my ($c) = @_;
    my $form = NFKC(chr $c);
    return ord $form if $form =~ /\A[!-~]\z/;
    return ord $1 if $form =~ /\A\(?([0-9A-Za-z])[).,]?\z/;
    # Looking up a name takes long.
    return undef unless chr($c) =~ /[\p{N}\p{So}]/;
    my $name = charnames::viacode($c) // '';
    return ord $1 if $name =~ /\ANEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])\z/;
    return undef unless $form =~ /[\p{Nt=Di}\p{Nt=Nu}]/ && length $form == 1;
    my $value = Unicode::UCD::num($form);
    return undef unless defined $value && $value =~ /\A[0-9]\z/;
    return undef unless $form =~ /\p{Nt=Di}/ || $name =~ /\bDIGIT\b/;
    return ord('0') + $value;
}

# Runs of characters whose ASCII ones follow each other, too.
sub shapes {
    my @runs;
    for my $c (0x80 .. 0x10FFFF) {
        next if $c >= 0xD800 && $c <= 0xDFFF;
        my $ascii = ascii_of($c);
        next unless defined $ascii;
        if (@runs && $runs[-1][1] == $c - 1 && $runs[-1][2] + $c - $runs[-1][0] == $ascii) {
            $runs[-1][1] = $c;
        } else {
            push @runs, [$c, $c, $ascii];
        }
    }
    my @rows = map { sprintf 'Run{0x%04X, 0x%04X, 0x%02X},', @$_ } @runs;
    my $table = table('runs', 3, 'Run', @rows);
    return <<"END";
// Made by unicode_tables.pl from Unicode $version (normalization form NFKC, Numeric_Type,
// Numeric_Value and Name). Do not edit.

#include "model/unicode_shapes.hpp"

#include <algorithm>
#include <array>

namespace otp::model {

namespace {

/// Characters that follow each other, and the ASCII character of the first of them; those of the
/// others follow it.
struct Run {
    char32_t first;
    char32_t last;
    char32_t ascii;
};

$table
}  // namespace

char32_t ascii_of_shape(char32_t c) noexcept {
    auto const run =
        std::lower_bound(runs.begin(), runs.end(), c, [](Run const& candidate, char32_t value) {
            return candidate.last < value;
        });
    return run != runs.end() && run->first <= c ? run->ascii + (c - run->first) : 0;
}

}  // namespace otp::model
END
}

sub classes {
    my $white_space = range_table('white_space', sub { $_[0] =~ /\p{White_Space}/ });
    my $dashes = range_table('dashes', sub { $_[0] =~ /\p{Dash}/ });
    my $ignorable =
        range_table('ignorable', sub { $_[0] =~ /\p{Default_Ignorable_Code_Point}/ });
    my $marks = range_table('combining_marks', sub { $_[0] =~ /[\p{Mn}\p{Me}]/ });
    my $brackets = range_table('brackets', sub { $_[0] =~ /[\p{Ps}\p{Pe}]/ });
    my $quotes = range_table('quotation_marks', sub { $_[0] =~ /\p{Quotation_Mark}/ });
    my $stops = range_table('terminal_punctuation', sub { $_[0] =~ /\p{Terminal_Punctuation}/ });
    return <<"END";
// Made by unicode_tables.pl from Unicode $version (White_Space, Dash,
// Default_Ignorable_Code_Point, Quotation_Mark, Terminal_Punctuation, and General_Category=Mn, Me,
// Ps and Pe of its character database). Do not edit.

#include "model/unicode_classes.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace otp::model {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

$white_space
$dashes
$ignorable
$marks
$brackets
$quotes
$stops
bool contains(std::span<Range const> ranges, char32_t c) noexcept {
    auto const range = std::lower_bound(
        ranges.begin(),
        ranges.end(),
        c,
        [](Range const& candidate, char32_t value) { return candidate.last < value; }
    );
    return range != ranges.end() && range->first <= c;
}

}  // namespace

bool is_unicode_white_space(char32_t c) noexcept {
    return contains(white_space, c);
}

bool is_dash(char32_t c) noexcept {
    return contains(dashes, c);
}

bool is_invisible(char32_t c) noexcept {
    return contains(ignorable, c);
}

bool is_combining_mark(char32_t c) noexcept {
    return contains(combining_marks, c);
}

bool is_bracket(char32_t c) noexcept {
    return contains(brackets, c);
}

bool is_quotation_mark(char32_t c) noexcept {
    return contains(quotation_marks, c);
}

bool is_terminal_punctuation(char32_t c) noexcept {
    return contains(terminal_punctuation, c);
}

}  // namespace otp::model
END
}

my %files = (
    'unicode_digits.cpp' => \&digits,
    'unicode_classes.cpp' => \&classes,
    'unicode_shapes.cpp' => \&shapes,
);
my $wanted = shift // '';
if ($files{$wanted}) {
    print $files{$wanted}->();
} elsif ($wanted eq '--check') {
    for my $name (sort keys %files) {
        open my $file, '<', "$folder/$name" or die "$folder/$name: $!\n";
        my $text = do { local $/; <$file> };
        my ($made_from) = $text =~ /from Unicode ([0-9.]+)/;
        if ($made_from ne $version) {
            print "$name is of Unicode $made_from, this Perl knows $version\n";
            exit 77;
        }
        die "$name differs from what unicode_tables.pl writes\n" if $text ne $files{$name}->();
    }
} else {
    die "usage: unicode_tables.pl --check | ${\ join ' | ', sort keys %files}\n";
}
