#!/usr/bin/env bash
# What the program is made of: licences, sources and doubles of its dependencies, known holes in them, and
# dependencies that nobody uses.
source "$(dirname "$0")/lib.sh"

cargo_tool deny 0.20.2
cargo_tool machete 0.9.2

# Each tells what it found, whatever the others did.
status=0
cargo deny --all-features check licenses bans sources || status=1
cargo machete || status=1
# The list of known holes is fetched anew each time.
if git ls-remote --quiet https://github.com/rustsec/advisory-db HEAD >/dev/null 2>&1; then
  cargo deny --all-features check advisories || status=1
else
  fail "the list of known holes (github.com/rustsec/advisory-db) cannot be reached: nothing is known of them"
fi
exit "$status"
