// libcurl's multi interface, driven by curl_multi_perform and curl_multi_poll, which the campaign
// in docs/performance.md found to be the cheaper of its two ways.

#include "measurement.hpp"

#include <otp/adapter/http_message.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <curl/curl.h>
#include <memory>
#include <string>
#include <vector>

namespace otp::bench {
namespace {

namespace json = boost::json;

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(bytes, size * count);
    return size * count;
}

class Transfer {
public:
    Transfer(Workload const& workload, curl_slist* headers) : easy_(curl_easy_init()) {
        curl_easy_setopt(easy_, CURLOPT_URL, (workload.url + target).c_str());
        curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, append);
        curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &answer_);
        curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, 10000L);
        curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
        if (workload.cold) curl_easy_setopt(easy_, CURLOPT_FORBID_REUSE, 1L);
        if (!workload.ca_file.empty()) {
            curl_easy_setopt(easy_, CURLOPT_CAINFO, workload.ca_file.c_str());
        }
    }
    ~Transfer() { curl_easy_cleanup(easy_); }
    Transfer(Transfer const&) = delete;
    Transfer& operator=(Transfer const&) = delete;

    void start(CURLM* multi) {
        begun = Measurement::Clock::now();
        answer_.clear();
        body_ = json::serialize(json::object{
            {"phone_number", phone_number}, {"expiration_minutes", 5}});
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body_.size()));
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, body_.c_str());
        curl_multi_add_handle(multi, easy_);
    }

    [[nodiscard]] bool accepted() const {
        long status = 0;
        curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
        if (status != 200) return false;
        auto const body = json::parse(answer_);
        return body.at("phone_id").is_string() && body.at("request_id").is_string();
    }

    Measurement::Clock::time_point begun;

private:
    CURL* easy_;
    std::string body_;
    std::string answer_;
};

}  // namespace

void run_curl(Measurement& measurement) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM* const multi = curl_multi_init();
    auto const& workload = measurement.workload();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(workload.connections));
    std::string const authorization = "Authorization: " + basic_authorization(project_id, secret);
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    headers = curl_slist_append(headers, authorization.c_str());

    std::vector<std::unique_ptr<Transfer>> transfers;
    for (auto count = measurement.begin(); count > 0; --count) {
        transfers.push_back(std::make_unique<Transfer>(workload, headers));
        transfers.back()->start(multi);
    }
    while (!measurement.finished()) {
        int running = 0;
        curl_multi_perform(multi, &running);
        int queued = 0;
        while (CURLMsg const* const message = curl_multi_info_read(multi, &queued)) {
            if (message->msg != CURLMSG_DONE) continue;
            Transfer* transfer = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
            bool const succeeded = message->data.result == CURLE_OK && transfer->accepted();
            curl_multi_remove_handle(multi, message->easy_handle);
            if (measurement.completed(transfer->begun, succeeded)) transfer->start(multi);
        }
        if (!measurement.finished()) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
    }
    transfers.clear();
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    curl_global_cleanup();
}

}  // namespace otp::bench
