#!/usr/bin/env bash
# Mode exclusive: one forged datagram takes the server, and one forged refusal frees it. See ../README.md.
#
#   exclusive.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh" --udp-probe.echo.mode=exclusive "$@"

sends=false
echo_to=none

forge() { ip netns exec "$client" "$here/c/build/forge" "$@"; }

# ended CAUSE: how many sessions have, so far
ended() {
	scrape
	sed -n "s/^udp_echo_sessions_ended_total{.*cause=\"$1\".*} \(.*\)/\1/p" "$work/metrics" | awk '{ printf "%.0f\n", $1 }'
}

# honest SECONDS: ten datagrams a second from beyond the loopback
start_honest() { start honest ip netns exec "$client" "$here/c/build/load" "$udp_port" -a "$far" -r 10 -u 0 -d "$1"; }

await_honest() {
	echoed=yes
	wait "$started" || echoed=
	pids=${pids/ $started/}
}

taken() {
	forge udp "$silent" 40000 "$far" "$udp_port" forged
	begin=$(date +%s%N)
	served=never
	until [ $((($(date +%s%N) - begin) / 1000000000)) -ge "$duration" ]; do
		start_honest 1
		await_honest
		if [ -n "$echoed" ]; then
			served=yes
			break
		fi
	done
	seen="served=$served after_s=$((($(date +%s%N) - begin) / 1000000000))"
}

freed() {
	before=$(ended refused)
	start_honest "$((duration - 2))"
	sleep 2
	peer_port=$(beside_server curl -fs -m 5 "http://127.0.0.1:$http_port/peers" | sed -n "s/.*\"$near:\([0-9]*\)\".*/\1/p")
	for _ in $(seq 20); do
		forge icmp "$near" "$far" "$far" "$udp_port" "$near" "${peer_port:-1}" 'it was never sent'
		forge udp "$silent" 40000 "$far" "$udp_port" forged
		sleep 0.01
	done
	await_honest
	seen="freed=$(($(ended refused) - before)) of 20, honest: echoes=$(figure "$work/honest" echoes) lost=$(figure "$work/honest" lost)"
}

header
run 'exclusive, taken' taken
run 'exclusive, freed' freed
