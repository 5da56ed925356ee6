#!/usr/bin/env bash
# A login with curl: `bash login_test.sh`, with `otp` on the PATH.
# `otp send` and `otp verify` stand for the application.
set -euo pipefail

folder=$(mktemp -d)
cd "$folder"
read -r _ _ origin < <(otp mock --config-out otp.json)
trap 'kill $!; rm -r "$folder"' EXIT

otp send --config otp.json --route login --phone +12025550162 --handle-out handle.json
message=$(curl -fsS "$origin/api/messages/latest?to=%2B12025550162&wait=10s")
[[ $message =~ \"code\":\"([0-9]+)\" ]]
otp verify --config otp.json --handle handle.json --code - <<<"${BASH_REMATCH[1]}"
