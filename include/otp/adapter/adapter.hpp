#pragma once

/// Everything that an adapter needs.

#include <otp/adapter/access_token.hpp>
#include <otp/adapter/answer_problem.hpp>
#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/json_body.hpp>
#include <otp/adapter/language_tag.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/retry_after.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/adapter/success_table.hpp>
#include <otp/adapter/undocumented_refusal.hpp>
#include <otp/adapter/vendor_fields.hpp>
#include <otp/config.hpp>
#include <otp/hints.hpp>
#include <otp/iso8601.hpp>
#include <otp/nearest_name.hpp>
#include <otp/secret_text.hpp>
#include <otp/vendor_description.hpp>
#include <otp/vendor_registry.hpp>
