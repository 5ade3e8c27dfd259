# shellcheck shell=bash
# What every script here shares: where it stands, where compiled files and tools go, how it speaks.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Outside the checkout, so that several checkouts share what they compiled.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/passerelle/target}

# Tools of a fixed version live here instead of in the user's own folders.
readonly tools=$HOME/.cache/passerelle/tools
export PATH="$tools/bin:$PATH"

# No browser from Playwright's own store: the tests take Debian's.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

say() { printf '· %s\n' "$*"; }

fail() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# Builds a tool that `cargo NAME` runs, once for each version.
cargo_tool() {
  local name=$1 version=$2
  [[ $(cargo "$name" --version 2>/dev/null) == *"$version"* ]] || build_tool "cargo-$name" "$version"
}

# Builds a tool of a fixed version.
build_tool() {
  local crate=$1 version=$2
  say "building $crate $version (once, some minutes)"
  env -u CARGO_TARGET_DIR cargo install "$crate" --version "$version" --locked --quiet --root "$tools"
}

# The path of a browser; nothing when there is none.
browser_path() {
  local name
  for name in chromium chromium-browser google-chrome; do
    type -P "$name" && return
  done
  return 0
}
