#!/bin/bash
# Whether the server of this container answers: the image holds no other program that could ask.
set -euo pipefail

address=${PASSERELLE_ADDR:-127.0.0.1:3000}
host=${address%:*} port=${address##*:}
# An IPv6 address stands in brackets. One that listens everywhere (0.0.0.0, [::]) answers here too.
host=${host#[} host=${host%]}

exec 3<>"/dev/tcp/$host/$port"
printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status == 200 ]]
