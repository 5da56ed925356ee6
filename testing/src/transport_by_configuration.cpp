#include <otp/error.hpp>
#include <otp/seam/transport.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/transport_by_configuration.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace otp::testing {
namespace {

using Made = Result<std::shared_ptr<Transport>>;

/// What a transport is made with where nothing is recorded or replayed. It knows nothing of either
/// key.
Made make_plain_transport(VendorRegistry const& vendors, TransportSettings const& settings) {
    auto const& instance = settings.instance;
    if (auto const* const own = vendors.transport_of(instance.vendor)) return (*own)(settings);
    if (!instance.record && !instance.replay) return make_http_transport(settings);
    InstanceConfig plain;
    plain.name = instance.name;
    plain.vendor = instance.vendor;
    plain.tls = instance.tls;
    plain.limits = instance.limits;
    if (auto const& proxy = instance.proxy) {
        plain.proxy.emplace(ProxyConfig{
            proxy->host, proxy->port, proxy->username, proxy->password.clone()});
    }
    return make_http_transport(
        {settings.executor, settings.base_url, plain, settings.clock, settings.resolver}
    );
}

Made record(
    std::shared_ptr<Transport> inner,
    InstanceConfig const& instance,
    VendorRegistry const& vendors,
    RecordingOptions options
) {
    if (auto const* const vendor = vendors.find(instance.vendor)) {
        options.sensitive = vendor->sensitive;
        return std::shared_ptr<Transport>(
            std::make_shared<RecordingTransport>(std::move(inner), instance, std::move(options))
        );
    }
    return Error(
        ErrorCategory::config_invalid,
        "the vendor \"" + instance.vendor +
            "\" cannot be recorded: the registry that the recording transport was given does not "
            "know it, nor where its secrets stand"
    );
}

/// The recordings of each folder, read once, so that the transport to a token endpoint and that to
/// its vendor answer from the same.
class Replays {
public:
    [[nodiscard]] Result<std::shared_ptr<Replay>> of(std::filesystem::path const& folder) {
        std::lock_guard const lock(mutex_);
        auto const found = replays_.find(folder);
        if (found != replays_.end()) return found->second;
        try {
            auto replay = std::make_shared<Replay>(load_recordings(folder), Serve::repeat);
            return replays_.emplace(folder, std::move(replay)).first->second;
        } catch (ErrorException const& exception) {
            return exception.error();
        }
    }

private:
    std::mutex mutex_;
    std::map<std::filesystem::path, std::shared_ptr<Replay>> replays_;
};

}  // namespace

TransportFactory recording_transport_factory(
    std::filesystem::path folder, TransportFactory inner, VendorRegistry vendors
) {
    return [folder = std::move(folder),
            inner = std::move(inner),
            vendors = std::move(vendors)](TransportSettings const& settings) -> Made {
        auto made = inner ? inner(settings) : make_plain_transport(vendors, settings);
        if (!made) return made;
        RecordingOptions options;
        options.folder = folder;
        return record(std::move(*made), settings.instance, vendors, std::move(options));
    };
}

TransportFactory transport_by_configuration(
    VendorRegistry vendors, std::function<void(RecordingNote const& note)> report
) {
    return [vendors = std::move(vendors),
            report = std::move(report),
            replays = std::make_shared<Replays>()](TransportSettings const& settings) -> Made {
        auto const& instance = settings.instance;
        if (instance.replay) {
            auto replay = replays->of(*instance.replay);
            if (!replay) return replay.error();
            return std::shared_ptr<Transport>(
                std::make_shared<ReplayTransport>(settings.executor, std::move(*replay))
            );
        }
        auto made = make_plain_transport(vendors, settings);
        if (!made || !instance.record) return made;
        RecordingOptions options;
        options.folder = *instance.record;
        options.report = report;
        return record(std::move(*made), instance, vendors, std::move(options));
    };
}

}  // namespace otp::testing
