#!/usr/bin/env bash
# Every check. Goes on after a failure, shows the end of what failed and keeps the rest in target/checks.
# The last line counts tests and checks; the exit code is not 0 when one of them failed.
source "$(dirname "$0")/lib.sh"

readonly logs=target/checks
passed=0
failed=0
# What failed, by name: told once more at the end, where it is looked for.
culprits=()

# step NAME COUNT COMMAND…: runs a command; COUNT reads its log and prints "passed failed".
step() {
  local name=$1 count=$2 log status=0 ok bad began=$SECONDS
  shift 2
  log=$logs/${name//[^a-z0-9]/-}.log
  printf '· %-34s' "$name"
  timeout --kill-after=10 1800 "$@" >"$log" 2>&1 </dev/null || status=$?
  read -r ok bad < <("$count" "$log" "$status")
  # A command that fails without a failed test is a failure of its own: it did not compile, or it hung.
  ((status == 0 || bad > 0)) || bad=1
  passed=$((passed + ok)) failed=$((failed + bad))
  printf '%5d passed %3d failed %5d s\n' "$ok" "$bad" "$((SECONDS - began))"
  ((bad == 0)) && return
  tail -n 60 "$log" | sed 's/^/    /' && printf '    … all of it: %s\n' "$log"
  mapfile -t -O "${#culprits[@]}" culprits < <(names "$name" "$log")
}

# names NAME LOG: the tests a log says failed, with what they said; the step's own name when it says none.
names() {
  local found
  found=$(grep -hE -A 4 "^---- .* stdout ----$|^not ok - |^  +[0-9]+\) \[" "$2" | head -n 60) || true
  printf '%s: %s\n' "$1" "${found:-no test by name}"
}

# The command is the check.
as_one() { if (($2 == 0)); then echo 1 0; else echo 0 1; fi; }

# `cargo test`: the sum over its binaries.
as_cargo() {
  awk '/^test result: / { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) ok += $(i - 1); if ($i ~ /^failed/) bad += $(i - 1) } }
    END { print ok + 0, bad + 0 }' "$1"
}

# The official clients and the API's tester: one line per check.
as_lines() { echo "$(grep -c '^ok - ' "$1") $(grep -c '^not ok - ' "$1")"; }

# Playwright: its summary; a test that passed only at its second try counts as failed.
as_playwright() {
  awk '/^ +[0-9]+ passed/ { ok = $1 } /^ +[0-9]+ (failed|flaky|interrupted|did not run)/ { bad += $1 }
    END { print ok + 0, bad + 0 }' "$1"
}

scripts/setup.sh test
mkdir -p "$logs"

step "scripts (shellcheck)" as_one shellcheck -x -P SCRIPTDIR scripts/*.sh packaging/*.sh .ci/run
step "format (rustfmt)" as_one cargo fmt --all --check
step "lints of the server (clippy)" as_one \
  cargo clippy --quiet --workspace --exclude frontend --all-targets -- -D warnings
step "lints of the page (clippy)" as_one \
  cargo clippy --quiet --package frontend --target wasm32-unknown-unknown -- -D warnings
step "tests" as_cargo cargo test --workspace --exclude frontend --no-fail-fast
# What the engine withstands, as its test prints it.
sed -n '/^┌ fault/,/^└/p' "$logs/tests.log"
step "simulator by official clients" as_lines crates/sandbox/official/run.sh
step "page (WebAssembly)" as_one scripts/build-site.sh
step "program" as_one cargo build --quiet --package server --package sandbox
PASSERELLE_BIN=$CARGO_TARGET_DIR/debug/passerelle CHROMIUM=$(browser_path)
export PASSERELLE_BIN CHROMIUM
step "API against its description" as_lines scripts/check-openapi.sh
step "browser" as_playwright npm --prefix end2end test -- --reporter=list

((${#culprits[@]} == 0)) || printf '%s\n' "${culprits[@]}"
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
