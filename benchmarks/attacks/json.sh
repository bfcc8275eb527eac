#!/usr/bin/env bash
# JSON that is nearly as long as any may be, and never ends, and JSON with names that are unknown. See ../README.md.
#
#   json.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

json=$'POST /send HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n'

unfinished() { http_attack connections=190 bytes=396000 "head=${json}Content-Length: 397000"$'\r\n\r\n{"message":"'; }

names() {
	http_attack connections=4 count=3000 pause=0 \
		"head=${json}Connection: close"$'\r\nContent-Length: 45015\r\n\r\n{"{n}'"$(printf 'a%.0s' $(seq 45000))"'": 1}'
}

header
run 'json, unfinished' unfinished
run 'json, names' names
