#!/usr/bin/env bash
# Echoes per second, round trips and CPU of the echo server's transports beside those of two in C. See README.md.
#
#   echo.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

server_cpu=${SERVER_CPU:-0}
load_cpu=${LOAD_CPU:-1}
rounds=${ROUNDS:-5}
warm_up=${WARM_UP:-10}
per_second=${PER_SECOND:-1000}
rate_seconds=${RATE_SECONDS:-10}
# Of ours; "default" is that of a server without the option.
transports=${TRANSPORTS:-native portable}
# A jar of the service, such as that of an earlier commit, whose native transport is measured as "before".
before_jar=${BEFORE:-}
# With a window of 1, each run would lose a datagram and wait for it; a jar that does not know the key ignores it here.
export UDPPROBE_ECHO_GUARD_BREAKALTERNATION=false

ours="$transports${before_jar:+ before}"
# A column each. The mode exclusive has no c-batch.
columns="c c-batch $ours"
first=${transports%% *}
pairs=
for server in $transports; do pairs="$pairs $server/c"; done
pairs="$pairs $first/c-batch"
for server in $ours; do [ "$server" = "$first" ] || pairs="$pairs $first/$server"; done
declare -A port_by pid_by

need taskset util-linux
build_c
build_java

# load SERVER [OPTIONS]...: prints echoes per second, the median and 99th percentile of round
# trips in microseconds, how many datagrams were lost, and how many were echoed
load() {
	to=$1
	shift
	taskset -c "$load_cpu" "$here/c/build/load" "${port_by[$to]}" "$@" -u 0 >"$work/load" || {
		echo "$to: no echo came; on a busy machine a connected server may have missed the goodbye" >&2
		exit 1
	}
	sed -n 's/.* echoes=\([^ ]*\) echoes_per_second=\([^ ]*\) p50_us=\([^ ]*\) .* p99_us=\([^ ]*\) .* lost=\([^ ]*\) .*/\2 \3 \4 \5 \1/p' \
		"$work/load"
}

# result SERVER COLUMN: the median
result() { cut -d ' ' -f "$2" "$work/result.$1" | median; }

# ratio COLUMN ONE OTHER: the median of each round's
ratio() {
	paste -d ' ' <(cut -d ' ' -f "$1" "$work/result.$2") <(cut -d ' ' -f "$1" "$work/result.$3") |
		awk 'NF == 2 { print $1 / $2 }' | median
}

# cell WIDTH DECIMALS [FIGURE]: "-" without one
cell() { if [ -n "${3-}" ]; then printf " %$1.$2f" "$3"; else printf " %$1s" -; fi; }

# ratios COLUMN: of each pair
ratios() { for pair in $pairs; do cell 15 2 "$(ratio "$1" "${pair%/*}" "${pair#*/}")"; done; }

# results COLUMN [DECIMALS]: of each server
results() { for server in $columns; do cell 9 "${2-0}" "$(result "$server" "$1")"; done; }

forget() { for server in $columns; do : >"$work/result.$server"; done; }

# compare PAYLOAD WINDOW: all servers in turn, and each round starts with another one
compare() {
	forget
	order=$servers
	for _ in $(seq "$rounds"); do
		for server in $order; do load "$server" -s "$1" -w "$2" -d 1 >>"$work/result.$server"; done
		order="${order#* } ${order%% *}"
	done
	case=$(printf '%-9s %7d %6d' "$mode" "$1" "$2")
	echo "$case$(results 1)$(ratios 1)"
	lost=$(for server in $ours; do cat "$work/result.$server"; done | awk '{ n += $4 } END { print n }')
	printf '%s %5d\n' "$case$(results 2)$(results 3)$(ratios 3)" "$lost" >>"$work/round-trips"
}

# cpu: microseconds of CPU for one echo at a low rate, of all of a server's threads
cpu() {
	forget
	for server in $servers; do
		load "$server" -r "$per_second" -d 2 >/dev/null
		before=$("$here/c/build/cpu" "${pid_by[$server]}")
		figures=$(load "$server" -r "$per_second" -d "$rate_seconds")
		after=$("$here/c/build/cpu" "${pid_by[$server]}")
		echo "$figures" | awk -v ns=$((after - before)) '{ print ns / $5 / 1000, $2, $3 }' >"$work/result.$server"
	done
	echo "$(printf '%-9s' "$mode")$(results 1 2)$(ratios 1)$(results 2)$(results 3)"
}

# Of a column for each server.
heads() { for server in $columns; do printf ' %9s' "$server"; done; }

# Of a column for each ratio.
ratio_heads() { for pair in $pairs; do printf ' %15s' "$pair"; done; }

# listening SERVER PATTERN: waits until it does so
listening() {
	port_of "$1-$mode" "$2"
	port_by[$1]=$port pid_by[$1]=$started
}

# start_c SERVER PROGRAM [OPTION]
start_c() {
	# shellcheck disable=SC2086 # no option is no argument
	start "$1-$mode" taskset -c "$server_cpu" "$here/c/build/$2" ${3-} 0
	listening "$1" listening
}

# start_ours SERVER [OPTIONS]...
start_ours() {
	server=$1
	shift
	transport=$server probe_program=
	[ "$server" != before ] || transport=native probe_program="-jar $before_jar"
	probe_arguments="--udp-probe.echo.mode=$mode $*"
	[ "$server" = default ] || probe_arguments="$probe_arguments --udp-probe.echo.transport=$transport"
	start_probe "$server-$mode" taskset -c "$server_cpu"
	listening "$server" "UDP port"
}

start_servers() {
	servers=$columns
	if [ "$mode" = shared ]; then
		start_c c echo
		start_c c-batch echo_batch
	else
		servers="c $ours"
		start_c c echo -c
	fi
	for server in $ours; do start_ours "$server" "$@"; done
	for server in $ours; do load "$server" -s 64 -w 128 -d "$warm_up" >/dev/null; done
}

# Servers of the mode before would take CPU.
stop_servers() {
	for server in $servers; do
		kill "${pid_by[$server]}"
		wait "${pid_by[$server]}" || true
	done
	pids=
}

echo "echoes per second; here and below medians of $rounds rounds of a second"
echo "$(printf '%-9s %7s %6s' mode payload window)$(heads)$(ratio_heads)"
for mode in shared exclusive; do
	start_servers "$@"
	compare 64 128
	compare 1400 64
	compare 64 1
	cpu >>"$work/cpu"
	stop_servers
done
printf '\nround trips in microseconds, p50 and p99; ratios of p99; lost: all rounds of ours\n'
echo "$(printf '%-9s %7s %6s' mode payload window)$(heads)$(heads)$(ratio_heads)  lost"
cat "$work/round-trips"
printf '\nCPU microseconds for one echo at %d per second for %d s; round trips in microseconds, p50 and p99\n' \
	"$per_second" "$rate_seconds"
echo "$(printf '%-9s' mode)$(heads)$(ratio_heads)$(heads)$(heads)"
cat "$work/cpu"
