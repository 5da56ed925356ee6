#pragma once

// What every adapter must do, for whoever writes one: `check_conformance`.

// IWYU pragma: begin_exports
#include <otp/conformance/adapter_under_test.hpp>
#include <otp/conformance/check_conformance.hpp>
#include <otp/conformance/documented_answers.hpp>
#include <otp/conformance/failure.hpp>
#include <otp/conformance/recorded_answers.hpp>
// IWYU pragma: end_exports
