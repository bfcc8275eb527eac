#!/usr/bin/env bash
# Echoes per second and round trips of the echo server beside those of one in C. See README.md.
. "$(dirname "$0")/lib.sh"

server_cpu=${SERVER_CPU:-0}
load_cpu=${LOAD_CPU:-1}
rounds=${ROUNDS:-7}
warm_up=${WARM_UP:-12}

need taskset util-linux
build_c
build_java

# load PORT PAYLOAD WINDOW SECONDS: prints echoes per second, the median and 99th percentile of
# round trips in microseconds, and how many datagrams were lost
load() {
	taskset -c "$load_cpu" "$here/c/build/load" "$1" -s "$2" -w "$3" -d "$4" -u 0 >"$work/load" || {
		echo "no echo came; on a busy machine a connected server may have missed the goodbye" >&2
		exit 1
	}
	sed -n 's/.*echoes_per_second=\([^ ]*\) p50_us=\([^ ]*\) .* p99_us=\([^ ]*\) .* lost=\([^ ]*\) .*/\1 \2 \3 \4/p' "$work/load"
}

# compare PAYLOAD WINDOW: both servers in turn
compare() {
	rm -f "$work"/result.*
	for _ in $(seq "$rounds"); do
		load "$c_port" "$1" "$2" 1 >>"$work/result.c"
		load "$probe_port" "$1" "$2" 1 >>"$work/result.probe"
	done
	paste -d ' ' "$work/result.probe" "$work/result.c" | awk '{ print $1 / $5 }' >"$work/result.ratio"
	printf '%-10s %8d %6d' "$mode" "$1" "$2"
	for column in 1 2 3; do
		for server in c probe; do
			printf ' %9.0f' "$(cut -d ' ' -f "$column" "$work/result.$server" | median)"
		done
	done
	printf ' %6d %6.2f\n' "$(awk '{ n += $4 } END { print n }' "$work/result.probe")" "$(median <"$work/result.ratio")"
}

echo "medians of $rounds rounds of a second; round trips in microseconds; lost: all rounds of probe"
printf '%-10s %8s %6s %9s %9s %9s %9s %9s %9s %6s %6s\n' mode payload window \
	'C: 1/s' probe 'C: p50' probe 'C: p99' probe lost ratio
for mode in shared exclusive; do
	[ "$mode" = shared ] && option= || option=-c
	# shellcheck disable=SC2086 # no option is no argument
	start "c-$mode" taskset -c "$server_cpu" "$here/c/build/echo" $option 0
	port_of "c-$mode" listening
	c_port=$port
	probe_arguments=--udp-probe.echo.mode=$mode
	start_probe "probe-$mode" taskset -c "$server_cpu"
	port_of "probe-$mode" "UDP port"
	probe_port=$port
	load "$probe_port" 64 128 "$warm_up" >/dev/null
	compare 64 128
	compare 1400 64
	compare 64 1
done
