#!/usr/bin/env bash
# JSON that is nearly as long as any may be, and never ends. See ../README.md.
#
#   json.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

unfinished() {
	http_attack connections=190 bytes=396000 \
		head=$'POST /send HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 397000\r\n\r\n{"message":"'
}

header
run json unfinished
