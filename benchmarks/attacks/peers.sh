#!/usr/bin/env bash
# Clients ask for the list of 10,000 sessions and do not read it. See ../README.md.
#
#   peers.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

ask=$'GET /peers HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'

# deaf: each asks more than once, as the kernel's send buffer on the loopback takes the first answers whole
deaf() {
	beside_server "$here/c/build/flood" -a 127.1.0.0/16 -p 8 -c 20000 -r 20000 127.0.0.1 "$udp_port" >"$work/sessions"
	http_attack connections=70 deaf= "head=$ask$ask$ask$ask$ask$ask$ask$ask"
}

header
run "${ATTACK:-peers}" deaf
