#pragma once

/// Everything that an application needs.

#include <otp/adapter/access_token.hpp>
#include <otp/adapter/json_body.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/client.hpp>
#include <otp/config.hpp>
#include <otp/hints.hpp>
#include <otp/http_url.hpp>
#include <otp/observer.hpp>
#include <otp/proxy_choice.hpp>
#include <otp/seam/transport.hpp>
#include <otp/secret_text.hpp>
#include <otp/trust_report.hpp>
#include <otp/vendor_registry.hpp>
#include <otp/version.hpp>
