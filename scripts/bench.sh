#!/usr/bin/env bash
# Measures speed and size; prints a table.
source "$(dirname "$0")/lib.sh"

scripts/build.sh
# The services that are measured against are programs of their own.
cargo build --release --locked --quiet --package sandbox
cargo run --release --locked --quiet --package benches
