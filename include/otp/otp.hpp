#pragma once

/// Everything that an application needs.

#include <otp/access_token.hpp>
#include <otp/client.hpp>
#include <otp/config.hpp>
#include <otp/hints.hpp>
#include <otp/http_url.hpp>
#include <otp/json_body.hpp>
#include <otp/observer.hpp>
#include <otp/provider_adapter.hpp>
#include <otp/proxy_choice.hpp>
#include <otp/secret_text.hpp>
#include <otp/transport.hpp>
#include <otp/trust_report.hpp>
#include <otp/vendor_registry.hpp>
#include <otp/version.hpp>
