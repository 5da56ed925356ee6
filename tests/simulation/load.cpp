#include "simulation/load.hpp"

#include "simulation/scenario.hpp"

#include <otp/client.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace otp::simulation {

namespace {

using std::chrono::milliseconds;

/// Three that know whoever has a phone number, and want no token.
constexpr std::array<std::string_view, 3> vendors{"stytch", "eko", "stytch"};

class Load {
public:
    explicit Load(LoadPlan const& plan) : plan_(plan), timeline_(dice_.fork()) {
        for (std::size_t place = 0; place < plan_.vendors.size(); ++place) {
            PlannedInstance instance;
            instance.vendor = vendors[place];
            instance.name = instance.vendor + "-" + std::to_string(place + 1);
            scenario_.instances.push_back(std::move(instance));
            scenario_.route.use.push_back(scenario_.instances.back().name);
            vendors_.push_back(std::make_unique<SteadyVendor>(
                timeline_, vendors[place], plan_.vendors[place], dice_.fork()
            ));
        }
        scenario_.route.name = route_name;
    }

    [[nodiscard]] LoadReport run() {
        make_client();
        begin_next();
        // Of a send there are a few: its beginning, its attempts, its check.
        report_.ended = timeline_.run(plan_.sends * 100);
        for (auto const& vendor : vendors_) {
            report_.requests.push_back(vendor->requests());
            report_.codes.push_back(vendor->codes());
        }
        report_.slow = slowest_but_one_in_a_thousand();
        return std::move(report_);
    }

private:
    void make_client() {
        ClientOptions options;
        options.threading = Threading::single;
        options.clock = timeline_.clock();
        options.random = std::make_shared<ThrownBytes>(dice_.fork());
        options.environment = {};
        options.environment_names = {};
        options.transport = [this](TransportSettings const& settings) {
            return Result<std::shared_ptr<Transport>>(
                vendor_of(settings.instance.name).transport(settings)
            );
        };
        client_.emplace(timeline_.context().get_executor(), scenario_.config(), std::move(options));
    }

    [[nodiscard]] SteadyVendor& vendor_of(std::string_view instance) {
        std::size_t place = 0;
        while (scenario_.instances[place].name != instance) ++place;
        return *vendors_[place];
    }

    void begin_next() {
        if (begun_ == plan_.sends) return;
        ++begun_;
        timeline_.after(plan_.distance, [this] { begin_next(); });
        send(begun_);
    }

    void send(std::uint64_t number) {
        auto digits = std::to_string(number);
        digits.insert(0, 8 - digits.size(), '0');
        auto const phone = "+9198" + digits;
        auto const begun = timeline_.now();
        client_->async_send(
            SendTarget(std::string(route_name)),
            SendOtp(PhoneNumber::parse(phone).value()),
            [this, phone, begun](Result<SendReceipt> sent) {
                times_.push_back(std::chrono::duration_cast<milliseconds>(timeline_.now() - begun));
                sent ? on_accepted(*sent, phone) : on_failed(sent.error());
            }
        );
    }

    void on_accepted(SendReceipt const& receipt, std::string const& phone) {
        ++report_.accepted;
        count_repetitions(receipt.attempts);
        if (!plan_.checks) return;
        auto const& vendor = vendor_of(receipt.handle.instance());
        auto code = vendor.code_of(phone);
        // Eko knows Indian numbers without their country.
        if (code.empty()) code = vendor.code_of(phone.substr(3));
        auto typed = OtpCode::parse(code);
        if (!typed) return;
        client_->async_verify(
            VerifyOtp(receipt.handle, std::move(*typed)),
            [this, instance = receipt.handle.instance()](Result<Verification> const& checked) {
                if (!checked || !checked->approved()) return;
                auto const& asked = checked->attempts;
                bool const at_sender =
                    std::all_of(asked.begin(), asked.end(), [&](auto const& one) {
                        return one.instance == instance;
                    });
                if (at_sender) ++report_.approved;
            }
        );
    }

    void on_failed(Error const& error) {
        if (error.delivery == Delivery::unknown) ++report_.unknown;
        count_repetitions(error.attempts);
    }

    void count_repetitions(std::vector<Attempt> const& attempts) {
        bool open = false;
        for (auto const& attempt : attempts) {
            if (open && attempt.decision != Decision::skip) ++report_.repeated_after_unknown;
            open |= attempt.failure.has_value() && attempt.delivery == Delivery::unknown;
        }
    }

    [[nodiscard]] milliseconds slowest_but_one_in_a_thousand() {
        if (times_.empty()) return milliseconds(0);
        auto const place = times_.size() - 1 - times_.size() / 1000;
        auto const slow = times_.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(times_.begin(), slow, times_.end());
        return *slow;
    }

    LoadPlan plan_;
    Dice dice_{1};
    Scenario scenario_;
    std::vector<std::unique_ptr<SteadyVendor>> vendors_;
    LoadReport report_;
    std::vector<milliseconds> times_;
    std::uint64_t begun_{0};
    // What is left in it refers to the rest.
    Timeline timeline_;
    std::optional<OtpClient> client_;
};

}  // namespace

LoadReport run_load(LoadPlan const& plan) {
    return Load(plan).run();
}

}  // namespace otp::simulation
