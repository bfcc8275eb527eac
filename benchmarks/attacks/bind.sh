#!/usr/bin/env bash
# One forged datagram makes the echo server and BIND talk to each other. See ../README.md.
#
#   bind.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

# Another one each time on one service, because a rule may spare a session that it has tested.
named_port=${NAMED_PORT:-5353}
need named bind9

# talk: with a BIND that was not asked before
talk() {
	cat >"$work/named.conf" <<-CONF
		options {
			directory "$work";
			pid-file none;
			session-keyfile none;
			listen-on port $named_port { 127.0.0.1; };
			listen-on-v6 { none; };
			recursion no;
			dnssec-validation no;
		};
		controls {};
	CONF
	start named ip netns exec "$server" named -g -n 1 -c "$work/named.conf"
	named=$started
	for _ in $(seq 100); do
		! grep -q 'running$' "$work/named" || break
		sleep 0.1
	done
	beside_server "$here/c/build/forge" udp 127.0.0.1 "$named_port" 127.0.0.1 "$udp_port" 'whatever, really'
	start exchanged exchanged
	attackers="$attackers $started"
	outputs="$outputs $work/exchanged"
}

# of_named: how many datagrams of BIND's the server has seen
of_named() {
	beside_server curl -fs -m 5 "http://127.0.0.1:$http_port/peers" >"$work/peers" || true
	sed -n "s/.*\"127.0.0.1:$named_port\",\"datagrams\":\([0-9]*\).*/\1/p" "$work/peers"
}

exchanged() {
	sleep 2
	after_two=$(of_named)
	sleep $((duration - 3))
	before_last=$(of_named)
	sleep 1
	last=$(of_named)
	echo "exchanged_in_2_s=$((2 * ${after_two:-0})) exchanged=$((2 * ${last:-0}))" \
		"ended=$([ "${before_last:-0}" = "${last:-0}" ] && echo yes || echo no)"
	kill "$named"
}

header
run bind talk
