#!/usr/bin/env bash
# Clients ask for the list of 10,000 sessions and do not read it. See ../README.md.
#
#   peers.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

# deaf: the kernel's send buffer is as small as for a client that is far away; on the loopback it takes an answer whole
deaf() {
	beside_server sh -c 'echo 4096 16384 65536 >/proc/sys/net/ipv4/tcp_wmem'
	beside_server "$here/c/build/flood" -a 127.1.0.0/16 -p 8 -c 20000 -r 20000 127.0.0.1 "$udp_port" >"$work/sessions"
	http_attack connections=70 deaf= head=$'GET /peers?limit=10000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
}

header
run "${ATTACK:-peers}" deaf
