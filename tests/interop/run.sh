#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Paydesk contributors
#
# run.sh [--install] _build/src/ctl/paydeskctl practice --json: the practice endpoint against Amazon's own Node SDK. --install
# gets the SDK from the npm registry into a temporary folder; without it, it must be in $NODE_PATH. Exit status 77: there is no
# node, or no SDK.
set -u
here=$(cd "$(dirname "$0")" && pwd)
command -v node >/dev/null || { echo "skipped: there is no node"; exit 77; }
if [ "${1:-}" = --install ]; then
  shift
  folder=$(mktemp -d) || exit 1
  trap 'rm -rf --one-file-system "$folder"' EXIT
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @amazonpay/amazon-pay-api-sdk-nodejs >&2 || exit 77
  export NODE_PATH=$folder/node_modules
fi
node "$here/amazon-pay-node-sdk.js" "$@"
