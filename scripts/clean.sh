#!/usr/bin/env bash
# Removes everything that was built; data/ stays.
source "$(dirname "$0")/lib.sh"

cargo clean --quiet
rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report
say "clean"
