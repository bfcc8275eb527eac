#!/usr/bin/env bash
# How far what is told of round trips is from what a capture of the same datagrams shows. See README.md.
. "$(dirname "$0")/lib.sh"

exchanges=${EXCHANGES:-20000}
warm_up=${WARM_UP:-5000}
per_second=${PER_SECOND:-1000}
callers=${CALLERS:-64}
client=udp-probe-client-$$
server=udp-probe-server-$$
# No client chooses it for itself, so that it tells requests and replies apart.
port=7

need ip iproute2
need tcpdump tcpdump
build_c
build_java

trap 'cleanup; ip netns del "$client" 2>/dev/null || true; ip netns del "$server" 2>/dev/null || true' EXIT
ip netns add "$client"
ip netns add "$server"
ip -n "$client" link add near type veth peer name far netns "$server"
ip -n "$client" address add 192.0.2.1/24 dev near
ip -n "$server" address add 192.0.2.2/24 dev far
ip -n "$client" link set lo up
ip -n "$client" link set near up
ip -n "$server" link set far up

# capture NAMESPACE DEVICE: into $work/DEVICE.pcap, with $captures for halt
capture() {
	start "$2.log" ip netns exec "$1" tcpdump -i "$2" -n -Z root -j host --time-stamp-precision=nano -B 32768 -s 96 \
		-w "$work/$2.pcap" udp port "$port"
	captures="$captures $started"
	for _ in $(seq 100); do
		! grep -q 'listening on' "$work/$2.log" || return 0
		sleep 0.1
	done
	cat "$work/$2.log" >&2
	exit 1
}

# halt PID...: what $pids has then is ours no more
halt() {
	for pid in "$@"; do
		kill "$pid"
		wait "$pid" || true
		pids=" $pids "
		pids=${pids/ $pid / }
	done
}

# measure ADDRESS GARBAGE_THREADS: both clients at once
measure() {
	start told.c ip netns exec "$client" "$here/c/build/exchanges" "$1" "$port" "$exchanges" "$warm_up" "$per_second" "$callers"
	c=$started
	ip netns exec "$client" "$here/target/java" -XX:+UseSerialGC -Xmx64m dev.udpprobe.benchmarks.RoundTrips \
		"$1" "$port" "$exchanges" "$warm_up" "$per_second" "$callers" "$2" >"$work/told.engine" 2>"$work/engine.log"
	wait "$c"
	pids=" $pids "
	pids=${pids/ $c / }
	# The kernel hands over what it has captured once a second at the latest.
	sleep 2
	# shellcheck disable=SC2086 # a list
	halt $captures
}

errors() {
	sed -n 's/^\([1-9][0-9]* packets dropped by kernel\)/the capture of '"$2"' is not whole: \1/p' "$work/$2.log" >&2
	"$here/target/java" dev.udpprobe.benchmarks.RoundTripErrors "$(printf '%-5s %-5s' "$1" "$2")" "$port" \
		"$work/$2.pcap" "$work/told.engine" "$work/told.c"
}

echo "error: reported less captured round trip, whatever its sign, in microseconds"
printf '%-5s %-5s %-7s %-7s %9s %9s %9s %9s %9s %9s %9s\n' load at client clock exchanges 'truth p50' 'error p50' p99 p99.9 max '% in 10us'
start echo-far ip netns exec "$server" "$here/c/build/echo" -a 192.0.2.2 "$port"
start echo-lo ip netns exec "$client" "$here/c/build/echo" "$port"
for condition in idle busy; do
	garbage=0
	if [ "$condition" = busy ]; then
		garbage=$(nproc)
		for _ in $(seq "$garbage"); do start spin sh -c 'while :; do :; done'; done
	fi
	captures=
	capture "$client" near
	capture "$server" far
	measure 192.0.2.2 "$garbage"
	errors "$condition" near
	errors "$condition" far
	cat "$work/engine.log"
	captures=
	capture "$client" lo
	measure 127.0.0.1 "$garbage"
	errors "$condition" lo
	cat "$work/engine.log"
done
