#!/usr/bin/env bash
# Sets up what is missing: `setup.sh build` for building and serving, `setup.sh test` for the checks too.
source "$(dirname "$0")/lib.sh"

readonly purpose=${1:?"build or test"}

system_packages() {
  local missing=()
  command -v cc >/dev/null || missing+=(gcc libc6-dev)
  if [[ $purpose == test ]]; then
    [[ -n $(browser_path) ]] || missing+=(chromium)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
    command -v shellcheck >/dev/null || missing+=(shellcheck)
  fi
  ((${#missing[@]})) || return 0
  local sudo=()
  ((EUID == 0)) || sudo=(sudo)
  if ! command -v apt-get >/dev/null || ! { ((EUID == 0)) || command -v sudo >/dev/null; }; then
    fail "missing, and cannot be installed from here: ${missing[*]}"
  fi
  say "installing from Debian: ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

rust() {
  command -v cargo >/dev/null || fail "Rust is missing: see https://rustup.rs, then start again"
  local components=()
  if [[ $purpose == test ]]; then
    cargo clippy --version >/dev/null 2>&1 || components+=(clippy)
    cargo fmt --version >/dev/null 2>&1 || components+=(rustfmt)
  fi
  if ((${#components[@]})); then
    say "adding to Rust: ${components[*]}"
    rustup -q component add "${components[@]}"
  fi
  if [[ ! -d $(rustc --print target-libdir --target wasm32-unknown-unknown) ]]; then
    say "adding the WebAssembly target to Rust"
    rustup -q target add wasm32-unknown-unknown
  fi
}

# The tool must have exactly the version of the library.
wasm_bindgen() {
  local wanted found
  wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
  found=$(wasm-bindgen --version 2>/dev/null | cut -d ' ' -f 2 || true)
  [[ $found != "$wanted" ]] || return 0
  build_tool wasm-bindgen-cli "$wanted"
}

node_packages() {
  local major
  major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  ((${major:-0} >= 20)) || fail "Node 20 or later is missing: see https://nodejs.org"
  local installed=end2end/node_modules/.passerelle
  if ! cmp -s end2end/package-lock.json "$installed"; then
    say "installing the packing tools (npm)"
    npm ci --prefix end2end --no-audit --no-fund --loglevel=error >/dev/null
    cp end2end/package-lock.json "$installed"
  fi
}

system_packages
rust
wasm_bindgen
node_packages
