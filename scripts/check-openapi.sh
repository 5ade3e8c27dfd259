#!/usr/bin/env bash
# Holds the running program against its own description: schemathesis makes up requests from
# /api/openapi.json, good ones and bad ones, and judges every answer. A line per operation, `ok - …` or
# `not ok - …`; the tester's own words before them.
#
# All of it happens in a network of its own that leads nowhere: whatever address a request makes up, nothing
# leaves this machine.
source "$(dirname "$0")/lib.sh"

readonly version=4.32.5
readonly tester=$tools/schemathesis-$version

if [[ ${1:-} != closed-off ]]; then
  if [[ ! -e $tester/ready ]]; then
    rm -rf "$tester"
    python3 -m venv "$tester"
    "$tester/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
    touch "$tester/ready"
  fi
  alone=(unshare --net)
  ((EUID == 0)) || alone=(unshare --map-root-user --net)
  if ! "${alone[@]}" true 2>/dev/null; then
    echo "not ok - a network that leads nowhere (unshare) is not allowed here"
    exit 1
  fi
  exec "${alone[@]}" "$0" closed-off
fi

# The loopback device of a new network is down; 0x8914 is SIOCSIFFLAGS, 1 is IFF_UP.
python3 -c 'import fcntl, socket, struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sH22x", b"lo", 1))'

work=$(mktemp -d)
program=
trap '[[ -z $program ]] || kill "$program" || true; rm -rf "$work"' EXIT

# The demonstration: a simulator of Airtable with its connection, on a database that is thrown away.
mkfifo "$work/said"
(cd "$work" && PASSERELLE_ADDR=127.0.0.1:0 RUST_LOG=error exec "${PASSERELLE_BIN:?}" demo) >"$work/said" &
program=$!
url=
while [[ -z $url ]] && IFS= read -r line; do
  [[ $line != 'listening on '* ]] || url=${line#listening on }
done <"$work/said"
[[ -n $url ]] || fail "the program did not start"

# Something of everything there is to read: deals, a run, a plan, a dataset, tables with their report.
seed() { curl --silent --show-error --fail --noproxy '*' -o "$work/seeded" -H 'content-type: application/json' "$@"; }
seed -X POST "$url/api/sync/airtable/import"
seed -X POST "$url/api/sync/airtable/preview" -d '{"direction": "export"}'
seed -X POST "$url/api/connections/1/sync" -d '{"save_as_dataset": true, "dataset_name": "deals"}'
seed -X POST "$url/connectors/example"
seed -X POST "$url/connectors/isavigne_exemple/sync"

status=0
# Run where its settings are, it would leave its memory in the checkout.
cp server/tests/openapi/* "$work"
(cd "$work" && "$tester/bin/st" run "$url/api/openapi.json" --no-color \
  --report json --report-json-path "$work/report.json") || status=$?
seed "$url/readyz" || status=1

curl --silent --noproxy '*' "$url/api/openapi.json" >"$work/openapi.json"
python3 - "$work/openapi.json" "$work/report.json" <<'PYTHON' || status=1
import json, sys

document, report = (json.load(open(path)) for path in sys.argv[1:])
operations = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
failed = {name for fault in report["failures"] + report["errors"] for name in fault.get("operations", [])}
# A method that was tried besides the declared ones is none of the operations.
for name in sorted(operations | failed):
    print("not ok" if name in failed else "ok", "-", name)
whole = report["complete"] and report["operations"]["tested"] == len(operations)
cases = report["test_cases"]["generated"]
print("ok" if whole else "not ok", "-", f"every operation was tried, with {cases} requests")
sys.exit(not whole)
PYTHON
exit "$status"
