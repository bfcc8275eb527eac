#!/usr/bin/env bash
# All connections that there may be send a header, a byte a second. See ../README.md.
#
#   headers.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

trickle() { http_attack connections=200 trickle=1 head=$'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Attack: '; }

header
run headers trickle
