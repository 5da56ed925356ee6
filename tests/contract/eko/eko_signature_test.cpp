#include "eko/eko_signature.hpp"

#include <gtest/gtest.h>

namespace otp::eko::test {
namespace {

// Published in github.com/ekoindia/eps-platform, src/lib/data/api-auth.ts.
TEST(EkoSignature, FirstPublishedVector) {
    EXPECT_EQ(
        EkoSigner("test-access-key-123").sign("1700000000000").value(),
        "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo="
    );
}

// Published in github.com/ekoindia/eps-platform, docs/sdk-golden-vector.md.
TEST(EkoSignature, SecondPublishedVector) {
    EXPECT_EQ(
        EkoSigner("TEST_ACCESS_KEY_DO_NOT_USE").sign("1700000000000").value(),
        "u30ak/iOGwKCaspqCeiYng8fd98QDx7kF3DBBOadQHk="
    );
}

// Made with Python's hmac, hashlib and base64: other lengths of padding, bytes above 127, and
// another time.
TEST(EkoSignature, IndependentlyComputedVectors) {
    EXPECT_EQ(
        EkoSigner("fake-access-key").sign("1779446044000").value(),
        "Qaj1neaRb90Wy3QiOUJ2q699egyUc9RpbaO3zr65+bw="
    );
    EXPECT_EQ(
        EkoSigner("cl\u00e9-d'acc\u00e8s-fictive").sign("1700000000000").value(),
        "GjnBbaEwQqG6izSyCHpDp5FicsznK/h+bXEGSWXmSVE="
    );
}

TEST(EkoSignature, EveryTimestampHasItsOwn) {
    EkoSigner const signer("fake-access-key");
    EXPECT_EQ(signer.sign("1700000000000").value(), "Htyp0RqXZw8hs/jClRo/Bj2GaZnAqIqA6XV5Ios07zg=");
    EXPECT_NE(signer.sign("1700000000000").value(), signer.sign("1700000000001").value());
}

}  // namespace
}  // namespace otp::eko::test
