#!/usr/bin/env bash
# More connections than the service accepts, without an option for their number: with a head that does not
# end, and idle ones. See ../README.md.
#
#   connections.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

server_options=$*

unended() { http_attack connections=1500 bytes=7500 pause=1000 head=$'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Attack: '; }

idle() { http_attack connections=300 pause=1000 head=$'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'; }

header
run 'heads, unended' unended
run 'connections, idle' idle
