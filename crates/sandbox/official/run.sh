#!/bin/sh
# Checks the Airtable simulator with the clients that people use against the real service:
# pyairtable (Python) and airtable.js (Node). Their pinned versions go into a cache folder.
# The last line counts the checks; any failure fails the script.
set -eu

PYAIRTABLE=3.5.0.post1
AIRTABLE_JS=0.12.2

here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/passerelle/official
mkdir -p "$cache"
work=$(mktemp -d)
pids=
cleanup() {
    # shellcheck disable=SC2086 # a list of numbers
    [ -z "$pids" ] || kill $pids 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

python=$cache/pyairtable-$PYAIRTABLE
if [ ! -e "$python/ready" ]; then
    rm -rf "$python"
    python3 -m venv "$python"
    "$python/bin/pip" install --quiet --disable-pip-version-check "pyairtable==$PYAIRTABLE"
    touch "$python/ready"
fi
node=$cache/airtable-$AIRTABLE_JS
if [ ! -e "$node/ready" ]; then
    rm -rf "$node"
    mkdir -p "$node"
    npm install --silent --no-audit --no-fund --prefix "$node" "airtable@$AIRTABLE_JS"
    touch "$node/ready"
fi

cd "$here/../../.."
cargo build --quiet -p sandbox
binary=$(cargo metadata --format-version 1 --no-deps | "$python/bin/python" -c \
    'import json, sys; print(json.load(sys.stdin)["target_directory"])')/debug/sandbox

# Starts a simulator on a free port and waits for the line that says it listens.
start() {
    name=$1
    shift
    mkfifo "$work/$name.pipe"
    "$binary" "$@" >"$work/$name.pipe" &
    pids="$pids $!"
    : >"$work/$name"
    while IFS= read -r line; do
        echo "$line" >>"$work/$name"
        case $line in "listening on "*) return 0 ;; esac
    done <"$work/$name.pipe"
    echo "not ok - the simulator did not start" >&2
    return 1
}
value() { sed -n "s|^$2 ||p" "$work/$1"; }

start free --no-limits --records 1000
start limited
url=$(value free 'listening on')
token=$(value free token)

status=0
"$python/bin/python" "$here/check_airtable.py" "$url" "$token" "$(value free 'read-only token')" \
    "$(value limited 'listening on')" >"$work/python.out" || status=1
cat "$work/python.out"
NODE_MODULES_DIR=$node node "$here/check_airtable.mjs" "$url" "$token" >"$work/node.out" || status=1
cat "$work/node.out"

passed=$(cat "$work/python.out" "$work/node.out" | grep -c '^ok - ' || true)
failures=$(cat "$work/python.out" "$work/node.out" | grep -c '^not ok - ' || true)
[ "$passed" -gt 0 ] || status=1
echo "official clients: $passed ok, $failures not ok"
exit $status
