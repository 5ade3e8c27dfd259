#!/usr/bin/env bash
# Builds what the browser loads into target/site: WebAssembly, scripts, styles and public files, with
# hashed names and a compressed copy beside each. The server embeds that folder.
#
# Does nothing when nothing has changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly site=target/site
readonly stamp=target/site.stamp
readonly tools=end2end/node_modules

say() { printf '%s\n' "site: $*"; }
fail() { printf '%s\n' "site: $*" >&2; exit 1; }

inputs() {
  find app/src app/browser frontend/src crates/model/src style public scripts/build-site.sh \
    .cargo/config.toml Cargo.toml Cargo.lock app/Cargo.toml frontend/Cargo.toml crates/model/Cargo.toml end2end/package-lock.json \
    -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

fingerprint=$(inputs)
if [[ -f $site/pkg/manifest.json && -f $stamp && $(<"$stamp") == "$fingerprint" ]]; then
  say "up to date"
  exit 0
fi

wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
found=$(wasm-bindgen --version 2>/dev/null | cut -d ' ' -f 2 || true)
[[ $found == "$wanted" ]] ||
  fail "wasm-bindgen $wanted is needed, found ${found:-none}: cargo install wasm-bindgen-cli --version $wanted --locked"

if [[ ! -x $tools/.bin/wasm-opt ]]; then
  say "installing the packing tools (npm)"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix end2end --no-audit --no-fund --loglevel=error
fi

say "compiling the page to WebAssembly"
# No path of this machine belongs into the file; added to the flags of .cargo/config.toml.
remap="build.rustflags=['--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo', '--remap-path-prefix=$PWD=.']"
cargo build --config "$remap" --package frontend --lib --profile wasm-release --target wasm32-unknown-unknown
built=${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/wasm-release/frontend.wasm

say "binding, shrinking and packing"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wasm-bindgen "$built" --target web --no-typescript --remove-producers-section --out-dir "$work" \
  --out-name passerelle
node scripts/snip-wasm.mjs "$work/passerelle_bg.wasm" "$work/snipped.wasm"
# Only features that every current browser has: newer ones are refused by some. The passes left out make
# the file smaller but hide from compression what repeats in it, and functions of one kind side by side
# compress better: measured by what brotli sends.
features=(bulk-memory nontrapping-float-to-int sign-ext mutable-globals reference-types multivalue)
left_out=(merge-similar-functions inlining-optimizing simplify-locals local-cse memory-packing)
"$tools/.bin/wasm-opt" -Oz "${features[@]/#/--enable-}" "${left_out[@]/#/--skip-pass=}" \
  --reorder-functions-by-name "$work/snipped.wasm" -o "$work/optimised.wasm"
node scripts/pack-site.mjs "$work" "$site"

printf '%s\n' "$fingerprint" >"$stamp"
