#!/bin/sh
# Checks the simulators with the clients that people use against the real services: pyairtable and
# airtable.js, notion-client (Python) and @notionhq/client (Node), odoorpc and Python's xmlrpc.client,
# hubspot-api-client, pipedrive (Node), simple-salesforce, gspread.
# Their pinned versions go into a cache folder. The last line counts the checks; any failure fails the
# script.
set -eu

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

# python_client PACKAGE VERSION: sets $python to an interpreter that has it.
python_client() {
    python=$cache/$1-$2
    if [ ! -e "$python/ready" ]; then
        rm -rf "$python"
        python3 -m venv "$python"
        "$python/bin/pip" install --quiet --disable-pip-version-check "$1==$2"
        touch "$python/ready"
    fi
    python=$python/bin/python
}

# node_client PACKAGE VERSION: sets $node to a folder that has it.
node_client() {
    node=$cache/$(echo "$1" | tr -d @ | tr / -)-$2
    if [ ! -e "$node/ready" ]; then
        rm -rf "$node"
        mkdir -p "$node"
        npm install --silent --no-audit --no-fund --prefix "$node" "$1@$2"
        touch "$node/ready"
    fi
}

cd "$here/../../.."
cargo build --quiet -p sandbox
binary=$(cargo metadata --format-version 1 --no-deps | python3 -c \
    'import json, sys; print(json.load(sys.stdin)["target_directory"])')/debug/sandbox

# start NAME ARGUMENT…: starts a simulator on a free port and waits for the line that says it listens.
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

status=0
# told: shows what a client's checks said, and keeps it.
told() {
    cat "$work/out"
    cat "$work/out" >>"$work/all"
}
# by_python SERVICE SIMULATOR...: the checks of a service by its client for Python.
by_python() {
    script=$here/check_$1.py
    shift
    PYTHONDONTWRITEBYTECODE=1 "$python" "$script" "$@" >"$work/out" || status=1
    told
}
# by_node SERVICE SIMULATOR: the same for Node.
by_node() {
    NODE_MODULES_DIR=$node node "$here/check_$1.mjs" "$2" >"$work/out" || status=1
    told
}
# both SERVICE RECORDS: the checks of a service with a simulator that keeps its limits and one that does not.
both() {
    start "$1-free" "$1" --no-limits --records "$2"
    start "$1-limited" "$1"
    by_python "$1" "$work/$1-free" "$work/$1-limited"
}

python_client pyairtable 3.5.0.post1
node_client airtable 0.12.2
both airtable 1000
by_node airtable "$work/airtable-free"

python_client notion-client 3.1.0
node_client @notionhq/client 5.26.0
both notion 12000
by_node notion "$work/notion-free"

# Odoo has no request limits to keep: its second simulator is an older version instead.
python_client odoorpc 0.10.1
start odoo-new odoo
start odoo-old odoo18
by_python odoo "$work/odoo-new" "$work/odoo-old"

python_client hubspot-api-client 12.0.0
both hubspot 1000

# Pipedrive has a client of its own for Node only.
node_client pipedrive 33.7.0
start pipedrive-free pipedrive --no-limits
by_node pipedrive "$work/pipedrive-free"

# Salesforce counts requests by the day: one simulator says all.
python_client simple-salesforce 1.12.9
start salesforce salesforce --records 5000
by_python salesforce "$work/salesforce"

python_client gspread 6.2.1
both sheets 100

passed=$(grep -c '^ok - ' "$work/all" || true)
failures=$(grep -c '^not ok - ' "$work/all" || true)
[ "$passed" -gt 0 ] || status=1
echo "official clients: $passed ok, $failures not ok"
exit $status
