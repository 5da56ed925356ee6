#pragma once

/// Everything that an application needs. For an adapter of its own there is
/// `otp/adapter/adapter.hpp`, `otp/observe` has observers for metrics and logs, and `otp/seam` what
/// a test replaces.

#include <otp/client.hpp>
#include <otp/config.hpp>
#include <otp/config_watcher.hpp>
#include <otp/http_url.hpp>
#include <otp/observer.hpp>
#include <otp/proxy_choice.hpp>
#include <otp/secret_text.hpp>
#include <otp/trust_report.hpp>
#include <otp/vendor_registry.hpp>
#include <otp/version.hpp>
