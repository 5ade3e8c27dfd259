#!/usr/bin/env bash
# The bill of materials of the release: every dependency of the program, with its version, licence and hash.
source "$(dirname "$0")/lib.sh"

cargo_tool cyclonedx 0.5.9

cargo cyclonedx --quiet --manifest-path server/Cargo.toml --format json --spec-version 1.5 \
  --override-filename passerelle.cdx
mkdir -p target/release
mv server/passerelle.cdx.json target/release/
# It writes one beside every crate of the workspace that it passes.
find app crates frontend benches -maxdepth 2 -name 'passerelle.cdx.json' -delete
say "ready: target/release/passerelle.cdx.json"
