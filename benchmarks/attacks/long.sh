#!/usr/bin/env bash
# The attacks in turn on one service, which honest clients ask all the while. See ../README.md.
#
# DURATION is that of all together, EACH that of each attack.
#
#   long.sh [SERVER OPTIONS]...
DURATION=${DURATION:-600}
. "$(dirname "$0")/lib.sh"

each_duration=${EACH:-10}
attacks=${ATTACKS:-bodies json peers headers connections refused responder bind}

export BUILT=yes HEADER=no
lab
launch now
warm_up
attacked="$pid $http_port $livez_port $udp_port $log $client $server"

# point: the live heap after a full collection, a line in $work/heap: second, round, KiB. A histogram of the
# heap would stop the echo for longer.
point() {
	is_live || return 0
	jdk jcmd "$pid" GC.run >"$work/collected"
	jdk jcmd "$pid" GC.heap_info | sed -n 's/^ *\(DefNew\|Tenured\) .* used \([0-9]*\)K .*/\2/p' |
		awk -v at="$((SECONDS - begin)) $round" '{ used += $1 } END { print at, used }' >>"$work/heap"
}

# slope FIRST_ROUND: KiB per minute, by least squares
slope() {
	awk -v first="$1" '
		$2 >= first { n++; x += $1; y += $3; xx += $1 * $1; xy += $1 * $3 }
		END { d = n * xx - x * x; if (n > 1 && d > 0) printf "%.1f\n", (n * xy - x * y) / d * 60; else print "-" }' "$work/heap"
}

: >"$work/heap"
round=0
begin=$SECONDS
point
log_begin=$(wc -l <"$log")
start clients env ATTACKED="$attacked" HEADER=yes DURATION="$duration" AT_ONCE=yes THINK=10000 "$here/attacks/clients.sh"
clients=$started
HEADER=yes header
while [ $((SECONDS - begin)) -lt "$duration" ] && kill -0 "$pid" 2>/dev/null; do
	round=$((round + 1))
	for attack in $attacks; do
		[ $((SECONDS - begin)) -lt "$duration" ] || break
		ATTACKED=$attacked DURATION=$each_duration NAMED_PORT=$((5352 + round)) "$here/attacks/$attack.sh" || break
		point
	done
done
wait "$clients" || true
pids=${pids/ $clients/}

echo
cat "$work/clients"
echo
echo "after $((SECONDS - begin)) s and $round rounds: $(became)"
echo "live heap, KiB per minute: $(slope 0); from the second round on: $(slope 2)"
awk '{ printf "  %4d s, round %d: %.2f MiB\n", $1, $2, $3 / 1024 }' "$work/heap"
echo "lines of log: $(($(wc -l <"$log") - log_begin))"
[ ! -e "/proc/$pid" ] || echo "dropped by the kernel before the server could read it: $(kernel_drops)"
if is_live; then
	sleep 1
	accounts
	echoes || true
	echo "echo after it: $(cat "$work/echoes")"
fi
