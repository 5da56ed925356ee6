#include "http/connect/address_order.hpp"

#include <boost/asio/ip/address.hpp>

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>

namespace otp::http {
namespace {

using Endpoints = NameResolver::Endpoints;

Endpoints endpoints(std::initializer_list<char const*> addresses) {
    Endpoints all;
    for (auto const* const address : addresses) {
        all.emplace_back(boost::asio::ip::make_address(address), 443);
    }
    return all;
}

TEST(OrderOfAttempts, AlternatesFamiliesFromThatOfTheFirst) {
    EXPECT_EQ(
        order_of_attempts(endpoints({"2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2"})),
        endpoints({"2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2"})
    );
    EXPECT_EQ(
        order_of_attempts(endpoints({"192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1"})),
        endpoints({"192.0.2.1", "2001:db8::1", "192.0.2.2", "192.0.2.3"})
    );
    EXPECT_EQ(order_of_attempts({}), Endpoints());
}

TEST(OrderOfAttempts, TakesNoMoreThanAreTriedButOfBothFamilies) {
    Endpoints many;
    for (int i = 0; i < 100; ++i) {
        many.emplace_back(boost::asio::ip::make_address("2001:db8::" + std::to_string(i)), 443);
    }
    for (int i = 0; i < 100; ++i) {
        many.emplace_back(boost::asio::ip::make_address("192.0.2." + std::to_string(i)), 443);
    }
    auto const ordered = order_of_attempts(many);
    ASSERT_EQ(ordered.size(), max_addresses);
    EXPECT_TRUE(ordered[0].address().is_v6());
    EXPECT_TRUE(ordered[max_addresses - 1].address().is_v4());
}

}  // namespace
}  // namespace otp::http
