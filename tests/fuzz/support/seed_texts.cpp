#include "fuzz/support/seed_texts.hpp"

namespace otp::fuzz {
namespace {

using Texts = std::vector<std::string>;

Texts http_reader() {
    return {
        "17 1\nHTTP/1.1 204 No Content\r\n\r\n",
        "3\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\nTrailer: 1\r\n\r\n",
        "40 2\nHTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\n\r\nto the end",
        "9\nHTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
        "\nHTTP/1.1 429 \r\nRetry-After: 30\r\nContent-Encoding: gzip\r\nContent-Length: "
        "3\r\n\r\nabc",
        "5 5 5\nHTTP/1.1 200\r\nContent-Length: 2\r\nContent-Encoding: none\r\n\r\n{}",
    };
}

Texts connect_answer() {
    return {
        "10 10\nHTTP/1.1 200 Connection established\r\n\r\n",
        "3\nHTTP/1.0 200 OK\r\nProxy-Agent: tinyproxy/1.11\r\n\r\n",
        "\nHTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno",
        "\nHTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
        "\nHTTP/1.1 200\r\n\r\n",
    };
}

Texts configuration() {
    return {
        R"({"version":1,"allow_inline_secrets":true,"defaults":{"deadline":"8s","attempt_timeout":"4s"},)"
        R"("instances":{"main":{"vendor":"stytch","credentials":{"project_id":"project-test-fake",)"
        R"("secret":"Canary0Secret1Canary"},"options":{"locale":"en"}}},)"
        R"("routes":{"login":{"use":["main"],"on_unknown":"stop"}}})",
        R"({"version":1,"allow_inline_secrets":true,"instances":{"eko":{"vendor":"eko",)"
        R"("environment":"sandbox","credentials":{"developer_key":"Canary0Secret1Canary",)"
        R"("access_key":"Canary0Secret1Canary"},"options":{"initiator_id":"9962981729",)"
        R"("csp_id":"9002336768"},"proxy":{"host":"localhost","port":3128,"username":"u",)"
        R"("password":"Canary0Secret1Canary"}}},"routes":{"login":{"use":["eko"]}}})",
        R"({"version":1,"allow_inline_secrets":true,"instances":{"ten":{"vendor":"10npay",)"
        R"("environment":"test","credentials":{"client_id":"a","client_secret":)"
        R"("Canary0Secret1Canary"},"options":{"token_url":"https://auth-test.10npay.com/connect/token"}},)"
        R"("sphere":{"vendor":"spherepay","base_url":"http://127.0.0.1:1/a","credentials":)"
        R"({"api_key":"Canary0Secret1Canary"}},"dog":{"vendor":"loyaltydog","credentials":)"
        R"({"username":"u","password":"Canary0Secret1Canary"},"max_connections":1}},)"
        R"("routes":{"login":{"use":["ten","sphere","dog"]}}})",
        R"({"version":1,"allow_inline_secrets":true,"defaults":{"retry":{"base_delay":"1s",)"
        R"("factor":1.5},"breaker":{"failure_ratio":0.25,"open":"5s"},"commit_timeout":"1s"},)"
        R"("instances":{"main":{"vendor":"spherepay","credentials":{"api_key":)"
        R"("Canary0Secret1Canary"},"retry":{"max_delay":"2s"}}},"routes":{"login":{"use":)"
        R"([{"instance":"main","weight":3}],"strategy":"weighted","rules":[{"when":)"
        R"({"phone_prefix":["+91"],"channel":["sms"]},"use":["main"]}],"max_attempts":2}}})",
        "// nothing\n{\"version\": 1, /* here */ \"instances\": {}}",
        R"({"version":1,"instances":{"a":{"vendor":"stych","credentials":{"project_id":"${env:A}"}}}})",
    };
}

Texts handles() {
    return {
        R"({"version":1,"instance":"main","vendor":"stytch","channel":"sms",)"
        R"("references":{"method_id":"phone-number-test-1"}})",
        R"({"version":1,"instance":"main","vendor":"eko","channel":"sms",)"
        R"("references":{"mobile":"9002336768","client_ref_id":"REQ-20260101-001"}})",
        R"({"version":2,"instance":"","vendor":"","channel":"email","references":{}})",
    };
}

Texts urls() {
    return {
        "https://api.stytch.com\nhttp://proxy.example:3128\nlocalhost,.example.org",
        "https://api.eko.in/ekoicici/v3/\nhttp://corp:Canary0Password@127.0.0.1:3128\n*",
        "http://[::1]:8080/a/b\nhttp://[::1]:9\n192.0.2.0/24",
        "https://a%0d%0aX:1/\nhttp://corp:Canary0Password@h%0d%0a:1\n[2001:db8::7]",
        "https://127.0.0.1.example.com\nproxy.example:80\nhost:1",
        "HTTPS://LOCALHOST:1\nhttps://proxy.example\n*.corp.example.com",
        "http://localhost/?q#f\nhttp://corp:Canary0Pass@word@h:1\nfoo .example.com",
        "http://[::ffff:127.0.0.1]:9\nhttp://corp:Canary0Pass#word@h:1\nfoo\t.example.com",
        "https://0x7f.1/\nhttp://127.1:3128\n2001:db8::/32,192.0.2.7:443",
        "https://2130706433/\nhttp://0177.0.0.1\n[2001:db8::7]:443",
        "http://foo.localhost\nhttp://localhost.:1\nexample.com:",
    };
}

Texts scrubbing() {
    Texts texts;
    for (std::size_t canary = 0; canary < 4; ++canary) {
        for (std::size_t spelling = 0; spelling < 16; ++spelling) {
            texts.push_back(
                std::to_string(canary) + ' ' + std::to_string(spelling) +
                " 17\nThe number is not  valid, request-id-7, see https://example.com/?a=b"
            );
        }
    }
    return texts;
}

Texts typed_text() {
    return {
        "481592",
        "481 592",
        "481-592",
        " 481592\n",
        "+12025550162",
        "\u2068+12025550162\u2069",
        "\uff0b\uff11\uff12\uff10\uff12\uff15\uff15\uff15\uff10\uff11\uff16\uff12",
        "\u0661\u0662\u0663\u0664\u0665\u0666",
        "user@example.com",
        " user@example.com ",
        "first.last+tag@sub.example.co.uk",
        "1\u00a02\u200b3",
        "Your code: \"481.592\".",
    };
}

Texts retry_after() {
    return {
        "30",
        "0",
        "-1",
        "86400",
        "99999999999999999999",
        "1.5",
        "30s",
        " 30 ",
        "Fri, 22 May 2026 10:30:45 GMT",
        "Friday, 22-May-26 10:30:45 GMT",
        "Fri May 22 10:30:45 2026",
        "2026-05-22T10:30:45Z",
        "30, 60",
        "1779445830",
        "PT1M30S",
        "1m30s",
        "00:00:30",
    };
}

}  // namespace

std::map<std::string, std::vector<std::string>> seed_texts() {
    return {
        {"http_reader", http_reader()},
        {"connect_answer", connect_answer()},
        {"configuration", configuration()},
        {"handles", handles()},
        {"urls", urls()},
        {"scrubbing", scrubbing()},
        {"typed_text", typed_text()},
        {"retry_after", retry_after()},
    };
}

}  // namespace otp::fuzz
