// Reads one configuration from each line of standard input and writes one line about it:
// `accepted`, or `refused` and the mistakes. For check_schema.py.
#include "config_fixture.hpp"

#include <iostream>
#include <string>

int main() {
    otp::test::ConfigFixture const fixture;
    fixture.add_tls_files();
    std::string line;
    while (std::getline(std::cin, line)) {
        auto const config = fixture.parse(line);
        if (config) {
            std::cout << "accepted\n";
            continue;
        }
        std::cout << "refused";
        for (auto const& mistake : otp::test::lines(config.error())) std::cout << " | " << mistake;
        std::cout << '\n';
    }
}
