// The reader that judges our texts must be able to say no.

#include "unit/observe/exposition_reader.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace otp::test {
namespace {

std::string const head = "# HELP x_total What it is.\n# TYPE x_total counter\n";
std::string const histogram = "# HELP x What it is.\n# TYPE x histogram\n";

TEST(ExpositionReader, ReadsAFamily) {
    auto const families = read_exposition(head + "x_total{a=\"1\\\\\\\"\\n\",b=\"\"} 1.5\n");
    ASSERT_EQ(families.size(), 1U);
    EXPECT_EQ(families[0].name, "x_total");
    EXPECT_EQ(families[0].help, "What it is.");
    EXPECT_EQ(families[0].type, "counter");
    ASSERT_EQ(families[0].samples.size(), 1U);
    EXPECT_EQ(families[0].samples[0].labels.at("a"), "1\\\"\n");
    EXPECT_EQ(families[0].samples[0].labels.at("b"), "");
    EXPECT_EQ(families[0].samples[0].value, 1.5);
}

TEST(ExpositionReader, ReadsAHistogram) {
    EXPECT_NO_THROW((void)read_exposition(
        histogram + "x_bucket{le=\"0.1\"} 1\nx_bucket{le=\"+Inf\"} 2\nx_sum 3\nx_count 2\n"
    ));
}

TEST(ExpositionReader, RefusesWhatIsNone) {
    for (auto const& text : {
             std::string("x_total 1\n"),
             head,
             head + "x_total 1",
             head + "x_total\n",
             head + "x_total 1 2\n",
             head + "x_total -1\n",
             head + "x_total nan\n",
             head + "x_total 1e3\n",
             head + "y_total 1\n",
             head + "\nx_total 1\n",
             head + "x_total 1\nx_total 2\n",
             head + "x_total 1\n" + head + "x_total{a=\"1\"} 1\n",
             head + "x_total{} 1\n",
             head + "x_total{1=\"1\"} 1\n",
             head + "x_total{a=\"1\",} 1\n",
             head + "x_total{a=\"1\",a=\"2\"} 1\n",
             head + "x_total{a=\"1} 1\n",
             head + "x_total{a=\"\\t\"} 1\n",
             head + "x_total{a=\"\x80\"} 1\n",
             std::string("# HELP x_total\n# TYPE x_total counter\nx_total 1\n"),
             std::string("# HELP x_total y\nx_total 1\n"),
             std::string("# HELP x_total y\n# TYPE x_total sort\nx_total 1\n"),
             std::string("# HELP x y\n# TYPE x counter\nx 1\n"),
             std::string("# HELP x_total y\n# TYPE x_total gauge\nx_total 1\n"),
         }) {
        EXPECT_THROW((void)read_exposition(text), std::runtime_error) << text;
    }
}

TEST(ExpositionReader, RefusesHistogramsThatAreNone) {
    for (auto const* const lines : {
             "x_bucket{le=\"0.1\"} 2\nx_bucket{le=\"+Inf\"} 1\nx_sum 3\nx_count 1\n",
             "x_bucket{le=\"0.2\"} 1\nx_bucket{le=\"0.1\"} 1\nx_bucket{le=\"+Inf\"} 1\nx_sum 3\n"
             "x_count 1\n",
             "x_bucket{le=\"0.1\"} 1\nx_sum 3\nx_count 1\n",
             "x_bucket{le=\"+Inf\"} 1\nx_sum 3\nx_count 2\n",
             "x_bucket{le=\"+Inf\"} 1\nx_sum 3\n",
             "x_bucket{le=\"+Inf\"} 1\nx_count 1\n",
         }) {
        EXPECT_THROW((void)read_exposition(histogram + lines), std::runtime_error) << lines;
    }
}

}  // namespace
}  // namespace otp::test
