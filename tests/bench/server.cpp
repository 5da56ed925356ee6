// otp_bench_server CERTIFICATE KEY: answers every request on a free port with what Stytch documents
// for a send, over TLS 1.3, until standard input ends. Prints its URL.

#include "support/scripted_server.hpp"

#include <iostream>
#include <string>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: otp_bench_server CERTIFICATE KEY\n";
        return 2;
    }
    std::string const answer = otp::test::ok_response(
        R"({"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",)"
        R"("user_id":"user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",)"
        R"("phone_id":"phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0","status_code":200})"
    );
    otp::test::ServerTls tls;
    tls.certificate = argv[1];
    tls.key = argv[2];
    otp::test::ScriptedServer const server(
        [&answer](otp::test::Peer& peer, std::size_t) {
            while (peer.read_request()) peer.write(answer);
        },
        tls
    );
    std::cout << server.base_url() << std::endl;
    std::cin.get();
    return 0;
}
