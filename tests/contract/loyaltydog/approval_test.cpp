// Whom an answer names, and what speaks against it
// (https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp).
#include "contract/loyaltydog/loyaltydog_fixture.hpp"
#include "loyaltydog/loyaltydog_success.hpp"

namespace otp::contract {
namespace {

Result<Verification> check(std::string_view target, std::string const& members) {
    return make_adapter()->decode_verify(
        verify_of(target), answer(200, R"({"success":true)" + members + '}'), make_context()
    );
}

Result<SendReceipt> sent(std::string const& members, int status = 200) {
    return make_adapter()->decode_send(
        send_to_phone(), answer(status, R"({"success":true)" + members + '}'), make_context()
    );
}

template <class T>
void expect_doubt(Result<T> const& result, std::string const& input) {
    ASSERT_TRUE(result.has_error()) << input;
    EXPECT_EQ(result.error().category, ErrorCategory::bad_response) << input;
    EXPECT_EQ(result.error().delivery, Delivery::unknown) << input;
}

TEST(LoyaltyDogApproval, IsOfThePersonInTheHandle) {
    for (std::string const members :
         {R"(,"verifiedTarget":"+12025550162")",
          R"(,"verifiedTarget":"12025550162")",
          R"(,"verifiedTarget":"+1 (202) 555-0162")",
          R"(,"verifiedTarget":null,"identity":null)",
          R"(,"identity":{"phone":"+12025550162","email":"another@example.com"})",
          R"(,"identity":{"phone":null,"verified":true})",
          R"(,"otpType":"blocked","sessionToken":"deny","added":{"text":"x","list":[1,true]})"}) {
        EXPECT_TRUE(check("+12025550162", members).has_value()) << members;
    }
    for (std::string const members :
         {R"(,"verifiedTarget":"user@example.com")",
          R"(,"verifiedTarget":"User@Example.COM")",
          R"(,"identity":{"email":"user@EXAMPLE.com","phone":"+12025550199"})"}) {
        EXPECT_TRUE(check("user@example.com", members).has_value()) << members;
    }
}

TEST(LoyaltyDogApproval, IsNotOfAnybodyElseUnderNearNames) {
    for (std::string const members :
         {R"(,"verifiedTargets":["+12025550199"])",
          R"(,"recipient":"+12025550199")",
          R"(,"msisdn":"12025550199")",
          R"(,"telephone":"+12025550199")",
          R"(,"identity":{"mobilePhone":"+12025550199"})"}) {
        expect_doubt(check("+12025550162", members), members);
    }
    for (std::string const members :
         {R"(,"recipient":"+12025550162","telephone":"+1 202 555 0162")",
          R"(,"phoneVerified":true,"phoneCountry":"1")",
          R"(,"phoneVerifiedAt":"2026-11-26","phoneVerifiedOn":1764184770)"}) {
        EXPECT_TRUE(check("+12025550162", members).has_value()) << members;
    }
    for (std::string const members :
         {R"(,"phone":"+12025550199")", R"(,"identity":{"phone":"+12025550199"})"}) {
        expect_doubt(sent(members), members);
    }
}

TEST(LoyaltyDogApproval, TellsWhereItsAnswerSaysNo) {
    auto const message = [](std::string const& members) {
        return check("+12025550162", members).error().message;
    };
    EXPECT_EQ(
        message(R"(,"data":[{"granted":false}])"),
        "the vendor's answer cannot be understood: a member that is not documented says no "
        "(/data/0/granted)"
    );
    EXPECT_EQ(
        message(R"(,"identity":{"error_code":7})"),
        "the vendor's answer cannot be understood: it names an error (/identity/error_code)"
    );
    // The names are the vendor's.
    auto const masked = message(R"(,"+12025550162":{"granted":false})");
    EXPECT_EQ(masked.find("2025550162"), masked.npos) << masked;
}

TEST(LoyaltyDogApproval, ATargetWithoutACountrysNumberMayBeNamedWithIt) {
    for (std::string const target : {"2025550162", "02025550162", "(202) 555-0162"}) {
        EXPECT_TRUE(check(target, R"(,"identity":{"phone":"+12025550162"})").has_value()) << target;
        for (std::string const members :
             {R"(,"identity":{"phone":"+12025550163"})",
              R"(,"identity":{"phone":"table 2025550162"})",
              R"(,"identity":{"phone":"+120255501622"})",
              R"(,"verifiedTarget":"+12025550162")"}) {
            expect_doubt(check(target, members), target + members);
        }
    }
    expect_doubt(
        check("+2025550162", R"(,"identity":{"phone":"+12025550162"})"), "another country"
    );
}

TEST(LoyaltyDogApproval, AFewDigitsAreNobodysNumber) {
    for (std::string const target : {"2", "162", "550162", "5550162"}) {
        expect_doubt(check(target, R"(,"identity":{"phone":"+12025550162"})"), target);
    }
    expect_doubt(check("2025550162", R"(,"identity":{"phone":"12025550162"})"), "no plus");
    expect_doubt(check("550162", R"(,"identity":{"phone":"+1550162"})"), "six digits");
    EXPECT_TRUE(check("5550162", R"(,"identity":{"phone":"+15550162"})").has_value());
}

TEST(LoyaltyDogApproval, WhoAFreeTargetIsOnlyLoyaltyDogKnows) {
    auto const somebody = R"(,"identity":{"phone":"+12025550162","email":"user@example.com"})";
    EXPECT_TRUE(check("table 7", somebody).has_value());
    expect_doubt(check("table 7", R"(,"verifiedTarget":"table 8")"), "another table");
}

TEST(LoyaltyDogApproval, IsNotOfAnybodyElse) {
    for (std::string const members :
         {R"(,"verifiedTarget":"+12025550199")",
          R"(,"verifiedTarget":"2025550162")",
          R"(,"verifiedTarget":"user@example.com")",
          R"(,"verifiedTarget":"")",
          R"(,"verifiedTarget":12025550162)",
          R"(,"target":"+12025550199")",
          R"(,"verified_target":"+12025550199")",
          R"(,"verifiedTarget":"+12025550162","VerifiedTarget":"+12025550199")",
          R"(,"data":{"verifiedTarget":"+12025550199"})",
          R"(,"phone":"+12025550199")",
          R"(,"identity":{"phone":"+12025550199"})",
          R"(,"identity":{"phoneNumber":"+12025550199"})",
          R"(,"identity":{"phones":["+12025550199"]})",
          R"(,"identity":{"identity":{"phone":"+12025550199"}})",
          R"(,"identity":[{"phone":"+12025550199"}])",
          R"(,"identity":[])",
          R"(,"identity":"+12025550199")",
          R"(,"identity":5)",
          R"(,"identity":{"phone":""})",
          R"(,"identity":{"phone":"+12025550162","verified":false})",
          R"(,"identity":{"phone":"+12025550162","verified":null})"}) {
        expect_doubt(check("+12025550162", members), members);
    }
    for (std::string const members :
         {R"(,"verifiedTarget":"users@example.com")",
          R"(,"verifiedTarget":"+12025550162")",
          R"(,"identity":{"email":"another@example.com"})"}) {
        expect_doubt(check("user@example.com", members), members);
    }
}

TEST(LoyaltyDogApproval, HasNothingThatSpeaksAgainstIt) {
    for (std::string const members :
         {R"(,"detail":"Invalid code")",
          R"(,"errors":["Invalid code"])",
          R"(,"Error":"Invalid code")",
          R"(,"Success":false)",
          R"(,"identity":{"error":"x"})",
          R"(,"data":{"code":"invalid"})",
          R"(,"verified":0)"}) {
        expect_doubt(check("+12025550162", members), members);
        expect_doubt(sent(members), members);
    }
    for (std::string const message : {"Rate limit exceeded", "Maximum attempts reached"}) {
        auto const members = R"(,"message":")" + message + '"';
        expect_doubt(sent(members), members);
        expect_doubt(check("+12025550162", members), members);
    }
    EXPECT_TRUE(sent(R"(,"message":"OTP sent successfully")").has_value());
}

TEST(LoyaltyDogApproval, AnIdIsKeptExactlyOrTheAnswerRefused) {
    auto const decode = [](std::string const& id) {
        return check("+12025550162", R"(,"identity":{"id":)" + id + '}');
    };
    EXPECT_EQ(decode(R"("507f1f77bcf86cd799439011")").value().user_id, "507f1f77bcf86cd799439011");
    EXPECT_EQ(decode("null").value().user_id, "");
    std::string const long_id(255, 'u');
    EXPECT_EQ(decode('"' + long_id + '"').value().user_id, long_id);
    for (auto const& id :
         {'"' + long_id + "u\"",
          std::string("\"us\xC3\xA9r\""),
          std::string("\"u u\""),
          std::string("\"\""),
          std::string("7")}) {
        expect_doubt(decode(id), id);
    }
}

TEST(LoyaltyDogApproval, ASendIsAnsweredWith200Only) {
    for (int const status : {201, 202, 206, 299}) {
        expect_doubt(sent("", status), std::to_string(status));
        // A refusal is documented with 200, too.
        expect_doubt(
            make_adapter()->decode_send(
                send_to_phone(), answer(status, R"({"success":false})"), make_context()
            ),
            std::to_string(status)
        );
    }
    expect_doubt(sent(R"(,"target":"+12025550199")"), "target");
}

TEST(LoyaltyDogTargets, AreComparedInTheirNormalForm) {
    EXPECT_TRUE(loyaltydog::is_same_target("table 7", "table 7"));
    EXPECT_FALSE(loyaltydog::is_same_target("table 7", "table 8"));
    EXPECT_FALSE(loyaltydog::is_same_target("ab12", "12"));
    EXPECT_FALSE(loyaltydog::is_same_target("+", "-"));
    EXPECT_FALSE(loyaltydog::is_same_target("user@example.com", "user_example.com"));
}

TEST(LoyaltyDogHandle, IsTheReceiptsBeforeTheAnswer) {
    auto by_target = send_to_phone();
    by_target.vendor_fields["loyaltydog"]["target"] = "someone@example.com";
    for (auto const& send : {send_to_phone(), send_to_email(), by_target}) {
        auto const early = make_adapter()->handle_before_answer(send, make_context());
        ASSERT_TRUE(early);
        auto const receipt =
            make_adapter()
                ->decode_send(send, answer(200, R"({"success":true})"), make_context())
                .value();
        EXPECT_EQ(early->to_json(), receipt.handle.to_json());
    }
    EXPECT_FALSE(make_adapter()->handle_before_answer(SendOtp(Recipient()), make_context()));
}

}  // namespace
}  // namespace otp::contract
