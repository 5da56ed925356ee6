#include "simulation/documented_answers.hpp"

#include "10npay/ten_n_pay_reserved.hpp"
#include "eko/eko_reserved.hpp"
#include "loyaltydog/loyaltydog_reserved.hpp"
#include "script/trouble.hpp"
#include "spherepay/spherepay_reserved.hpp"
#include "stytch/stytch_reserved.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace otp::simulation {

namespace {

using Answers = std::vector<mocks::MockResponse>;

mocks::ReservedAnswers const& reserved_of(std::string_view vendor) {
    if (vendor == "spherepay") return mocks::spherepay_reserved();
    if (vendor == "loyaltydog") return mocks::loyaltydog_reserved();
    if (vendor == "10npay") return mocks::ten_n_pay_reserved();
    if (vendor == "eko") return mocks::eko_reserved();
    return mocks::stytch_reserved();
}

bool is_simple(mocks::MockResponse const& response) noexcept {
    return response.transfer == mocks::MockTransfer::complete && response.padding == 0;
}

Answers answers_of(std::string_view vendor, OperationKind step) {
    auto const reserved_step =
        step == OperationKind::send ? mocks::MockStep::send : mocks::MockStep::verify;
    Answers answers;
    for (auto const& each : reserved_of(vendor).all()) {
        bool const fits = each.listed.step == reserved_step && !each.obeyed;
        if (fits && is_simple(each.response)) answers.push_back(each.response);
    }
    return answers;
}

using Tables = std::map<std::pair<std::string, OperationKind>, Answers, std::less<>>;

Tables make_tables() {
    Tables tables;
    for (std::string const vendor : {"spherepay", "loyaltydog", "10npay", "eko", "stytch"}) {
        for (auto const step : {OperationKind::send, OperationKind::verify}) {
            tables[{vendor, step}] = answers_of(vendor, step);
        }
    }
    return tables;
}

Answers make_garbage() {
    Answers answers;
    for (auto const& trouble : mocks::troubles()) {
        if (trouble.response.status == 200 && !trouble.obeyed && is_simple(trouble.response)) {
            answers.push_back(trouble.response);
        }
    }
    return answers;
}

}  // namespace

Answers const& documented_answers(std::string_view vendor, OperationKind step) {
    static Tables const tables = make_tables();
    return tables.at({std::string(vendor), step});
}

Answers const& garbage() {
    static Answers const answers = make_garbage();
    return answers;
}

}  // namespace otp::simulation
