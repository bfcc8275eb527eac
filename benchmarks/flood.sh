#!/usr/bin/env bash
# The echo server under more datagrams than it can answer, under forged ones, and stopped meanwhile. See README.md.
#
#   flood.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

server_cpu=${SERVER_CPU:-0}
load_cpu=${LOAD_CPU:-1}
warm_up=${WARM_UP:-10}
duration=${DURATION:-60}
spoofed_duration=${SPOOFED_DURATION:-20}
stop_after=${STOP_AFTER:-10}
prefix4=${PREFIX4:-10.99.0.0/16}
prefix6=${PREFIX6:-fd99::/48}
# Each of as many source ports, so that a server with several sockets has work for all of them.
ports=${PORTS:-8}
java_options=${JAVA_OPTIONS:-}
probe_arguments=$*
# The guard would answer no source more than it may have; options on the command line win over these.
if [ "${LIMITS:-off}" = off ]; then
	export UDPPROBE_ECHO_GUARD_SOURCEDATAGRAMSPERSECOND=0 UDPPROBE_ECHO_GUARD_SOURCEBYTESPERSECOND=0
fi
probe_address=
client=udp-probe-flood-$$
server=udp-probe-flooded-$$
server4=192.0.2.2
server6=2001:db8::2

need ip iproute2
need taskset util-linux
need curl curl
build_c
build_java

trap 'cleanup; ip netns del "$client" 2>/dev/null || true; ip netns del "$server" 2>/dev/null || true' EXIT
ip netns add "$client"
ip netns add "$server"
ip -n "$client" link add near type veth peer name far netns "$server"
for namespace in "$client" "$server"; do ip -n "$namespace" link set lo up; done
ip -n "$client" address add 192.0.2.1/24 dev near
ip -n "$client" address add 2001:db8::1/64 dev near nodad
ip -n "$server" address add "$server4/24" dev far
ip -n "$server" address add "$server6/64" dev far nodad
ip -n "$client" link set near up
ip -n "$server" link set far up
# Whoever has these addresses is the client, so that forged ones are answered to where they are counted.
ip -n "$client" route add local "$prefix4" dev lo
ip -n "$client" route add local "$prefix6" dev lo
ip -n "$server" route add "$prefix4" via 192.0.2.1
ip -n "$server" route add "$prefix6" via 2001:db8::1

# launch NAME: a server of its own for this part; sets $pid, $port and $http_port
launch() {
	start_probe "$1" ip netns exec "$server" taskset -c "$server_cpu"
	pid=$started
	port_of "$1" "Tomcat started on port"
	http_port=$port
	port_of "$1" "UDP port"
	log=$work/$1
}

from_client() { ip netns exec "$client" taskset -c "$load_cpu" "$@"; }

# start_flood [OPTIONS]... ADDRESS: its figures will be in $work/flood
start_flood() {
	start flood ip netns exec "$client" taskset -c "$load_cpu" "$here/c/build/flood" -p "$ports" "$@" "$port"
}

# flood [OPTIONS]... ADDRESS: waits, as that, other than a command of its own, can be interrupted at once
flood() {
	start_flood "$@"
	wait "$started" || {
		cat "$work/flood" >&2
		exit 1
	}
	pids=" $pid"
	echo "  $(cat "$work/flood")"
}

# sum_of_drops: of all sockets on the port, by the kernel's tables for the server's namespace
sum_of_drops() {
	cat "/proc/$pid/net/udp" "/proc/$pid/net/udp6" |
		awk -v port="$(printf ':%04X' "$port")" 'substr($2, length($2) - 4) == port { n += $NF } END { printf "%.0f\n", n }'
}

# Datagrams that the server's end of the veth pair has dropped.
device_drops() { awk '$1 == "far:" { print $5 }' "/proc/$pid/net/dev"; }

# snapshot NAME: one figure a line, in $work/NAME
snapshot() {
	[ "$1" = after ] || log_lines=$(wc -l <"$log")
	ip netns exec "$server" curl -fs "http://127.0.0.1:$http_port/actuator/prometheus" >"$work/metrics"
	{
		echo "resident_KiB $(status "$pid" VmRSS)"
		echo "live_heap_KiB $(($(live_heap "$pid") / 1024))"
		echo "threads $(status "$pid" Threads)"
		echo "sessions $(metric "$work/metrics" udp_echo_sessions)"
		echo "received $(metric "$work/metrics" udp_echo_datagrams_received_total)"
		echo "replied $(metric "$work/metrics" udp_echo_datagrams_sent_total)"
		echo "farewells $(metric "$work/metrics" udp_echo_farewells_total)"
		labelled udp_echo_datagrams_dropped_total reason dropped
		labelled udp_echo_sessions_ended_total cause session_ended
		echo "kernel_drops_told $(metric "$work/metrics" udp_echo_kernel_drops_total)"
		echo "kernel_drops $(sum_of_drops)"
		echo "device_drops $(device_drops)"
	} >"$work/$1"
}

