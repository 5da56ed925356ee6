#include "simulation/vendor_exchange.hpp"

#include "all_vendors.hpp"

#include <string>
#include <utility>

namespace otp::simulation {

std::unique_ptr<mocks::Vendor> make_mock_vendor(std::string_view name) {
    static mocks::MockOptions const options;
    for (auto& vendor : mocks::all_vendors(options)) {
        if (vendor->name() == name) return std::move(vendor);
    }
    return nullptr;
}

mocks::MockRequest as_mock_request(HttpRequest const& request) {
    mocks::MockRequest mock;
    mock.method = to_string(request.method);
    auto const target = request.target();
    auto const question = target.find('?');
    mock.path = target.substr(0, question);
    if (question != std::string_view::npos) mock.query = target.substr(question + 1);
    mock.headers.reserve(request.headers.size() + 1);
    for (auto const& header : request.headers) mock.headers.emplace_back(header.name, header.value);
    if (!request.content_type.empty()) {
        mock.headers.emplace_back("Content-Type", request.content_type);
    }
    mock.body = request.body;
    return mock;
}

HttpResponse as_response(mocks::MockResponse const& mock) {
    HttpHeaders headers;
    if (!mock.content_type.empty()) headers.append("Content-Type", mock.content_type);
    for (auto const& [name, value] : mock.headers) headers.append(name, value);
    // RFC 9110 8.6: no such answer has a length.
    if (mock.status != 204) headers.append("Content-Length", std::to_string(mock.body.size()));
    return {mock.status, std::move(headers), mock.body};
}

}  // namespace otp::simulation
