#include "integration/wire/tls_visit.hpp"

#include "integration/wire/loopback_resolver.hpp"
#include "support/transport_harness.hpp"

#include <memory>
#include <utility>

namespace otp::test {

CertificateLab const& lab() {
    static CertificateLab const made;
    return made;
}

Outcome go(Visit const& visit) {
    ScriptedServer const server(
        [](Peer& peer, std::size_t) {
            while (peer.read_request()) peer.write(ok_response("{}"));
        },
        visit.server
    );
    TransportHarness harness(
        "https://" + visit.host + ":" + std::to_string(server.port()),
        [&](InstanceConfig& instance) { instance.tls = visit.client; },
        std::make_shared<LoopbackResolver>()
    );
    auto exchange = harness.exchange(send_request());
    return {std::move(exchange), server.application_bytes()};
}

Visit visit_chain(std::string const& chain, std::string const& host) {
    lab().bundle("chain.pem", chain);
    Visit visit;
    visit.server.certificate = lab().file("chain.pem");
    visit.server.key = lab().file(chain.substr(0, chain.find(' ')) + ".key");
    visit.server.security_level = 0;
    visit.client.ca_file = lab().file("ca.pem");
    visit.host = host;
    return visit;
}

Visit visit_leaf(CertificateLab::Recipe const& recipe, std::string const& host) {
    lab().make("leaf", recipe);
    return visit_chain("leaf", host);
}

Visit good_visit(std::string const& key) {
    CertificateLab::Recipe recipe;
    recipe.key = key;
    return visit_leaf(recipe);
}

}  // namespace otp::test
