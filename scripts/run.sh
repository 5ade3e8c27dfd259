#!/usr/bin/env bash
# Builds what has changed and serves it, with its data in data/.
source "$(dirname "$0")/lib.sh"

scripts/build.sh
say "starting; Ctrl+C stops"
exec target/release/passerelle serve
