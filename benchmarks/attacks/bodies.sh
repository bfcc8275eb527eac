#!/usr/bin/env bash
# Forms that are announced to be long and never come, forms in chunks that never end, and JSON where none is
# taken. See ../README.md.
#
#   bodies.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

form=$'POST /send HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n'

announced() { http_attack connections=40 "head=${form}Content-Length: 2000000"$'\r\n\r\nmessage='; }

chunked() {
	http_attack connections=80 "head=${form}Transfer-Encoding: chunked"$'\r\n\r\n8\r\nmessage=\r\n' chunked= bytes=2000000 trickle=100
}

unasked() {
	http_attack connections=1 chunked= bytes=60000000 head=$'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{"a":"\r\n'
}

header
run 'bodies, announced' announced
run 'bodies, chunked' chunked
run 'bodies, unasked' unasked
