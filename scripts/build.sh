#!/usr/bin/env bash
# Builds the self-contained program: pages, WebAssembly, styles and migrations are inside.
source "$(dirname "$0")/lib.sh"

scripts/setup.sh build
scripts/build-site.sh
say "building the program"
cargo build --release --locked --quiet --package server

# Where people look for it, wherever Cargo keeps its files.
readonly built=$CARGO_TARGET_DIR/release/passerelle
readonly expected=target/release/passerelle
mkdir -p target/release
if [[ ! $built -ef $expected ]]; then
  ln -f "$built" "$expected" 2>/dev/null || cp --remove-destination "$built" "$expected"
fi
say "ready: $expected"