# labelled METRIC LABEL NAME: one line for each value of the label
labelled() { sed -n "s/^$1{.*$2=\"\([^\"]*\)\".*} \(.*\)/$3:\1 \2/p" "$work/metrics" | awk '{ printf "%s %.0f\n", $1, $2 }'; }

# report: what changed between the two snapshots, and whether the accounts are even
report() {
	# The server may still count what it has just answered.
	sleep 1
	snapshot after
	tail -n "+$((log_lines + 1))" "$log" | cut -c 1-160 | sed -n '1,10s/^/  log: /p'
	printf '  lines of log: %d\n' $(($(wc -l <"$log") - log_lines))
	printf '  %-24s %14s %14s %14s\n' '' before after change
	awk 'NR == FNR { before[$1] = $2; next } { printf "  %-24s %14d %14d %14d\n", $1, before[$1], $2, $2 - before[$1] }' \
		"$work/before" "$work/after"
	awk -v per_second="$(value per_second <"$work/flood")" -v capacity="$capacity" \
		'BEGIN { printf "  sent / capacity = %.2f\n", per_second / capacity }'
	awk -v sent="$(value sent <"$work/flood")" -v replies="$(value replies <"$work/flood")" \
		-v replies_lost="$(value replies_lost <"$work/flood")" -v asked="$(value asked <"$work/flood")" '
		NR == FNR { before[$1] = $2; next }
		{ change[$1] = $2 - before[$1] }
		/^dropped:/ { dropped += $2 - before[$1] }
		END {
			printf "  received - replied - farewells - dropped = %d\n", change["received"] - change["replied"] - change["farewells"] - dropped
			printf "  drops told - drops in the tables of the kernel = %d\n", change["kernel_drops_told"] - change["kernel_drops"]
			printf "  sent - received - dropped by the kernel and the device = %d\n",
				sent + asked + 1 - change["received"] - change["kernel_drops"] - change["device_drops"]
			printf "  replied - replies that the flood took or could not take - 1 = %d\n", change["replied"] - replies - replies_lost - 1
		}' "$work/before" "$work/after"
}

# prepare: what reading the figures starts by itself is there before the first ones
prepare() {
	snapshot before
	from_client "$here/c/build/load" "$port" -a "$server4" -w 128 -d 1 -u "$warm_up" >/dev/null
	snapshot before
}

launch flooded
prepare
capacity=$(from_client "$here/c/build/load" "$port" -a "$server4" -w 128 -d 5 -u 0 | value echoes_per_second)
echo "capacity: $capacity echoes of 64 bytes per second, window 128"

echo
echo "flood: of one address, twice the capacity, $duration s"
snapshot before
# In groups, because one core cannot send twice what another can answer otherwise.
flood -g 8 -r $((2 * capacity)) -d "$duration" -e "$server4"
report

echo
echo "forged: of random addresses of $prefix4, at most twice the capacity, $spoofed_duration s"
snapshot before
flood -r $((2 * capacity)) -d "$spoofed_duration" -a "$prefix4" -x -e "$server4"
report

echo
echo "forged: of random addresses of $prefix6, at most twice the capacity, $spoofed_duration s"
snapshot before
flood -r $((2 * capacity)) -d "$spoofed_duration" -a "$prefix6" -x -e "$server6"
report
kill "$pid"
wait "$pid" || true
pids=

echo
echo "stop: half the capacity, SIGTERM after $stop_after s"
launch stopped
start_flood -r $((capacity / 2)) -d $((stop_after + 60)) "$server4"
flood_pid=$started
sleep "$stop_after"
drops=$(sum_of_drops)
begin=$(date +%s%N)
kill "$pid"
wait "$pid" || true
end=$(date +%s%N)
kill "$flood_pid"
wait "$flood_pid" || true
pids=
received=$(sed -n 's/.*received \([0-9]*\) datagrams.*/\1/p' "$log")
replies=$(($(value replies <"$work/flood") + $(value replies_lost <"$work/flood")))
echo "  $(cat "$work/flood")"
echo "  exit after $(((end - begin) / 1000000)) ms; $drops dropped by the kernel before SIGTERM"
echo "  received, by the last line of the log = $received; replies = $replies; received - replies = $((received - replies))"
