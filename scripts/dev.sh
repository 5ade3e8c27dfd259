#!/usr/bin/env bash
# Serves, and builds anew when a source has changed. What does not compile leaves the last one running.
source "$(dirname "$0")/lib.sh"

readonly sources=(app crates frontend public scripts server style Cargo.toml Cargo.lock)
readonly seen=target/dev.seen
server=

stop() {
  [[ -z $server ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  server=
}
trap stop EXIT
trap 'exit 0' INT TERM

changed() { [[ -n $(find "${sources[@]}" -type f -newer "$seen" -print -quit) ]]; }

scripts/setup.sh build
mkdir -p target
while true; do
  touch "$seen"
  if scripts/build-site.sh && cargo build --quiet --package server; then
    stop
    "$CARGO_TARGET_DIR/debug/passerelle" serve &
    server=$!
  fi
  until changed; do sleep 0.5; done
  say "something has changed"
done
