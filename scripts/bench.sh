#!/usr/bin/env bash
# Measures speed and size; prints a table.
source "$(dirname "$0")/lib.sh"

scripts/build.sh
cargo run --release --locked --quiet --package benches
